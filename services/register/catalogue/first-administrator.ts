import { done, refused } from '#core/api/contract.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openActs } from '../memory/acts.ts'
import { openPins } from './pins.ts'

const ROLE = 'administrator'

/** The one who is named while a till knows nobody (K7); everybody else is added by somebody. */
export function openFirstAdministrator(db: Sqlite, clock: Clock) {
  const acts = openActs(db, clock.now)
  const pins = openPins(db, clock)
  const anybody = db.prepare('select 1 from person limit 1')
  const ofRequest = db.prepare('select name from person where request = ?')
  const insert = db.prepare('insert into person(name, role, pin, request) values (?, ?, ?, ?)')
  /** Nobody is here, nor ever was. */
  const isWanted = (): boolean => anybody.get() === undefined
  const named = (name: string) => done({ name })
  return {
    isWanted,
    /** The shop began at this till: nobody who made its memory named the people. */
    beganHere: (): boolean =>
      acts.page({ what: 'first-administrator' }, { before: null, limit: 1 }).length > 0,
    /** Decided where it is written: of two at once one is named, and nobody ever after. */
    add: ({ name, pin, request }: { name: string; pin: string; request: string }) => {
      const decide = () => {
        // The answer was lost: the same request is told the same.
        const before = ofRequest.get(request)
        if (before) return named(String(before.name))
        return isWanted() ? null : refused('administrator.known')
      }
      const write = (hash: string) => {
        insert.run(name, ROLE, hash, request)
        acts.record({ person: null, what: 'first-administrator', facts: { subject: name } })
        return named(name)
      }
      return pins.choose(pin, { by: '', of: name }, { decide, write })
    },
  }
}

export type FirstAdministrator = ReturnType<typeof openFirstAdministrator>
