import type { z } from 'zod'
import { isTurnedAway, type Send } from '#core/api/client.ts'
import { parseJson } from '#core/api/json.ts'
import {
  answer,
  CREDENTIAL,
  EXPECTED,
  errorData,
  fiscalMessage,
  fiscalResponse,
  OPERATION,
  tokenState,
  verdict as verdictSchema,
} from '#core/api/tsrv.ts'
import { fiscalDocument } from '#core/api/wire.ts'
import type { Issuer } from '#core/document/document.ts'
import type { ShiftCounters } from '#core/document/report.ts'
import { type Kopecks, parseBalance } from '#core/money.ts'
import type { SignedHead } from '#core/operator/statement.ts'
import type { Event, Operation, Signed } from '#core/register/operation.ts'
import type { Command } from '#core/sko/device.ts'
import { isDeviceFault } from '#core/sko/faults.ts'
import { MINUTE } from '#core/time.ts'
import type { Clock } from '#services/runtime/clock.ts'

export type DeviceState = {
  nextNumber: number
  acknowledged: number
  /** The operator's signature behind it, not checked yet; null: a device that shows none. */
  proof: SignedHead | null
  /** The operator signed for other documents than the device made: it says so itself. */
  diverged: boolean
  /** Hash of its last document; null: it does not tell. */
  lastHash: string | null
  cash: Kopecks
  oldestUnsentAt: number | null
  uploadFault: string | null
  issuer: Issuer
  /** The open shift; null: it is closed. */
  shift: number | null
  /** Its counters, from a device that tells them. */
  counters: ShiftCounters | null | undefined
}

export type SkoLink = ReturnType<typeof openSkoLink>

/** The exact bytes of a command, made once and kept in the intent: a repeat sends the same. */
export function commandBytes(
  command: Command,
  { token, id, expected }: { token: string; id: string; expected: number },
): string {
  const { action, address, data } = fiscalMessage(command)
  const headers = { action, token, [OPERATION]: id, [EXPECTED]: expected }
  return JSON.stringify({ type: 'send', address, headers, data })
}

/** Where the headers begin in what `commandBytes` makes: nothing before it is anybody's text. */
const HEADERS = '"headers":{'

type Said = { is: 'data'; data: unknown } | ({ is: 'error' } & z.output<typeof errorData>)
type Heard = Said | { is: 'unsent' } | { is: 'unknown' }
type Ask = (
  action: string,
  more?: { headers?: Record<string, string>; data?: unknown },
) => Promise<Heard>

type Wire = { send: Send; token: string; credential: string; clock: Clock }

/** One message and its answer. What is not a listed «no» is «don't know». */
function openTalk({ send, token, credential }: Wire) {
  const tell = async (body: string): Promise<Heard> => {
    const got = await send({ method: 'POST', path: '/tsrv', body })
    if ('unsent' in got || ('status' in got && isTurnedAway(got))) return { is: 'unsent' }
    if ('lost' in got || got.status !== 200) return { is: 'unknown' }
    return read(got.body)
  }
  const ask: Ask = (action, { headers = {}, data } = {}) => {
    const all = { action, token, [CREDENTIAL]: credential, ...headers }
    return tell(JSON.stringify({ type: 'send', address: 'ik.service.token', headers: all, data }))
  }
  return { tell, ask }
}

/** tsrv as the till speaks it. */
export function openSkoLink(wire: Wire) {
  const { token, credential, clock } = wire
  const shown = `${JSON.stringify(CREDENTIAL)}:${JSON.stringify(credential)}`
  const { tell, ask } = openTalk(wire)
  /** Asks about an operation; a device without our additions is asked for its documents. */
  const verdict = async (
    action: 'outcome' | 'abandon',
    operation: Operation,
  ): Promise<DeviceVerdict> => {
    const said = await ask(action, { headers: { [OPERATION]: operation.id } })
    if (said.is !== 'error' || said.name !== 'TSRV_ACTION_NOT_FOUND') {
      return readVerdict(said, operation.id)
    }
    return verdictByNumber(operation, { ask, now: clock.now, giveUp: action === 'abandon' })
  }

  return {
    token,
    /** Sends the command's bytes. The credential joins them only here, never on disk. */
    fiscalise: async ({ id, kind, bytes }: Operation): Promise<Event> => {
      const said = await tell(bytes.replace(HEADERS, `${HEADERS}${shown},`))
      switch (said.is) {
        case 'unsent':
        case 'unknown':
          return { type: 'device', outcome: said.is }
        case 'error':
          return refusal(said)
        case 'data': {
          const signed = readSigned(said.data)
          return signed?.document.kind === kind && signed.document.operation === id
            ? { type: 'device', outcome: 'done', signed }
            : { type: 'device', outcome: 'unknown' }
        }
      }
    },
    /** A plain read. `lacks` is not «never»: the command may still arrive (R1). */
    outcome: (operation: Operation): Promise<DeviceVerdict> => verdict('outcome', operation),
    /** Gives the operation up: from now on the device will never do it, unless it already did. */
    abandon: (operation: Operation): Promise<DeviceVerdict> => verdict('abandon', operation),
    /** The device's document under a number; null: it has none, or did not answer. */
    document: async (number: number): Promise<Signed | null> => {
      const said = await ask('print_prev_receipt', { data: { number } })
      return said.is === 'data' ? readSigned(said.data) : null
    },
    state: async (): Promise<DeviceState | null> => {
      const said = await ask('get_token_state')
      if (said.is !== 'data') return null
      const parsed = tokenState.safeParse(said.data)
      return parsed.success ? readState(parsed.data) : null
    },
  }
}

export type DeviceVerdict =
  | { verdict: 'done'; signed: Signed }
  | { verdict: 'never' | 'lacks' | 'busy' | 'away' | 'silent' }

function read(body: string): Heard {
  const parsed = answer.safeParse(parseJson(body))
  if (!parsed.success) return { is: 'unknown' }
  if (parsed.data.type !== 'error') return { is: 'data', data: parsed.data.data }
  const error = errorData.safeParse(parsed.data.data)
  return error.success ? { is: 'error', ...error.data } : { is: 'unknown' }
}

function refusal({ name, description, facts }: z.output<typeof errorData>): Event {
  // The device was not there: the service says so before it touches anything.
  if (name === 'USB_NO_DEVICE') return { type: 'device', outcome: 'unsent' }
  if (!isDeviceFault(name)) return { type: 'device', outcome: 'unknown' }
  // A foreign device has words alone.
  return { type: 'device', outcome: 'refused', code: name, facts: facts ?? { said: description } }
}

function readSigned(data: unknown): Signed | null {
  const response = fiscalResponse.safeParse(data)
  if (!response.success) return null
  const sealed = response.data.document
  const document = fiscalDocument.safeParse(parseJson(sealed.body))
  return document.success ? { sealed, document: document.data } : null
}

function readVerdict(said: Heard, id: string): DeviceVerdict {
  if (said.is !== 'data') return { verdict: isAway(said) ? 'away' : 'silent' }
  const parsed = verdictSchema.safeParse(said.data)
  if (!parsed.success) return { verdict: 'silent' }
  switch (parsed.data.verdict) {
    case 'done': {
      const signed = readSigned(parsed.data.response)
      return signed?.document.operation === id ? { verdict: 'done', signed } : { verdict: 'silent' }
    }
    case 'unknown':
      return { verdict: 'lacks' }
    case 'busy':
    case 'never':
      return { verdict: parsed.data.verdict }
  }
}

const isAway = (said: Heard): boolean =>
  said.is === 'unsent' || (said.is === 'error' && said.name === 'USB_NO_DEVICE')

// How long a command may still be on its way to a device that cannot be told to forget it.
const SETTLED_MS = MINUTE

/**
 * A device without our additions is asked for its next number and for the document that got the
 * number expected. Without a tombstone «never» is only said once no command can be on its way.
 */
async function verdictByNumber(
  operation: Operation,
  { ask, now, giveUp }: { ask: Ask; now: () => number; giveUp: boolean },
): Promise<DeviceVerdict> {
  const said = await ask('next_cheque_number')
  if (said.is !== 'data') return { verdict: isAway(said) ? 'away' : 'silent' }
  const next = Number(said.data)
  if (!Number.isSafeInteger(next)) return { verdict: 'silent' }
  if (next <= operation.expected) {
    if (!giveUp) return { verdict: 'lacks' }
    return { verdict: now() - operation.begunAt > SETTLED_MS ? 'never' : 'busy' }
  }
  const document = await ask('print_prev_receipt', { data: { number: operation.expected } })
  const signed = document.is === 'data' ? readSigned(document.data) : null
  return signed && isOf(operation, signed) ? { verdict: 'done', signed } : { verdict: 'silent' }
}

/** The till alone commands its device: kind, sum and number together are this operation's own. */
const isOf = ({ id, kind, sum, expected }: Operation, { document }: Signed): boolean =>
  document.operation === null
    ? document.kind === kind && document.sum === sum && document.number === expected
    : document.operation === id

/** Null when its cash cannot be read: a sum that is not known is not zero. */
function readState(state: z.output<typeof tokenState>): DeviceState | null {
  const cash = parseBalance(state.cash_in.BYN)
  if (cash === null) return null
  return {
    nextNumber: state.next_number,
    acknowledged: state.acknowledged,
    proof: state.proof ?? null,
    diverged: state.diverged ?? false,
    lastHash: state.last_hash ?? null,
    cash,
    oldestUnsentAt: state.oldest_unsent ? Date.parse(state.oldest_unsent.created) : null,
    uploadFault: state.upload_fault,
    issuer: state.issuer,
    shift: state.shift_state?.shift_number ?? null,
    counters: state.counters,
  }
}
