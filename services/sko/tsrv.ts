import { z } from 'zod'
import {
  type Action,
  EXPECTED,
  type FiscalAction,
  fiscalActions,
  message,
  OPERATION,
  readPayload,
  services,
  snakeCase,
} from '#core/api/tsrv.ts'
import { wrongField } from '#core/api/wrong-field.ts'
import { type OperationId, operationId } from '#core/id.ts'
import { noAttempts } from '#core/lockout.ts'
import { formatMoney } from '#core/money.ts'
import type { Command } from '#core/sko/device.ts'
import { isoMinsk, SECOND } from '#core/time.ts'
import { faultIn } from '#core/words/device.ts'
import type { Language } from '#core/words/language.ts'
import { hashSecret, sha256 } from '#services/runtime/secret.ts'
import { type Call, type DevicePort, isFault, type Refusal, type Result } from './call.ts'
import { document, outcome } from './document.ts'
import { reports } from './reports.ts'
import { fiscalResponseOf } from './response.ts'
import {
  authorized,
  closeSession,
  initSession,
  isAuthorized,
  isTill,
  mayUse,
  refuseStranger,
  sessionHash,
} from './session.ts'
import { type DeviceRow, unsentDocuments } from './store.ts'

/** Answers one tsrv message. Business errors are answers of `type:"error"`, never HTTP errors. */
export async function answerMessage(
  raw: unknown,
  port: DevicePort,
  {
    language = 'ru',
    from = '',
    till = null,
  }: { language?: Language; from?: string; till?: string | null } = {},
): Promise<object> {
  const parsed = message.safeParse(raw, { reportInput: true })
  if (!parsed.success) {
    const { field: at, fault, facts } = wrongField(parsed.error.issues[0])
    const field = at === 'body' ? 'message' : at
    const refusal = { fault: 'TSRV_DESERIALIZE_ERROR', facts: { ...facts, field, fault } } as const
    return errorAnswer('', { refusal, language })
  }
  const { type, address, reply_address, replyAddress, data, headers } = parsed.data
  const reply = reply_address ?? replyAddress ?? ''
  if (type === 'ping') return { type: 'pong', address: reply, data: null, headers: {} }
  const action = route(address, headers.action)
  const result =
    typeof action === 'string' ? await perform({ action, data, headers, port, from, till }) : action
  return isFault(result)
    ? errorAnswer(reply, { refusal: result, language })
    : { type: 'send', address: reply, data: result.data, headers: {} }
}

/** `description` is the protocol's own; `facts` beside it is what it speaks of (R25). */
export const errorAnswer = (
  address: string,
  { refusal: { fault, facts = {} }, language }: { refusal: Refusal; language: Language },
) => ({
  type: 'error',
  address,
  data: { name: fault, description: faultIn(language, fault, facts), facts },
  headers: {},
})

function route(address: string | undefined, action: unknown): Action | Refusal {
  if (!address) return { fault: 'TSRV_EMPTY_ADDRESS' }
  if (!Object.hasOwn(services, address))
    return { fault: 'TSRV_DISPATCHER_NOT_FOUND', facts: { name: address } }
  if (typeof action !== 'string')
    return { fault: 'TSRV_INVALID_HEADER', facts: { field: 'action' } }
  const known = services[address as keyof typeof services] as readonly Action[]
  return (
    known.find((name) => name === snakeCase(action)) ?? {
      fault: 'TSRV_ACTION_NOT_FOUND',
      facts: { name: action },
    }
  )
}

async function perform(call: Call): Promise<Result> {
  switch (call.action) {
    case 'version':
      return { data: { version: call.port.version } }
    case 'printers':
      return { data: [] }
    case 'get_tokens':
      return { data: call.port.store.serials().flatMap((serial) => tokenInformation(call, serial)) }
    case 'init_session':
      return initSession(call)
    case 'get_active_session_hash':
      return sessionHash(call)
    default:
      return performOnDevice(call, call.action)
  }
}

type DeviceAction = Exclude<
  Action,
  'version' | 'printers' | 'get_tokens' | 'init_session' | 'get_active_session_hash'
>

async function performOnDevice(call: Call, action: DeviceAction): Promise<Result> {
  const row = deviceOf(call)
  if (isFault(row)) return row
  const refused = refuseStranger(call, row) ?? mayUse(call, row)
  if (refused) return refused
  if (!call.port.signer(row.serial)) return { fault: 'USB_NO_DEVICE' }
  if (Object.hasOwn(fiscalActions, action)) return fiscal(call, row, action as FiscalAction)
  return reading(call, row, action as Exclude<DeviceAction, FiscalAction>)
}

function deviceOf({ headers, port }: Call): DeviceRow | Refusal {
  const { token } = headers
  if (typeof token !== 'string' || token === '')
    return { fault: 'TSRV_INVALID_HEADER', facts: { field: 'token' } }
  return (
    port.store.device(token) ?? {
      fault: 'TSRV_TOKEN_NOT_FOUND',
      facts: { name: token.slice(0, 20) },
    }
  )
}

async function fiscal(call: Call, row: DeviceRow, action: FiscalAction): Promise<Result> {
  const allowed = await mayCommand(call, row)
  if (allowed) return allowed
  const headers = readHeaders(call.headers)
  if (isFault(headers)) return headers
  if (call.data == null && action !== 'open_shift' && action !== 'close_shift') {
    return { fault: 'TSRV_EMPTY_MSG_DATA' }
  }
  const command = readPayload<Command>(fiscalActions[action], call.data ?? {})
  if (isFault(command)) return command
  const made = document(call.port, row.serial, {
    ...headers,
    command: command.value,
    commandHash: sha256(JSON.stringify(command.value)),
    sentHash: () => sha256(JSON.stringify([action, call.data ?? null])),
  })
  return isFault(made) ? made : { data: fiscalResponseOf(made) }
}

function readHeaders(
  headers: Call['headers'],
): { operation: OperationId | null; expected: number | null } | Refusal {
  const rawId = headers[OPERATION]
  const operation = rawId === undefined ? null : operationId(String(rawId))
  if (rawId !== undefined && !operation) {
    return { fault: 'TSRV_INVALID_HEADER', facts: { field: OPERATION } }
  }
  const rawNumber = headers[EXPECTED]
  const isNumber = /^[1-9]\d{0,14}$/.test(String(rawNumber))
  const expected = rawNumber === undefined ? null : Number(rawNumber)
  if (expected !== null && !isNumber) {
    return { fault: 'TSRV_INVALID_HEADER', facts: { field: EXPECTED } }
  }
  return { operation, expected }
}

/** The till has proved itself by now, a foreign client does by the device's PIN (R16). */
async function mayCommand(call: Call, row: DeviceRow): Promise<Refusal | null> {
  if (isTill(call, row)) return null
  if (isAuthorized(call, row)) return null
  const pin = pinOf(call.data)
  if (call.action !== 'open_shift' || pin === null) return { fault: 'AVQFR_SESSION_NOT_AUTHORIZED' }
  const result = await authorize(call, row)
  return isFault(result) ? result : null
}

/** What a device tells and does without making a document. */
async function reading(
  call: Call,
  row: DeviceRow,
  action: Exclude<DeviceAction, FiscalAction>,
): Promise<Result> {
  const { store } = call.port
  switch (action) {
    case 'get_token_by_serial':
      return { data: tokenInformation(call, row.serial)[0] }
    case 'get_token_state':
      return { data: mayLook(call, row) ? tokenStateOf(call, row) : null }
    case 'get_cash_in_token':
      return { data: [{ currency: 'BYN', cash: formatMoney(row.device.cash) }] }
    case 'next_cheque_number':
      return { data: row.device.number + 1 }
    case 'get_stored_documents':
      return { data: unsentDocuments(row) }
    case 'get_oldest_document':
      return { data: oldestUnsent(call, row) }
    case 'get_certificate':
      return { data: { certificate: call.port.certificate(row.serial, row.device.number + 1) } }
    case 'retrieve_not_printed_cheques':
      return { data: [] }
    case 'get_last_document': {
      const last = store.byNumber(row.serial, row.device.number)
      return { data: last ? { operation: last.operation, ...fiscalResponseOf(last) } : null }
    }
    case 'authorize':
      return isAuthorized(call, row)
        ? { fault: 'AVQFR_SESSION_ALREADY_AUTHORIZED' }
        : authorize(call, row)
    case 'change_pin_code':
      return changePin(call, row)
    case 'close_token':
    case 'logout':
      closeSession(call, row)
      return { data: { result: 'Ok' } }
    case 'outcome':
    case 'abandon':
      return verdictOf(call, row, action)
    case 'get_min_max_receipts':
    case 'print_prev_receipt':
    case 'get_x_report':
    case 'print_x_report':
    case 'get_z_report_copy':
      return reports(call, row, action)
    default:
      return action satisfies never
  }
}

const mayLook = (call: Call, row: DeviceRow): boolean =>
  isTill(call, row) || isAuthorized(call, row)

function tokenInformation({ port }: Call, serial: string) {
  const row = port.store.device(serial)
  if (!row) return []
  const { issuer } = row.device
  return [
    {
      serial,
      deviceId: String(issuer.registerNumber),
      organization: issuer.company,
      unp: issuer.unp,
      isRegistered: true,
      name: issuer.place,
      label: issuer.address,
      manufacturer: 'zPOS',
      version: port.version,
      pinCodeLength: 4,
      pukCodeLength: 8,
      type: 'virtual',
    },
  ]
}

function tokenStateOf(call: Call, row: DeviceRow) {
  const { device, serial, acknowledged } = row
  const cash_in = { BYN: formatMoney(device.cash) }
  return {
    serial,
    next_number: device.number + 1,
    acknowledged,
    proof: row.proof,
    key_changes: call.port.keyChanges(serial),
    last_hash: device.hash,
    diverged: row.diverged !== null,
    cash_in,
    shift_state: device.shift && {
      shift_number: device.shift.shift,
      opened: isoMinsk(device.shift.openedAt),
      cash_in,
    },
    oldest_unsent: oldestUnsent(call, row),
    issuer: device.issuer,
    upload_fault: call.port.uploadFault(serial),
    counters: device.shift,
  }
}

function oldestUnsent({ port }: Call, { serial, acknowledged }: DeviceRow) {
  const at = port.store.madeAt(serial, acknowledged + 1)
  return at === null ? null : { number: acknowledged + 1, created: isoMinsk(at) }
}

function verdictOf(call: Call, row: DeviceRow, action: 'outcome' | 'abandon'): Result {
  const { headers, port } = call
  const id = operationId(String(headers[OPERATION] ?? ''))
  if (!id) return { fault: 'TSRV_INVALID_HEADER', facts: { field: OPERATION } }
  // What is given up is written down: that is for whoever may command the device.
  if (action === 'abandon' && !mayLook(call, row)) {
    return { fault: 'AVQFR_SESSION_NOT_AUTHORIZED' }
  }
  const found = outcome(port, row.serial, { operation: id, giveUp: action === 'abandon' })
  return {
    data:
      found.verdict === 'done'
        ? { verdict: 'done', response: fiscalResponseOf(found.stored) }
        : found,
  }
}

const pinSchema = z.object({ pin: z.union([z.string().max(16), z.number()]).transform(String) })
const pinOf = (data: unknown): string | null => {
  const parsed = pinSchema.safeParse(data)
  return parsed.success ? parsed.data.pin : null
}

async function authorize(call: Call, row: DeviceRow): Promise<Result> {
  const pin = pinOf(call.data)
  if (pin === null)
    return { fault: 'TSRV_DESERIALIZE_ERROR', facts: { field: 'pin', fault: 'missing' } }
  const wrong = await checkPin(call, row, pin)
  if (wrong) return wrong
  authorized(call, row)
  return { data: { result: 'Ok' } }
}

async function checkPin({ port, from }: Call, row: DeviceRow, pin: string) {
  const { serial } = row
  const asked = { person: serial, stored: row.pin, typed: pin }
  const guessed = await port.guesses.guess(asked, { standing: 'stranger', at: from }, (change) => {
    const before = port.store.device(serial)?.attempts ?? noAttempts
    const after = change(before)
    if (after) port.store.setAttempts(serial, after)
    return before
  })
  switch (guessed.kind) {
    case 'right':
      return null
    case 'wrong':
      return { fault: 'AVQFR_BAD_KEY_AUTH_DATA' } as const
    case 'busy':
      return { fault: 'AVQFR_ACCESS_DENIED', facts: { waitMs: SECOND } } as const
    case 'locked':
      return { fault: 'AVQFR_ACCESS_DENIED', facts: { waitMs: guessed.waitMs } } as const
    default:
      return guessed satisfies never
  }
}

const changePinSchema = z.object({
  pin: z.string().regex(/^\d{4,8}$/),
  old_pin: z.string().max(16),
})

async function changePin(call: Call, row: DeviceRow): Promise<Result> {
  const parsed = readPayload(changePinSchema, call.data)
  if (isFault(parsed)) return parsed
  const wrong = await checkPin(call, row, parsed.value.old_pin)
  if (wrong) return wrong
  call.port.store.setPin(row.serial, await hashSecret(parsed.value.pin))
  return { data: { result: 'Ok' } }
}
