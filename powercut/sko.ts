import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { answer, fiscalResponse, OPERATION, services, tokenState, verdict } from '#core/api/tsrv.ts'
import { DEVICE_PIN } from '#stand/demo/enrolment.ts'
import { asked } from './http.ts'
import type { Ports } from './life.ts'
import { programOf } from './shop.ts'
import type { Store, Told } from './store.ts'

// A foreign client works the free device, so that no key of the till is needed.

const STORED = 'stored'
const header = { cashier: 'Ivanova', currency: 'BYN' }
const item = { name: 'Bread', quantity: '1.000', price: '7.00' }
const deposit = { sum_cheque_data: { sum: '50.00', header } }
const sale = {
  sale: {
    header,
    items: [item, item],
    payments: [{ payment_type: 'cash', value: '20.00' }],
    cheque_discount: '0.00',
  },
}
const DAY = [
  ['open_shift', { cashier: 'Ivanova' }],
  ['create_deposit', deposit],
  ['create_sale', sale],
  ['abandon', undefined],
  ['create_sale', sale],
  ['create_withdraw', deposit],
  ['create_sale', sale],
] as const

export const sko: Store = {
  neighbours: ['operator'],
  program: (data, near) => programOf('sko', data, near),
  open: (data) => {
    const token = freeDevice(data)
    const authorized = new Set<number>()
    const call = async ({ port }: Ports, action: string, more: Call) => {
      if (!authorized.has(port)) {
        authorized.add(port)
        await tsrv(port, { action: 'authorize', token, data: { pin: DEVICE_PIN } })
      }
      return tsrv(port, { action, token, data: more.data, operation: more.operation })
    }
    return {
      work: async (ports, nth, tried) => {
        const [action, data] = DAY[nth % DAY.length] ?? DAY[0]
        const operation = v7()
        tried(operation)
        tried(STORED)
        const got = await call(ports, action, { data, operation })
        return [told(operation, got)].filter((each) => each !== null)
      },
      ask: async (ports, id) => {
        if (id !== STORED) {
          return told(id, await call(ports, 'outcome', { operation: id }))
        }
        const got = await call(ports, 'get_token_state', {})
        const state = tokenState.safeParse(got?.data).data
        return got && state ? { id, state: String(state.acknowledged), said: got.mark } : null
      },
    }
  },
  isKept: (told, now) => (/^\d+$/.test(told) ? Number(now) >= Number(told) : told === now),
}

type Call = { data?: unknown; operation?: string | undefined }
type Got = { data: unknown; mark: string }

/** A document is told by its uid, whoever hears of it: the client, or the operator. */
function told(id: string, got: Got | null): Told | null {
  if (!got) return null
  const outcome = verdict.safeParse(got.data).data
  const made = fiscalResponse.safeParse(
    outcome?.verdict === 'done' ? outcome.response : got.data,
  ).data
  if (made) return { id, state: made.uid, said: made.uid }
  return outcome?.verdict === 'never' ? { id, state: 'never', said: got.mark } : null
}

/** The answer's data, and a mark that this answer alone bears. */
async function tsrv(
  port: number,
  { action, token, data, operation }: Call & { action: string; token: string },
): Promise<Got | null> {
  const mark = v7()
  const address = Object.entries(services).find(([, actions]) =>
    (actions as readonly string[]).includes(action),
  )?.[0]
  const headers = { action, token, ...(operation && { [OPERATION]: operation }) }
  const body = { type: 'send', address, reply_address: mark, headers, data }
  const got = await asked(port, { method: 'POST', path: '/tsrv', body })
  const heard = answer.safeParse(parseJson(got?.text ?? ''))
  return heard.success && heard.data.type !== 'error' ? { data: heard.data.data, mark } : null
}

const devices = z.array(z.object({ serial: z.string(), credentialSha256: z.string().optional() }))

function freeDevice(data: string): string {
  const file = readFileSync(join(data, 'sko', 'devices.json'), 'utf8')
  const free = devices.parse(JSON.parse(file)).find(({ credentialSha256 }) => !credentialSha256)
  if (!free) throw new Error('the demo has no free device')
  return free.serial
}
