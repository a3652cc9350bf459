import { createHash } from 'node:crypto'
import { type Dice, openDice } from '#sim/dice.ts'
import {
  type Cut,
  type Event,
  type Found,
  namings,
  type Order,
  openDisk,
  ways,
} from './disk-model.ts'
import { newFolder, removeFolder, writeFolder } from './folder.ts'
import type { StartLife } from './life.ts'
import type { Known, Recorded } from './recording.ts'
import type { Store } from './store.ts'

/** A cut of a recording: all of it follows from its seed. `at`: the events before it. */
type Drawn = { seed: number; at: number; order: Order; cut: Cut; chance: () => number }

/** What was lost by a cut; empty: nothing. */
export type Audited = { seed: number; where: string; losses: string[] }

export type Disk = Drawn & { found: Map<string, Found> }

// Of the cuts that are drawn many leave the same disk: so often others are drawn in their place.
const ROUNDS = 20

/**
 * So many disks that cuts may leave of a recording, all different, or as many as were found. Each
 * round is of cuts in both orders and from the first event to the last, and is taken whole.
 */
export function* disksOf(
  recorded: Recorded,
  { disks, dice }: { disks: number; dice: Dice },
): Generator<Disk, undefined> {
  const known = new Set<string>()
  let left = disks
  for (let round = 0; round < ROUNDS; round += 1) {
    const seeds = Array.from({ length: left }, () => dice.int(1, 2 ** 31))
    for (const disk of disksAt(recorded, seeds, known)) {
      left -= 1
      yield disk
    }
  }
}

/**
 * The disks that cuts leave, one for each seed; those that are as one `known` before, with as much
 * to be kept, are left out.
 */
export function* disksAt(
  recorded: Recorded,
  seeds: readonly number[],
  known: Set<string> = new Set(),
): Generator<Disk, undefined> {
  const drawn = seeds.map((seed) => drawCut(recorded, seed)).sort((one, other) => one.at - other.at)
  for (const order of orders) {
    const disk = openDisk(recorded.before, order)
    let done = 0
    for (const each of drawn.filter((each) => each.order === order)) {
      for (; done < each.at; done += 1) {
        const event = recorded.events[done]
        if (event) disk.apply(event)
      }
      const found = disk.cut(each.cut, each.chance)
      const told = recorded.known.filter(({ at }) => at <= each.at).length
      const digest = `${told} ${digestOf(found)}`
      if (known.has(digest)) continue
      known.add(digest)
      yield { ...each, found }
    }
  }
}

const orders = ['posix', 'ext4'] as const satisfies readonly Order[]

function drawCut({ events, known, past }: Recorded, seed: number): Drawn {
  const dice = openDice(seed)
  // Just after something was told, and just before something is made durable, most can be lost.
  const isTold = dice.chance(0.5)
  const told = known.flatMap(({ at }) => (at > past ? [at] : []))
  const places = isTold && told.length > 0 ? told : telling(events, past)
  const any = dice.int(past, events.length)
  const at = dice.chance(0.7) ? (dice.any(places) ?? any) : any
  const order = dice.pick(orders)
  const cut = { bytes: dice.pick(ways), names: dice.pick(namings) }
  return { seed, at, order, cut, chance: dice.number }
}

/** Syncs by their place, but those that follow another: a start syncs files that none touched. */
export const telling = (events: readonly Event[], from = 0): number[] =>
  events.flatMap((event, index) =>
    event.is === 'sync' && index >= from && events[index - 1]?.is !== 'sync' ? [index] : [],
  )

function digestOf(found: ReadonlyMap<string, Found>): string {
  const hash = createHash('sha1')
  for (const [path, { bytes, isMapped, target }] of found) {
    hash.update(`${path} ${bytes?.length} ${target} `)
    if (bytes && !isMapped) hash.update(digestOfBytes(bytes))
  }
  return hash.digest('hex')
}

// Most files of a disk are the same bytes in the next one.
const digests = new WeakMap<Uint8Array, string>()

function digestOfBytes(bytes: Uint8Array): string {
  const known = digests.get(bytes) ?? createHash('sha1').update(bytes).digest('hex')
  digests.set(bytes, known)
  return known
}

/** Starts the process over a disk, and asks it for everything that was told before the cut. */
export async function audit(
  store: Store,
  { recorded, disk, start }: { recorded: Recorded; disk: Disk; start: StartLife },
): Promise<Audited> {
  const data = newFolder()
  writeFolder(data, disk.found)
  const { seed, at, order, cut } = disk
  const where = `${order}, after event ${at}, bytes ${cut.bytes}, names ${cut.names}`
  const losses: string[] = []
  const started = await start(store.program(data, {}))
  if (started.is === 'ended') losses.push(`it does not start: ${started.said}`)
  else {
    const talk = store.open(data)
    for (const { id, state, next } of owed(recorded.known, at)) {
      const now = (await talk.ask(started.life.ports, id))?.state ?? null
      const isKept = store.isKept
        ? store.isKept(state, now)
        : now !== null && (now === state || now === next)
      if (!isKept) losses.push(`${id} was told to be «${state}», and is «${now}»`)
    }
    await started.life.end()
  }
  removeFolder(data)
  return { seed, where, losses }
}

/** The last that was told of each thing before a cut, and what was told of it next. */
export function owed(known: readonly Known[], cutAt: number) {
  const last = new Map<string, { id: string; state: string; next: string | null }>()
  for (const { id, state, at } of known) {
    const before = last.get(id)
    if (at <= cutAt) last.set(id, { id, state, next: null })
    else if (before && before.next === null && before.state !== state) before.next = state
  }
  return [...last.values()]
}
