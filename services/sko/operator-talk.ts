import { client, type Send } from '#core/api/client.ts'
import type { Reply } from '#core/api/contract.ts'
import { operatorApi } from '#core/api/operator.ts'
import { beliefIn, type SignedHead, type VerifyBy } from '#core/operator/statement.ts'
import type { UploadFault } from '#core/register/upload.ts'
import type { Log } from '#services/runtime/log.ts'
import type { DeviceRow, SkoStore, StoredDocument } from './store.ts'

export type OperatorTalkPort = {
  store: SkoStore
  send: Send
  now: () => number
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

  return {
    holds: () => holds,
    ask,
    /** Sends documents; null only where they are stored, or it is known from where to go on. */
    submit: async (row: DeviceRow, documents: Batch): Promise<UploadFault | null> => {
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
      const isOfChain = answer.kind === 'refused' && answer.code.startsWith('document.')
      if (!isOfChain) return faultOf(answer)
      // Who is right is seen by what the operator signs, not by what it refuses.
      const fault = await ask(row)
      return fault ?? (holds === before ? faultOf(answer) : null)
    },
    /** Documents as evidence of a fork (V3), whatever is said to them; true: they were heard. */
    show: async (documents: Batch): Promise<boolean> => {
      if (documents.length === 0) return true
      const answer = await operator.submit({ device: serial, documents })
      return answer.kind === 'done' || answer.kind === 'refused'
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
