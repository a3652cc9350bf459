import { parseArgs } from 'node:util'
import { assert } from '#core/assert.ts'
import { changeKey } from '#services/runtime/key-changes.ts'
import { layNextKey } from '#services/sko/keys.ts'

// `npm run change-key -- --owner operator --key FILE`: gives a signing key a successor while its
// owner is at work. docs/runbook.md, "A signing key is changed", says when and how.

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const { values } = parseArgs({
  options: {
    owner: { type: 'string' },
    key: { type: 'string' },
    /** How long until it is signed with, and how long the former one counts after that. */
    'lead-hours': { type: 'string', default: '1' },
    'overlap-days': { type: 'string', default: '30' },
  },
})

/** A number of so many milliseconds, zero and more. */
function span(name: 'lead-hours' | 'overlap-days', unitMs: number): number {
  const number = Number(values[name])
  assert(Number.isFinite(number) && number >= 0, `--${name} must be a number from 0 on`)
  return Math.round(number * unitMs)
}

const day = (at: number) => new Date(at).toISOString()

/** What is said of a change of the operator's key, or the office's. */
function changed(owner: 'operator' | 'office', key: string): string {
  const leadMs = span('lead-hours', HOUR_MS)
  const overlapMs = span('overlap-days', DAY_MS)
  const change = changeKey(key, { owner, now: Date.now(), leadMs, overlapMs })
  if (change === null) return UNDER_WAY
  const { from, until } = change
  return `announced: signs from ${day(from)}, the former key counts until ${day(until)}`
}

const UNDER_WAY = 'a change is under way already: nothing was done'

const { owner, key } = values
assert(key, '--key must name the file of the signing key')
switch (owner) {
  case 'operator':
  case 'office':
    console.log(changed(owner, key))
    break
  case 'device':
    console.log(layNextKey(key) ? 'laid down: the service announces it within seconds' : UNDER_WAY)
    break
  default:
    assert(false, '--owner must be operator, office or device')
}
