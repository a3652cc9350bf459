import { client, type Send } from '#core/api/client.ts'
import { type EnrolledView, type Enrolling, enrolmentApi } from '#core/api/operator-enrolment.ts'
import { backoff } from '#core/backoff.ts'
import { type EnrolmentKind, pollText, requestText } from '#core/operator/enrolment.ts'
import { SECOND } from '#core/time.ts'
import { agreementHalf, publicHalf, signText } from './device-keys.ts'
import type { Log } from './log.ts'

// The device's side of the device authorization grant (RFC 8628). Nothing of it is kept: its key is
// all that a request is known by, so that whoever was killed in the midst goes on with the same.

export type EnrollingPort = {
  send: Send
  kind: EnrolmentKind
  serial: string
  /** Private, PEM. */
  privateKey: string
  elapsed: () => number
  chance: () => number
  /** Keeps what it was told; a code where it must not be taken. */
  enrolled: (view: EnrolledView) => string | null
  log: Log
}

type Open = { request: string; code: string | null; cabinet: string; until: number; poll: number }

// After a refusal by a person, or a reason that people must mend first.
const AFTER_NO_MS = 30 * SECOND
const FIRST_MS = 500
const LONGEST_MS = 1.5 * SECOND

/** Asks and polls: `step` does one and answers how many milliseconds to rest; null: it is over. */
export function openEnrolling(port: EnrollingPort) {
  const { kind, serial, privateKey, elapsed, log } = port
  const operator = client(enrolmentApi, port.send)
  const enrollee = {
    kind,
    serial,
    publicKey: publicHalf(privateKey),
    agreement: agreementHalf(privateKey),
  }
  let open: Open | null = null
  let state: Enrolling['state'] = 'asking'
  let why: string | null = null
  let failures = 0

  const rest = (to: Enrolling['state'], because: string | null = null): number => {
    state = to
    why = because
    failures = to === 'unreachable' ? failures + 1 : 0
    if (to !== 'unreachable') return AFTER_NO_MS
    return backoff(failures, { first: FIRST_MS, longest: LONGEST_MS, chance: port.chance() })
  }

  const ask = async (): Promise<number> => {
    const signature = signText(privateKey, requestText(enrollee))
    const answer = await operator.requestEnrolment(Object.assign({ signature }, enrollee))
    if (answer.kind === 'refused') return rest('rejected', answer.code)
    if (answer.kind !== 'done') return rest('unreachable')
    const { request, code, cabinet, lifeMs, waitMs } = answer.value
    open = { request, code, cabinet, until: elapsed() + lifeMs, poll: 0 }
    rest('waiting')
    if (code !== null) log.info('waits to be connected', { serial, code, cabinet })
    return waitMs
  }

  const poll = async (asked: Open): Promise<number | null> => {
    const { request } = asked
    asked.poll += 1
    const signature = signText(privateKey, pollText(request, asked.poll))
    const answer = await operator.pollEnrolment({ request, poll: asked.poll, signature })
    if (answer.kind === 'unsent' || answer.kind === 'unknown') return rest('unreachable')
    if (answer.kind !== 'done') return begin()
    const told = answer.value
    switch (told.state) {
      case 'pending':
      case 'slow-down':
        rest('waiting')
        return told.waitMs
      case 'expired':
        return begin()
      case 'refused':
        open = null
        return rest('refused')
      case 'confirmed': {
        open = null
        const fault = port.enrolled(told.enrolled)
        return fault === null ? null : rest('rejected', fault)
      }
      default:
        return told satisfies never
    }
  }

  const begin = (): number => {
    open = null
    return 0
  }

  return {
    step: async (): Promise<number | null> => (open ? poll(open) : ask()),
    view: (): Enrolling => ({
      state,
      serial,
      code: open?.code ?? null,
      cabinet: open?.cabinet ?? null,
      lifeMs: open ? Math.max(0, Math.round(open.until - elapsed())) : 0,
      why,
    }),
  }
}
