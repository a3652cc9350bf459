import { openCounters } from '#core/document/report.ts'
import { beliefIn, type VerifyBy } from '#core/operator/statement.ts'
import type { Operation } from '#core/register/operation.ts'
import type { Divergence } from '#core/register/trust.ts'
import type { DeviceState, SkoLink } from '../links/sko.ts'
import type { RegisterStore } from '../memory/store.ts'

export type DeviceWatch = ReturnType<typeof openDeviceWatch>

/** What the register believes of what its device told. */
export type KnownDevice = DeviceState & {
  /** Up to here the operator signed for the documents; null: its word alone, or nobody's. */
  stored: number | null
}

/** Computed, never flagged: what the device made and the operator has not acknowledged. */
export const unsentOf = ({ nextNumber, acknowledged }: DeviceState): number =>
  Math.max(0, nextNumber - 1 - acknowledged)

type Ports = {
  store: RegisterStore
  sko: SkoLink
  now: () => number
  changed: () => void
  /** The operator's keys, as they were enrolled. */
  verify: VerifyBy
}

/** What the register knows of its device: its answers to commands, and what it says when asked. */
export function openDeviceWatch({ store, sko, now, changed, verify }: Ports) {
  let known: KnownDevice | null = null
  let away = false
  let diverged: Divergence | null = null
  /** The device showed a signature that the operator never made. */
  let unsigned = false
  /** Documents heard of: tells whether a question was overtaken by one. */
  let heard = 0
  /** What stands behind the device's word about the operator. */
  const believe = (fresh: DeviceState): KnownDevice => {
    const { proof, nextNumber } = fresh
    unsigned = false
    // A device of an older version, or of another maker, is believed as far as its line is (R34).
    if (!proof) return { ...fresh, stored: null }
    const hashAt = (number: number) => store.hashAt(sko.token, number)
    const chain = { device: sko.token, number: nextNumber - 1, hashAt }
    const { nonce, number } = proof.statement
    const belief = beliefIn(proof, chain, { verify, nonce })
    if (belief === 'fits') return { ...fresh, acknowledged: number, stored: number }
    unsigned = belief === 'distrusted'
    if (belief === 'diverges') diverged = 'operator'
    // What does not fit changes nothing.
    const stored = known?.stored ?? null
    return { ...fresh, acknowledged: stored ?? 0, stored }
  }
  const takeOver = (fresh: DeviceState, lastSeen: LastSeen): void => {
    diverged = fresh.diverged ? 'operator' : isForgetful(fresh, lastSeen) ? 'sko' : null
    known = believe(fresh)
  }
  return {
    /** Null until the device was heard for the first time since the start. */
    known: () => known,
    away: () => away,
    /** Whose store holds other documents, for nothing to be signed on top of it (V3). */
    diverged: (): Divergence | null => diverged,
    /** Its last word about the operator carried a wrong signature. */
    unsigned: (): boolean => unsigned,
    /** The answer to a command is the freshest news of the device: it needs not be asked again. */
    note: ({ signed, state }: Operation): void => {
      if (state.is === 'waiting') away = true
      if (!signed) return
      const { number, cash, at, issuer, kind, shift } = signed.document
      if (known && number < known.nextNumber) return
      away = false
      heard += 1
      known = {
        nextNumber: number + 1,
        cash,
        acknowledged: known?.acknowledged ?? 0,
        proof: known?.proof ?? null,
        stored: known?.stored ?? null,
        diverged: known?.diverged ?? false,
        lastHash: signed.sealed.hash,
        oldestUnsentAt: known?.oldestUnsentAt ?? at,
        uploadFault: known?.uploadFault ?? null,
        issuer,
        shift: kind === 'shift-closing' ? null : shift,
        counters: undefined,
      }
    },
    /**
     * Asks the device for its state. An answer that a document has overtaken is not taken over: it
     * would show a discrepancy that is none. Null: the device does not answer.
     */
    refresh: async (): Promise<DeviceState | null> => {
      const asked = heard
      // Before it is asked: what is seen meanwhile its answer need not know of.
      const lastSeen = store.lastSeen(sko.token)
      const fresh = await sko.state()
      const before = JSON.stringify([known, away, diverged, unsigned])
      away = fresh === null
      if (fresh && (asked === heard || known === null)) takeOver(fresh, lastSeen)
      if (fresh && asked === heard) align(store, fresh, now())
      if (JSON.stringify([known, away, diverged, unsigned]) !== before) changed()
      return fresh && known
    },
  }
}

type LastSeen = { number: number; hash: string } | null

/** The device lacks a document of its own that the register has seen: its store was put back. */
function isForgetful({ nextNumber, lastHash }: DeviceState, last: LastSeen): boolean {
  if (!last) return false
  if (nextNumber <= last.number) return true
  return nextNumber === last.number + 1 && lastHash !== null && lastHash !== last.hash
}

/**
 * A register whose memory was put back, or which believed a wrong word, may hold another shift than
 * its device. No money is in it, and the device alone decides what may be opened or closed.
 */
function align(store: RegisterStore, fresh: DeviceState, now: number): void {
  const { shift, counters, nextNumber } = fresh
  const own = store.ledger().shift
  // A device that does not tell its counters tells at least which shift is open.
  const isSame =
    counters === undefined
      ? shift === (own?.shift ?? null)
      : JSON.stringify(counters) === JSON.stringify(own)
  if (isSame || store.open().length > 0) return
  store.align(counters ?? (shift === null ? null : openCounters(shift, now, nextNumber - 1)))
}
