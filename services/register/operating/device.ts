import { openCounters } from '#core/document/report.ts'
import type { Operation } from '#core/register/operation.ts'
import type { DeviceState, SkoLink } from '../links/sko.ts'
import type { RegisterStore } from '../memory/store.ts'

export type DeviceWatch = ReturnType<typeof openDeviceWatch>

/** Computed, never flagged: what the device made and the operator has not acknowledged. */
export const unsentOf = ({ nextNumber, acknowledged }: DeviceState): number =>
  nextNumber - 1 - acknowledged

/** What the register knows of its device: its answers to commands, and what it says when asked. */
export function openDeviceWatch({
  store,
  sko,
  now,
  changed,
}: {
  store: RegisterStore
  sko: SkoLink
  now: () => number
  changed: () => void
}) {
  let known: DeviceState | null = null
  let away = false
  /** Documents heard of: tells whether a question was overtaken by one. */
  let heard = 0
  return {
    /** Null until the device was heard for the first time since the start. */
    known: () => known,
    away: () => away,
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
      const fresh = await sko.state()
      const before = JSON.stringify([known, away])
      away = fresh === null
      if (fresh && (asked === heard || known === null)) known = fresh
      if (fresh && asked === heard) align(store, fresh, now())
      if (JSON.stringify([known, away]) !== before) changed()
      return fresh && known
    },
  }
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
