import { type Hash, seal } from '#core/document/document.ts'
import { accept, type Command } from '#core/sko/device.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { DevicePort, Refusal } from './call.ts'
import type { StoredDocument } from './store.ts'

type Request = {
  command: Command
  /** Of what was asked for; an older version kept `sentHash`, of how it was written. */
  commandHash: string
  sentHash: () => string
  operation: string | null
  expected: number | null
}

const hash: Hash = sha256

/**
 * Makes a document in one transaction: signed bytes, chain, counters, upload queue and operation id
 * are there together or not at all. The same operation meant again gives the same document.
 */
export function document(
  port: DevicePort,
  serial: string,
  { command, commandHash, sentHash, operation, expected }: Request,
): StoredDocument | Refusal {
  const { store } = port
  // The same id gets the same answer for ever, a refusal too: a late copy must not be executed.
  const bury = (refusal: Refusal): Refusal => {
    if (operation !== null) store.bury(serial, operation, { at: port.now(), refusal })
    return refusal
  }
  const made = store.tx((): StoredDocument | Refusal => {
    if (operation !== null) {
      const known = store.byOperation(serial, operation)
      if (known) {
        const isSame = known.command === commandHash || known.command === sentHash()
        return isSame ? known : { fault: 'ZPOS_OPERATION_DIFFERS' }
      }
      const tombstone = store.tombstone(serial, operation)
      if (tombstone) return tombstone
    }
    const row = store.device(serial)
    if (!row) return { fault: 'TSRV_TOKEN_NOT_FOUND' }
    // V3: one more document would be signed into a chain that the operator does not hold.
    if (row.diverged) return bury({ fault: 'ZPOS_OPERATOR_DIVERGED' })
    const accepted = accept(row.device, command, {
      now: port.now(),
      operation,
      expected,
      // Nothing else looks at the document before.
      last: command.kind === 'annulment' ? store.byNumber(serial, row.device.number) : null,
      oldestUnsentAt: store.madeAt(serial, row.acknowledged + 1),
    })
    if ('fault' in accepted) return bury(accepted)
    const { number } = accepted.document
    const sign = port.signer(serial, number)
    if (!sign) return { fault: 'USB_NO_DEVICE' }
    const sealed = seal(accepted.document, { hash, sign })
    const stored = {
      ...sealed,
      number,
      operation,
      command: commandHash,
      document: accepted.document,
    }
    store.add(serial, accepted.device(sealed.hash), stored)
    return stored
  })
  if (!('fault' in made)) port.documented(serial)
  return made
}

/** What became of an operation; giving it up writes the tombstone unless it was done (R1). */
export function outcome(
  { store, now }: DevicePort,
  serial: string,
  { operation, giveUp }: { operation: string; giveUp: boolean },
): { verdict: 'done'; stored: StoredDocument } | { verdict: 'never' } | { verdict: 'unknown' } {
  const read = () => {
    const stored = store.byOperation(serial, operation)
    if (stored) return { verdict: 'done', stored } as const
    return { verdict: store.tombstone(serial, operation) ? 'never' : 'unknown' } as const
  }
  if (!giveUp) return read()
  return store.tx(() => {
    const known = read()
    if (known.verdict !== 'unknown') return known
    store.bury(serial, operation, { at: now(), refusal: { fault: 'ZPOS_OPERATION_ABANDONED' } })
    return { verdict: 'never' } as const
  })
}
