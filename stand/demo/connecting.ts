import { client, type Send } from '#core/api/client.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import type { Enrolling } from '#core/api/operator-enrolment.ts'
import { setupEndpoints } from '#core/api/register-setup.ts'
import { skoApi } from '#core/api/sko.ts'
import { httpSend } from '#services/runtime/send.ts'
import { accounts, demoDevices } from './enrolment.ts'

const DEADLINE_MS = 10_000
const LOOK_MS = 100
/** Somebody does not answer, or does not want what the demo's person wants. */
const AGAIN_MS = 500

/** Keeps the cookie of whoever has signed in, as her browser does. */
function withCookie(send: Send): Send {
  let cookie = ''
  return async ({ method, path, body }) => {
    const got = await send({ method, path, body, headers: { cookie } })
    const set = 'status' in got ? got.headers?.['set-cookie'] : undefined
    if (set !== undefined)
      cookie = [set]
        .flat()
        .map((each) => each.split(';')[0])
        .join('; ')
    return got
  }
}

/**
 * The person's part of a demo's first start: reads the codes that devices and till show, signs in to
 * the cabinet and confirms them, over the same calls as her browser. `step` answers how long to
 * rest; null: everybody is connected.
 */
export function openConnecting(at: Record<'register' | 'operator' | 'sko', string>) {
  const wireTo = (base: string) => httpSend(base, { deadlineMs: DEADLINE_MS })
  const toRegister = wireTo(at.register)
  const toOperator = wireTo(at.operator)
  const toSko = wireTo(at.sko)
  const till = client(setupEndpoints, toRegister)
  const sko = client(skoApi, toSko)
  const cabinet = client(operatorCabinetApi, withCookie(toOperator))
  const confirmed = new Set<string>()
  let isIn = false

  const confirm = async ({ serial, code }: Enrolling, register: number): Promise<boolean> => {
    if (code === null || confirmed.has(code)) return true
    if (!isIn) {
      const [{ email, password }] = accounts
      isIn = (await cabinet.signIn({ email, password })).kind === 'done'
    }
    const answer = await cabinet.confirmEnrolment({ code, serial, register })
    if (answer.kind === 'done') confirmed.add(code)
    return answer.kind === 'done'
  }

  return {
    step: async (): Promise<number | null> => {
      const [devices, own] = await Promise.all([sko.enrolment({}), till.setup({})])
      if (devices.kind !== 'done' || own.kind !== 'done') return LOOK_MS
      const { waiting } = devices.value
      const { waiting: asking } = own.value
      if (waiting.length === 0 && asking === null) return null
      for (const device of waiting) {
        const known = demoDevices.find(({ serial }) => serial === device.serial)
        if (known && !(await confirm(device, known.registerNumber))) return AGAIN_MS
      }
      // A till comes after its device, which then knows it.
      const isReady = waiting.length === 0
      const [{ registerNumber }] = demoDevices
      if (asking && isReady && !(await confirm(asking, registerNumber))) return AGAIN_MS
      return LOOK_MS
    },
    close: () => {
      for (const wire of [toRegister, toOperator, toSko]) wire.close()
    },
  }
}
