import { client } from '#core/api/client.ts'
import type { Outcome } from '#core/api/contract.ts'
import {
  type CaughtMail,
  type Faults,
  type Paper,
  type ProcessView,
  type ReaderView,
  type RegisterBackup,
  type ScaleView,
  standApi,
  standEvents,
} from '#core/api/stand.ts'
import { fetchSend } from '#web/ui/send.ts'
import { openStore } from '#web/ui/store.ts'
import type { Trouble } from '#web/ui/trouble.ts'

/** Papers and messages that are drawn; what the stand keeps is longer. */
const SHOWN = 40

export type Shown = {
  processes: ProcessView[]
  /** Null: not heard of yet. */
  faults: Faults | null
  /** Null: not heard of yet. */
  reader: ReaderView | null
  /** Null: not heard of yet. */
  scale: ScaleView | null
  /** Oldest first. */
  backups: RegisterBackup[]
  /** Newest first. */
  papers: Paper[]
  /** Newest first. */
  mail: CaughtMail[]
  /** The stand talks; null: not heard of yet. */
  live: boolean | null
  /** Why the last thing that was asked for was not done. */
  trouble: Trouble | null
}

export const shown = openStore<Shown>({
  processes: [],
  faults: null,
  reader: null,
  scale: null,
  backups: [],
  papers: [],
  mail: [],
  live: null,
  trouble: null,
})
export const stand = client(standApi, fetchSend)

/** Waits for an answer and says when it is not «done»; what was done comes as an event. */
export async function told(answer: Promise<Outcome<unknown>>): Promise<void> {
  const heard = await answer
  if (heard.kind === 'done') return shown.set({ trouble: null })
  shown.set({ trouble: heard })
}

/** An event of the stand. A piece told twice, as after a broken connection, is one. */
export function heard(name: string, data: unknown): void {
  if (name === 'processes') {
    const told = standEvents.processes.safeParse(data)
    if (told.success) shown.set(told.data)
    return
  }
  if (name === 'faults') {
    const told = standEvents.faults.safeParse(data)
    if (told.success) shown.set({ faults: told.data })
    return
  }
  if (name === 'terminal') {
    const told = standEvents.terminal.safeParse(data)
    if (told.success) shown.set({ reader: told.data })
    return
  }
  if (name === 'scale') {
    const told = standEvents.scale.safeParse(data)
    if (told.success) shown.set({ scale: told.data })
    return
  }
  if (name === 'backups') {
    const told = standEvents.backups.safeParse(data)
    if (told.success) shown.set(told.data)
    return
  }
  if (name === 'mail') {
    const told = standEvents.mail.safeParse(data)
    if (told.success) shown.set({ mail: withOne(shown.get().mail, told.data) })
    return
  }
  const told = standEvents.paper.safeParse(data)
  if (told.success) shown.set({ papers: withOne(shown.get().papers, told.data) })
}

function withOne<T extends { number: number }>(pieces: readonly T[], one: T): T[] {
  const others = pieces.filter(({ number }) => number !== one.number)
  return [one, ...others].sort((a, b) => b.number - a.number).slice(0, SHOWN)
}
