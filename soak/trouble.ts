import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as rest } from 'node:timers/promises'
import type { Outcome } from '#core/api/contract.ts'
import type { FaultWish } from '#core/api/stand.ts'
import { SECOND } from '#core/time.ts'
import type { Desk } from './desk.ts'
import type { Disks } from './disks.ts'
import type { Blow, Step } from './plan.ts'
import { told } from './plan.ts'
import type { Shop } from './shop.ts'
import { answered } from './shop.ts'

export type TroublePorts = {
  shop: Shop
  disks: Disks
  desk: Desk
  say: (text: string) => void
  isOver: () => boolean
}

/** Deals the blows in their order; resolves when the last one is over, with all of them undone. */
export async function trouble(ports: TroublePorts, plan: readonly Step[]): Promise<void> {
  const under: Promise<void>[] = []
  for (const { answers, afterMs, blow } of plan) {
    await worked(ports, answers)
    await rest(afterMs)
    await ports.shop.standUp()
    if (ports.isOver()) break
    const ended = await deal(ports, blow)
    ports.say(`${ended ? '' : 'missed: '}${told(blow)}`)
    count(ports, blow, ended !== null)
    if (ended) under.push(ended())
  }
  await Promise.all(under)
}

// Who is stopped or cut off answers nothing for as long as this.
const SILENT_MS = 20 * SECOND

/** Lets people get so many answers, or wait long enough for them. */
async function worked({ desk: { tally }, isOver }: TroublePorts, answers: number): Promise<void> {
  const wanted = tally.get('run', 'answers') + answers
  const last = Date.now() + SILENT_MS
  while (tally.get('run', 'answers') < wanted && Date.now() < last && !isOver()) await rest(20)
}

function count({ desk: { tally } }: TroublePorts, blow: Blow, met: boolean): void {
  if (!met) tally.bump('missed', blow.is)
  // Whom a kill met is counted where it is known.
  else if (blow.is !== 'kill') tally.bump(blow.is === 'stop' ? 'stops' : 'faults', nameOf(blow))
}

function nameOf(blow: Exclude<Blow, { is: 'kill' }>): string {
  if ('name' in blow) return blow.name
  return blow.is === 'full' ? `disk full: ${blow.disk}` : blow.is
}

/** Undoes a blow when its time is over. */
type Ended = () => Promise<void>
const once: Ended = async () => {}

/** Null: it met nobody. */
async function deal(ports: TroublePorts, blow: Blow): Promise<Ended | null> {
  const { shop, disks, desk } = ports
  switch (blow.is) {
    case 'kill':
      return kill(ports, blow)
    case 'stop': {
      const release = shop.stop(blow.name)
      return release && (() => rest(blow.forMs).then(release))
    }
    case 'switch':
      return lasting(ports, { name: blow.name, forMs: blow.forMs })
    case 'count':
      return isDone(await fault(ports, { name: blow.name, count: blow.count })) ? once : null
    case 'decline':
      return isDone(await fault(ports, { name: 'bank.decline', code: blow.code })) ? once : null
    case 'clock': {
      const { advanceSeconds } = blow
      return isDone(await fault(ports, { name: 'clock', advanceSeconds })) ? once : null
    }
    case 'full':
      disks.fill(blow.disk, blow.left)
      return () => rest(blow.forMs).then(() => disks.clear(blow.disk))
    case 'by hand': {
      const set = await desk.administrator.changeSettings({ clearing: false })
      const on = () => desk.administrator.changeSettings({ clearing: true })
      return isDone(set) ? () => rest(blow.forMs).then(async () => void (await on())) : null
    }
    case 'put back':
      return putBack(ports, blow.afterMs)
    default:
      return blow satisfies never
  }
}

const isDone = (answer: Outcome<unknown>): boolean => answer.kind === 'done'
const fault = ({ shop }: TroublePorts, wish: FaultWish) => shop.stand.fault(wish)

async function kill(
  { shop, desk: { tally } }: TroublePorts,
  { names, restMs }: Extract<Blow, { is: 'kill' }>,
): Promise<Ended | null> {
  const met = shop.kill(names)
  for (const name of met) tally.bump('kills', name)
  if (met.length === 0) return null
  return async () => {
    await rest(restMs)
    // The stand first: it starts the others.
    if (met.includes('stand')) return shop.start('stand')
    for (const name of met) await shop.start(name)
  }
}

async function lasting(
  ports: TroublePorts,
  { name, forMs }: Pick<Extract<Blow, { is: 'switch' }>, 'name' | 'forMs'>,
): Promise<Ended | null> {
  if (!isDone(await fault(ports, { name, on: true }))) return null
  return async () => {
    await rest(forMs)
    // Whoever is dead or stopped meanwhile is asked again: a fault must not outlive its time.
    for (let tries = 20; tries > 0; tries -= 1) {
      if (ports.isOver() || isDone(await fault(ports, { name, on: false }))) return
      await rest(500)
    }
  }
}

const ENDED = "state in ('registered', 'failed', 'cancelled') and doubt is null"

/** R19: what the copy does not have, or has not ended, is what the register will have forgotten. */
async function putBack(ports: TroublePorts, afterMs: number): Promise<Ended | null> {
  const { shop, desk } = ports
  const taken = answered(await shop.stand.backUp({}))
  if (!taken) return null
  const path = join(shop.data, 'stand', 'register-backups', `${taken.id}-${taken.at}.sqlite`)
  const copy = new DatabaseSync(path, { readOnly: true })
  const rows = copy.prepare(`select id from operation where ${ENDED}`).all()
  copy.close()
  const known = new Set(rows.map(({ id }) => String(id)))
  return async () => {
    await rest(afterMs)
    if (ports.isOver()) return
    const { ledger, tally } = desk
    // Whether it was done or not: an answer that is lost may have done it.
    ledger.isForgetful = true
    const restored = await shop.stand.restore({ id: taken.id })
    for (const id of ledger.asked.keys()) if (!known.has(id)) ledger.forgotten.add(id)
    tally.bump('put back', restored.kind)
  }
}
