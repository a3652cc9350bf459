import { type CashUp, stopsCashUp } from '#core/register/cash-up.ts'
import type { Operation } from '#core/register/operation.ts'
import type { JournalEntry } from '#services/register/memory/journal.ts'
import { insist } from './invariant.ts'

/** Closings in one go (N12), as the journal tells of them: what begins, and when. */
export function openCashUpAudit(operations: ReadonlyMap<string, Operation>) {
  const ofPart = new Map<string, CashUp>()
  const stopped = new Set<string>()
  const parts = ({ withdrawal, closing }: CashUp): string[] =>
    withdrawal ? [withdrawal.id, closing] : [closing]
  return {
    /** A line of the journal, before what it makes of an operation. */
    heard: (entry: JournalEntry): void => {
      if (entry.type === 'cash-up-wanted') {
        insist(stopped.delete(entry.id), 'only what was stopped is asked for once more')
      }
      if (entry.type !== 'cash-up') return
      for (const id of parts(entry.cashUp)) {
        insist(!operations.has(id), 'a closing in one go names operations that are not begun yet')
        ofPart.set(id, entry.cashUp)
      }
    },
    /** A step of an operation; `isNew`: it is begun by it. */
    step: ({ id, kind, sum, state }: Operation, isNew: boolean): void => {
      const own = ofPart.get(id)
      if (!own) return
      const { withdrawal } = own
      if (isNew) insist(!stopped.has(own.id), 'what a person has to decide about stops a closing')
      if (isNew && kind === 'shift-closing' && withdrawal) {
        const { is } = operations.get(withdrawal.id)?.state ?? {}
        insist(is === 'registered', 'the shift is closed after its cash was withdrawn')
      }
      if (kind === 'withdrawal') insist(sum === withdrawal?.sum, 'what was named is withdrawn')
      if (stopsCashUp(state.is)) stopped.add(own.id)
    },
  }
}
