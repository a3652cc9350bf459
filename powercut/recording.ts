import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Entry, type Event, openDisk } from './disk-model.ts'
import { copied, firstDifference, newFolder, readFolder, removeFolder } from './folder.ts'
import { type Life, startLife } from './life.ts'
import { readLog } from './recording-log.ts'
import { openNeighbours } from './shop.ts'
import type { Store, Talk, Told } from './store.ts'

/** `at` counts the events after which it was told; 0: it was known before the first one. */
export type Known = { id: string; state: string; at: number }
export type Recorded = {
  before: Entry[]
  events: Event[]
  /** In the order it was told. */
  known: Known[]
  /** Events before the last life: what a cut of them leaves, a kill did not change. */
  past: number
}
/** With who spoke to it, to go on after a cut. */
export type Recording = Recorded & { talk: Talk }

export type Wish = {
  /** What the lives begin from; it is copied. */
  folder: string
  /** Lives before these, and what they had told before the cut. */
  after?: { talk: Talk; known: readonly Known[] }
  /** How much is done in the first life, and how much in one after a kill. */
  steps: number
  stepsAfter?: number
  /** The first life is killed in place of its n-th sync; 0: it is not. */
  killAt: number
}

/**
 * Lets a process work, be killed and come back over one folder, with all it did to the disk and
 * all it said in one order; `keep` is given the folder as the last life left it.
 */
export async function record(
  store: Store,
  wish: Wish,
  keep: (folder: string) => void = () => {},
): Promise<Recording> {
  const data = copied(wish.folder)
  const notes = newFolder()
  const log = join(notes, 'log')
  // After a cut nobody is there: what neighbours held before it is not to be had any more.
  const neighbours = await openNeighbours(wish.after ? [] : store.neighbours, wish.folder)
  try {
    const before = readFolder(data)
    const earlier = wish.after?.known ?? []
    const notebook = openNotebook(earlier)
    const talk = wish.after?.talk ?? store.open(data)
    const program = () => store.program(data, neighbours.near)
    let [nth, past] = [0, 0]
    for (const killAt of wish.killAt > 0 ? [wish.killAt, 0] : [0]) {
      if (existsSync(log)) past = readLog(readFileSync(log)).length
      const started = await startLife(program(), { log, root: data, killAt })
      if (started.is === 'ended' && killAt > 0) continue
      if (started.is === 'ended') throw new Error(`it does not start: ${started.said}`)
      const isLast = killAt === 0
      // What a life before left half done is asked after before anything is added to it.
      if (nth > 0 || wish.after) await askAll(started.life, talk, notebook)
      const last = nth + (isLast && nth > 0 ? (wish.stepsAfter ?? 2) : wish.steps)
      for (; nth < last && !started.life.isOver(); nth += 1) {
        notebook.heard(await talk.work(started.life.ports, nth, notebook.tried))
      }
      if (isLast) await askAll(started.life, talk, notebook)
      await started.life.end()
    }
    const events = readLog(readFileSync(log))
    prove({ before, events }, data)
    keep(data)
    const known = [...earlier.map(fromBefore), ...notebook.known(events)]
    return { before, events, known, past, talk }
  } finally {
    await neighbours.close()
    for (const folder of [data, notes]) removeFolder(folder)
  }
}

const fromBefore = ({ id, state }: Known): Known => ({ id, state, at: 0 })

/** The recorder missed nothing: what it recorded, replayed, is the disk to the byte. */
function prove({ before, events }: Pick<Recorded, 'before' | 'events'>, data: string): void {
  const disk = openDisk(before, 'posix')
  for (const event of events) disk.apply(event)
  const difference = firstDifference(data, disk.seen())
  if (difference !== null) throw new Error(`the recorder missed something: ${difference}`)
}

function openNotebook(known: readonly Known[]) {
  const ids = new Set(known.map(({ id }) => id))
  const told: Told[] = []
  return {
    tried: (id: string) => void ids.add(id),
    ids: () => [...ids],
    heard: (more: readonly Told[]) => void told.push(...more),
    known: (events: readonly Event[]): Known[] => {
      const said = events.flatMap((event, index) =>
        event.is === 'said' ? [{ at: index + 1, bytes: Buffer.from(event.bytes) }] : [],
      )
      return told
        .flatMap(({ id, state, said: words, isMaybe }) => {
          const found = said.find(({ bytes }) => bytes.includes(Buffer.from(words)))
          if (!found && !isMaybe) throw new Error(`the recorder missed how ${id} was told`)
          return found ? [{ id, state, at: found.at }] : []
        })
        .sort((one, other) => one.at - other.at)
    },
  }
}

async function askAll(life: Life, talk: Talk, notebook: ReturnType<typeof openNotebook>) {
  for (const id of notebook.ids()) {
    const told = life.isOver() ? null : await talk.ask(life.ports, id)
    if (told) notebook.heard([told])
  }
}
