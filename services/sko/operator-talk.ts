import { client, type Send } from '#core/api/client.ts'
import type { Reply } from '#core/api/contract.ts'
import { operatorApi } from '#core/api/operator.ts'
import type { Sign } from '#core/document/document.ts'
import type { SignedKeyChange } from '#core/key-change.ts'
import { reportText } from '#core/operator/report.ts'
import { beliefIn, type SignedHead, type VerifyBy } from '#core/operator/statement.ts'
import type { UploadFault } from '#core/register/upload.ts'
import { MINUTE } from '#core/time.ts'
import type { Log } from '#services/runtime/log.ts'
import { VERSION } from '#services/runtime/version.ts'
import type { DeviceRow, SkoStore, StoredDocument } from './store.ts'

// A change is told within a minute, and that nothing has changed every five.
const REPORT_SOON_MS = MINUTE
const REPORT_MS = 5 * MINUTE

export type OperatorTalkPort = {
  store: SkoStore
  send: Send
  now: () => number
  elapsed: () => number
  /** Signs as the document of this number; null while the device is pulled out. */
  signer: (serial: string, number?: number) => Sign | null
  /** Which keys have followed the device's first. */
  keyChanges: (serial: string) => SignedKeyChange[]
  /** The operator's keys, as they were enrolled. */
  verify: VerifyBy
  /** Chance that no answer of before can carry. */
  nonce: () => string
  log: Log
}

export type Batch = Pick<StoredDocument, 'number' | 'body' | 'hash' | 'uid' | 'signature'>[]
type Acknowledged = Reply<(typeof operatorApi)['head']>

/**
 * What one device says to its operator, and how much of the answers it believes (R28). Every
 * question comes back null where the operator's signature fits the device's own documents.
 */
export function openOperatorTalk(serial: string, port: OperatorTalkPort) {
  const { store, log } = port
  const operator = client(operatorApi, port.send)
  /** How far the operator is by its last signed answer; null: it must be asked first. */
  let holds: number | null = null

  /** What follows from a signed answer, or from one that should have been. */
  const heard = (row: DeviceRow, { proof }: Acknowledged, nonce: string | null) => {
    const hashAt = (number: number) => store.hashAt(serial, number)
    const chain = { device: serial, number: row.device.number, hashAt }
    const belief = beliefIn(proof, chain, { verify: port.verify, nonce })
    if (!proof || belief === 'distrusted') return 'distrusted'
    holds = belief === 'fits' ? proof.statement.number : null
    if (belief === 'diverges') {
      diverge(row, proof)
      return 'diverged'
    }
    if (row.diverged) store.reunite(serial)
    keep(row, proof)
    return null
  }

  const diverge = (row: DeviceRow, proof: SignedHead): void => {
    if (row.diverged) return
    store.diverge(row, port.now(), proof)
    const facts = { own: row.device.number, acknowledged: proof.statement.number }
    log.error('operator holds other documents', { device: serial, ...facts })
  }

  /** What was signed once is never taken back, whatever becomes of the operator's store. */
  const keep = (row: DeviceRow, proof: SignedHead): void => {
    const { number } = proof.statement
    // Without a signature the number behind it was never more than somebody's word.
    const isNews = row.proof === null || number > row.acknowledged
    const isByNewKey = number === row.acknowledged && proof.key !== row.proof?.key
    if (isNews || isByNewKey) store.acknowledge(row, proof)
  }

  /** Asks how far the operator is: by its signed answer to this very question. */
  const ask = async (row: DeviceRow): Promise<UploadFault | null> => {
    const nonce = port.nonce()
    const answer = await operator.head({ device: serial, nonce })
    if (answer.kind !== 'done') return faultOf(answer)
    const fault = heard(row, answer.value, nonce)
    const { proof } = answer.value
    if (fault || !proof || !row.proof || proof.statement.number >= row.acknowledged) return fault
    store.noteForgotten(row, port.now(), proof)
    const facts = { acknowledged: row.acknowledged, held: proof.statement.number }
    log.error('operator was put back', { device: serial, ...facts })
    return null
  }

  const keys = openKeyTelling(serial, port)

  return {
    report: openReporting(serial, port, { keys, holds: () => holds }),
    holds: () => holds,
    ask,
    /** Sends documents; null only where they are stored, or it is known from where to go on. */
    submit: async (row: DeviceRow, documents: Batch): Promise<UploadFault | null> => {
      // Before documents that are sealed by a key that it does not know.
      await keys.tell()
      const before = holds
      const held = row.proof ?? undefined
      const answer = await operator.submit({ device: serial, documents, held })
      if (answer.kind === 'done') {
        const fault = heard(row, answer.value, null)
        if (fault) return fault
        // An old acknowledgement, however true, is none of what was sent now.
        const isAnswer = holds !== null && holds >= (documents[0]?.number ?? 0)
        if (!isAnswer) holds = before
        return isAnswer ? null : 'distrusted'
      }
      // An operator that was put back knows the former key alone.
      if (answer.kind === 'refused' && answer.code === 'seal.broken') keys.again()
      const isOfChain = answer.kind === 'refused' && answer.code.startsWith('document.')
      if (!isOfChain) return faultOf(answer)
      // Who is right is seen by what the operator signs, not by what it refuses.
      const fault = await ask(row)
      return fault ?? (holds === before ? faultOf(answer) : null)
    },
    /** Documents as evidence of a fork (V3), whatever is said to them; true: somebody answered. */
    show: async (documents: Batch): Promise<boolean> => {
      if (documents.length === 0) return true
      const answer = await operator.submit({ device: serial, documents })
      return answer.kind === 'done' || answer.kind === 'refused'
    },
  }
}

/** Tells of the device itself when that is another than before, or was told long ago. */
function openReporting(
  serial: string,
  port: OperatorTalkPort,
  { keys, holds }: { keys: { tell: () => Promise<void> }; holds: () => number | null },
) {
  const { store, send } = port
  const operator = client(operatorApi, send)
  let told = { text: '', at: Number.NEGATIVE_INFINITY }
  return async (row: DeviceRow): Promise<void> => {
    const { number } = row.device
    const sign = port.signer(serial, number + 1)
    if (!sign) return
    await keys.tell()
    const oldestUnsentAt = store.madeAt(serial, Math.max(row.acknowledged, holds() ?? 0) + 1)
    const text = JSON.stringify([number, oldestUnsentAt])
    const isDue = port.elapsed() - told.at >= (text === told.text ? REPORT_MS : REPORT_SOON_MS)
    if (!isDue) return
    told = { text, at: port.elapsed() }
    const at = port.now()
    const report = { device: serial, number, oldestUnsentAt, version: VERSION, at }
    await operator.report(Object.assign({ signature: sign(reportText(report)) }, report))
  }
}

/** Tells the operator which keys have followed the device's first. */
function openKeyTelling(serial: string, { send, keyChanges, log }: OperatorTalkPort) {
  const operator = client(operatorApi, send)
  /** So many announcements the operator has; what it did not take is told again. */
  let announced = 0
  return {
    tell: async (): Promise<void> => {
      const changes = keyChanges(serial)
      if (changes.length === announced) return
      const answer = await operator.followKeys({ device: serial, changes })
      if (answer.kind === 'done') announced = changes.length
      if (answer.kind === 'refused') log.error('keys refused', { serial, code: answer.code })
    },
    again: (): void => {
      announced = 0
    },
  }
}

/** What is behind an answer that says nothing of documents. */
function faultOf(
  answer:
    | { kind: 'refused'; code: string }
    | { kind: 'invalid'; field: string }
    | { kind: 'unsent' | 'unknown' },
): UploadFault {
  switch (answer.kind) {
    case 'refused':
      return `rejected: ${answer.code}`
    case 'invalid':
      return `rejected: ${answer.field}`
    case 'unsent':
      return 'unreachable'
    case 'unknown':
      return 'silent'
    default:
      return answer satisfies never
  }
}
