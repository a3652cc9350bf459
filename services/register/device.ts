import type { Operation } from '#core/register/operation.ts'
import type { DeviceState, SkoLink } from './links/sko.ts'
import type { RegisterStore } from './store.ts'

export type DeviceWatch = ReturnType<typeof openDeviceWatch>

/** Computed, never flagged: what the device made and the operator has not acknowledged. */
export const unsentOf = ({ nextNumber, acknowledged }: DeviceState): number =>
  nextNumber - 1 - acknowledged

/** What the register knows of its device: its answers to commands, and what it says when asked. */
export function openDeviceWatch({
  store,
  sko,
  changed,
}: {
  store: RegisterStore
  sko: SkoLink
  changed: () => void
}) {
  let known: DeviceState | null = null
  let away = false
  return {
    /** Null until the device was heard for the first time since the start. */
    known: () => known,
    away: () => away,
    /** The answer to a command is the freshest news of the device: it needs not be asked again. */
    note: ({ signed, state }: Operation): void => {
      if (state.is === 'waiting') away = true
      if (!signed) return
      const { number, cash, shift, kind, at, issuer } = signed.document
      if (known && number < known.nextNumber) return
      away = false
      known = {
        nextNumber: number + 1,
        cash,
        acknowledged: known?.acknowledged ?? 0,
        oldestUnsentAt: known?.oldestUnsentAt ?? at,
        shift: kind === 'shift-closing' ? null : shift,
        uploadFault: known?.uploadFault ?? null,
        issuer,
      }
    },
    /**
     * Asks the device for its state. While an operation is open, or when a document has told more
     * meanwhile, the answer is not taken over: it would show a discrepancy that is none.
     */
    refresh: async (): Promise<DeviceState | null> => {
      const fresh = await sko.state()
      const before = JSON.stringify([known, away])
      away = fresh === null
      const current =
        store.open().length === 0 && (fresh?.nextNumber ?? 0) >= (known?.nextNumber ?? 0)
      if (fresh && (current || known === null)) known = fresh
      if (JSON.stringify([known, away]) !== before) changed()
      return fresh
    },
  }
}
