import { client } from '#core/api/client.ts'
import { type Paper, type ProcessView, standApi, standEvents } from '#core/api/stand.ts'
import { fetchSend } from '#web/ui/send.ts'
import { openStore } from '#web/ui/store.ts'

/** Papers that are drawn; the tape itself is longer. */
const SHOWN = 40

export type Shown = {
  processes: ProcessView[]
  /** Newest first. */
  papers: Paper[]
  /** The stand talks; null: not heard of yet. */
  live: boolean | null
}

export const shown = openStore<Shown>({ processes: [], papers: [], live: null })
export const stand = client(standApi, fetchSend)

/** An event of the stand. A paper told twice, as after a broken connection, is one paper. */
export function heard(name: string, data: unknown): void {
  if (name === 'processes') {
    const told = standEvents.processes.safeParse(data)
    if (told.success) shown.set(told.data)
    return
  }
  const told = standEvents.paper.safeParse(data)
  if (!told.success) return
  const others = shown.get().papers.filter(({ number }) => number !== told.data.number)
  const papers = [told.data, ...others].sort((a, b) => b.number - a.number).slice(0, SHOWN)
  shown.set({ papers })
}
