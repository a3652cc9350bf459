import { done, refused } from '#core/api/contract.ts'
import { HOUR, type Moment, minskHour } from '#core/time.ts'
import type { Register } from '../register.ts'

/** Hours of the night in Minsk, from and until, in which a till updates itself. */
const NIGHT = { from: 2, until: 5 } as const
const LOOK_MS = HOUR / 6

type Leaving = Pick<Register, 'store' | 'updates' | 'acts'> & {
  engine: Pick<Register['engine'], 'busy'>
  backups: Pick<Register['backups'], 'madeNow'>
}
type ByNight = Leaving &
  Pick<Register, 'now'> & {
    settings: Pick<Register['settings'], 'autoUpdate'>
  }

/** Why the till may not leave its present version now; null: it may. */
function standsInTheWay(register: Leaving, version: string) {
  const { engine, store, updates } = register
  if (!updates.isReadyFor(version)) return refused('update.not-ready')
  if (store.ledger().shift) return refused('update.shift-open')
  return engine.busy() || store.open().length > 0 ? refused('update.busy') : null
}

/**
 * Installs what is ready (U2): with the shift closed, over a fresh copy of the memory. The wish is
 * on the disk before the register ends; whoever starts it again lets the updater work first.
 */
export async function install(register: Leaving, version: string, person: string | null) {
  const before = standsInTheWay(register, version)
  if (before) return before
  if (!(await register.backups.madeNow(person))) return refused('update.no-copy')
  const after = standsInTheWay(register, version)
  if (after) return after
  register.acts.record({ person, what: 'update-wanted', facts: { subject: version } })
  register.updates.install()
  return done({ update: register.updates.view() })
}

const isNight = (now: Moment): boolean => {
  const hour = minskHour(now) % 24
  return hour >= NIGHT.from && hour < NIGHT.until
}

/** Automatic updates (U1): at night, with the shift closed; answers how long to rest. */
export async function updateByNight(register: ByNight): Promise<number> {
  const { updates, settings, now } = register
  const version = updates.view()?.newest?.version
  // What has failed once waits for a person.
  if (version && settings.autoUpdate() && updates.isReady() && isNight(now())) {
    await install(register, version, null)
  }
  return LOOK_MS
}
