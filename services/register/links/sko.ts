import type { z } from 'zod'
import { isTurnedAway, type Send } from '#core/api/client.ts'
import { parseJson } from '#core/api/json.ts'
import {
  answer,
  EXPECTED,
  errorData,
  fiscalMessage,
  fiscalResponse,
  OPERATION,
  tokenState,
  verdict as verdictSchema,
} from '#core/api/tsrv.ts'
import type { Issuer } from '#core/document/document.ts'
import type { ShiftCounters } from '#core/document/report.ts'
import type { SignedKeyChange } from '#core/key-change.ts'
import { type Kopecks, parseBalance } from '#core/money.ts'
import type { SignedHead } from '#core/operator/statement.ts'
import type { Event, Operation, Signed } from '#core/register/operation.ts'
import type { Asked } from '#core/register/seal-check.ts'
import type { Command } from '#core/sko/device.ts'
import { isDeviceFault } from '#core/sko/faults.ts'
import { MINUTE } from '#core/time.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { Log } from '#services/runtime/log.ts'
import { proofKeys, provenSend } from '#services/runtime/proof.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { type DeviceVerdict, type Numbered, neverOf, verdictByNumber } from './numbered.ts'
import type { OpenSealed } from './seal.ts'

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

type Said = { is: 'data'; data: unknown } | ({ is: 'error' } & z.output<typeof errorData>)
type Heard = Said | { is: 'unsent' } | { is: 'unknown' } | { is: 'distrusted' }
type Ask = (
  action: string,
  more?: { headers?: Record<string, string>; data?: unknown },
) => Promise<Heard>

export type SkoWire = {
  send: Send
  /** Serial number of the till's device, and the secret that the two share. */
  token: string
  credential: string
  seals: OpenSealed
  /** Told which keys have followed the device's first, by the device itself. */
  keysHeard?: (changes: readonly SignedKeyChange[]) => void
  /** The operation whose document the register has seen under a number; null: none. */
  holder: (number: number) => string | null
  /** Told of every answer whether it, and the documents shown, passed their check (V1). */
  checked: (passed: boolean) => void
  clock: Clock
  log: Log
}

/** The document that was asked for; what is shown in its place is not believed. */
type Open = (data: unknown, asked: Asked) => Signed | null

type Talk = ReturnType<typeof openTalk>

/** One message and its answer. What is not a listed «no» is «don't know». */
function openTalk({ send, token, credential, seals, checked, log }: SkoWire) {
  const keys = proofKeys(sha256(credential), token)
  const proven = provenSend(send, { keys, asker: token })
  // A proved line may carry a document that is none: only a true one takes that back.
  const sound = { line: true, seal: true }
  const judge = (part: 'line' | 'seal', passed: boolean) => {
    sound[part] = passed
    checked(sound.line && sound.seal)
  }
  const tell = async (body: string): Promise<Heard> => {
    const got = await proven({ method: 'POST', path: '/tsrv', body })
    if ('unsent' in got) return { is: 'unsent' }
    if ('lost' in got) return { is: 'unknown' }
    judge('line', !('unproven' in got))
    if ('unproven' in got) return { is: 'distrusted' }
    if (isTurnedAway(got)) return { is: 'unsent' }
    return got.status === 200 ? read(got.body) : { is: 'unknown' }
  }
  const ask: Ask = (action, { headers = {}, data } = {}) => {
    const all = { action, token, ...headers }
    return tell(JSON.stringify({ type: 'send', address: 'ik.service.token', headers: all, data }))
  }
  const open: Open = (data, asked) => {
    const response = fiscalResponse.safeParse(data)
    if (!response.success) return null
    const opened = seals(response.data.document, asked)
    judge('seal', !('fault' in opened))
    if (!('fault' in opened)) return opened
    log.error('document distrusted', { by: 'sko', fault: opened.fault })
    return null
  }
  return { tell, ask, open }
}

/** tsrv as the till speaks it. */
export function openSkoLink(wire: SkoWire) {
  const { token, clock } = wire
  const talk = openTalk(wire)
  const { tell, ask, open } = talk
  /** Since when, by time elapsed, no command of an operation has left as far as this life knows. */
  const quietSince = new Map<string, number>()
  /** Asks about an operation; a device without our additions is asked for its documents. */
  const verdict = async (
    action: 'outcome' | 'abandon',
    operation: Operation,
  ): Promise<DeviceVerdict> => {
    const said = await ask(action, { headers: { [OPERATION]: operation.id } })
    if (said.is !== 'error' || said.name !== 'TSRV_ACTION_NOT_FOUND') {
      const told = readVerdict(said, operation, open)
      if (told.verdict !== 'never') return told
      const next = await nextNumber(ask)
      return typeof next === 'number' ? neverOf(operation, next) : next
    }
    const since = quietSince.get(operation.id) ?? clock.elapsed()
    quietSince.set(operation.id, since)
    const isSettled = clock.elapsed() - since > SETTLED_MS
    const giveUp = action === 'abandon'
    const device = numbered(talk, wire.holder)
    const told = await verdictByNumber(operation, device, { giveUp, isSettled })
    if (told.verdict === 'done' || told.verdict === 'never') quietSince.delete(operation.id)
    return told
  }

  return {
    token,
    /** Sends the command's bytes, as they were written down. */
    fiscalise: async (operation: Operation): Promise<Event> => {
      quietSince.delete(operation.id)
      const said = await tell(operation.bytes)
      switch (said.is) {
        case 'unsent':
        case 'unknown':
          return { type: 'device', outcome: said.is }
        case 'distrusted':
          return { type: 'device', outcome: 'unknown' }
        case 'error':
          return refusal(said)
        case 'data': {
          const signed = open(said.data, { operation })
          return signed?.document.operation === operation.id
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
      return said.is === 'data' && said.data !== null ? open(said.data, { number }) : null
    },
    state: async (): Promise<DeviceState | null> => {
      const said = await ask('get_token_state')
      if (said.is !== 'data') return null
      const parsed = tokenState.safeParse(said.data)
      if (!parsed.success || parsed.data.serial !== token) return null
      wire.keysHeard?.(parsed.data.key_changes ?? [])
      return readState(parsed.data)
    },
  }
}

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

function readVerdict(said: Heard, operation: Operation, open: Open): DeviceVerdict {
  if (said.is !== 'data') return notTold(said)
  const parsed = verdictSchema.safeParse(said.data)
  if (!parsed.success) return { verdict: 'silent' }
  switch (parsed.data.verdict) {
    case 'done': {
      const signed = open(parsed.data.response, { operation })
      if (signed === null) return { verdict: 'distrusted' }
      return signed.document.operation === operation.id
        ? { verdict: 'done', signed }
        : { verdict: 'silent' }
    }
    case 'unknown':
      return { verdict: 'lacks' }
    case 'busy':
    case 'never':
      return { verdict: parsed.data.verdict }
  }
}

function notTold(said: Exclude<Heard, { is: 'data' }>): DeviceVerdict {
  if (said.is === 'distrusted') return { verdict: 'distrusted' }
  const isAway = said.is === 'unsent' || (said.is === 'error' && said.name === 'USB_NO_DEVICE')
  return { verdict: isAway ? 'away' : 'silent' }
}

async function nextNumber(ask: Ask): Promise<number | DeviceVerdict> {
  const said = await ask('next_cheque_number')
  if (said.is !== 'data') return notTold(said)
  const next = Number(said.data)
  return Number.isSafeInteger(next) ? next : { verdict: 'silent' }
}

// How long a command may still be on its way to a device that cannot be told to forget it.
const SETTLED_MS = MINUTE

/** A device without our additions, as `verdictByNumber` asks it. */
const numbered = ({ ask, open }: Talk, holder: Numbered['holder']): Numbered => ({
  holder,
  next: () => nextNumber(ask),
  document: async (number) => {
    const said = await ask('print_prev_receipt', { data: { number } })
    if (said.is !== 'data') return notTold(said)
    return open(said.data, { number }) ?? { verdict: said.data === null ? 'silent' : 'distrusted' }
  },
})

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
