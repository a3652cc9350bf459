import type { z } from 'zod'
import type { Send } from '#core/api/client.ts'
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
  verdict,
} from '#core/api/tsrv.ts'
import { fiscalDocument } from '#core/api/wire.ts'
import type { Issuer } from '#core/document/document.ts'
import { type Kopecks, kopecks, parseMoney } from '#core/money.ts'
import type { Event, Operation, Signed } from '#core/register/operation.ts'
import type { Command } from '#core/sko/device.ts'
import { type DeviceFault, deviceFaults } from '#core/sko/faults.ts'

export type DeviceState = {
  nextNumber: number
  acknowledged: number
  cash: Kopecks
  oldestUnsentAt: number | null
  shift: number | null
  uploadFault: string | null
  issuer: Issuer
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

type Said = { is: 'data'; data: unknown } | { is: 'error'; name: string; description: string }
type Heard = Said | { is: 'unsent' } | { is: 'unknown' }

/** tsrv as the till speaks it. What is not a listed «no» is «don't know». */
export function openSkoLink({
  send,
  token,
  credential,
}: {
  send: Send
  token: string
  credential: string
}) {
  const tell = async (body: string): Promise<Heard> => {
    const got = await send({ method: 'POST', path: '/tsrv', body })
    if ('unsent' in got) return { is: 'unsent' }
    if ('lost' in got || got.status !== 200) return { is: 'unknown' }
    return read(got.body)
  }
  const ask = (action: string, headers: Record<string, string> = {}) =>
    tell(
      JSON.stringify({
        type: 'send',
        address: 'ik.service.token',
        headers: { action, token, [CREDENTIAL]: credential, ...headers },
      }),
    )

  return {
    token,
    /** Sends the command's bytes. The credential joins them only here, never on disk. */
    fiscalise: async ({ id, kind, bytes }: Operation): Promise<Event> => {
      const message = JSON.parse(bytes) as { headers: Record<string, unknown> }
      message.headers[CREDENTIAL] = credential
      const said = await tell(JSON.stringify(message))
      switch (said.is) {
        case 'unsent':
        case 'unknown':
          return { type: 'device', outcome: said.is }
        case 'error':
          return refusal(said)
        case 'data': {
          const signed = readSigned(said.data, id)
          return signed?.document.kind === kind
            ? { type: 'device', outcome: 'done', signed }
            : { type: 'device', outcome: 'unknown' }
        }
      }
    },
    /** A plain read. `none` is not «never»: the command may still arrive (R1). */
    outcome: async (id: string): Promise<Verdict> =>
      readVerdict(await ask('outcome', { [OPERATION]: id }), id),
    /** Gives the operation up: from now on the device will never do it, unless it already did. */
    abandon: async (id: string): Promise<Verdict> =>
      readVerdict(await ask('abandon', { [OPERATION]: id }), id),
    state: async (): Promise<DeviceState | null> => {
      const said = await ask('get_token_state')
      if (said.is !== 'data') return null
      const parsed = tokenState.safeParse(said.data)
      return parsed.success ? readState(parsed.data) : null
    },
  }
}

export type Verdict =
  | { verdict: 'done'; signed: Signed }
  | { verdict: 'never' | 'none' | 'busy' | 'away' | 'silent' }

function read(body: string): Heard {
  const parsed = answer.safeParse(parseJson(body))
  if (!parsed.success) return { is: 'unknown' }
  if (parsed.data.type !== 'error') return { is: 'data', data: parsed.data.data }
  const error = errorData.safeParse(parsed.data.data)
  return error.success ? { is: 'error', ...error.data } : { is: 'unknown' }
}

function refusal({ name, description }: { name: string; description: string }): Event {
  // The device was not there: the service says so before it touches anything.
  if (name === 'USB_NO_DEVICE') return { type: 'device', outcome: 'unsent' }
  if (!(name in deviceFaults)) return { type: 'device', outcome: 'unknown' }
  return { type: 'device', outcome: 'refused', code: name as DeviceFault, why: description }
}

function readSigned(data: unknown, id: string): Signed | null {
  const response = fiscalResponse.safeParse(data)
  if (!response.success) return null
  const sealed = response.data.document
  const document = fiscalDocument.safeParse(parseJson(sealed.body))
  return document.success && document.data.operation === id
    ? { sealed, document: document.data }
    : null
}

function readVerdict(said: Heard, id: string): Verdict {
  if (said.is === 'unsent') return { verdict: 'away' }
  if (said.is === 'error') return { verdict: said.name === 'USB_NO_DEVICE' ? 'away' : 'silent' }
  const parsed = said.is === 'data' ? verdict.safeParse(said.data) : null
  if (!parsed?.success) return { verdict: 'silent' }
  switch (parsed.data.verdict) {
    case 'done': {
      const signed = readSigned(parsed.data.response, id)
      return signed ? { verdict: 'done', signed } : { verdict: 'silent' }
    }
    case 'unknown':
      return { verdict: 'none' }
    case 'busy':
    case 'never':
      return { verdict: parsed.data.verdict }
  }
}

function readState(state: z.output<typeof tokenState>): DeviceState {
  return {
    nextNumber: state.next_number,
    acknowledged: state.acknowledged,
    cash: parseMoney(state.cash_in.BYN) ?? kopecks(0),
    oldestUnsentAt: state.oldest_unsent ? Date.parse(state.oldest_unsent.created) : null,
    shift: state.shift_state?.shift_number ?? null,
    uploadFault: state.upload_fault,
    issuer: state.issuer,
  }
}
