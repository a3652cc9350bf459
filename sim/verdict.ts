import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Verdict } from './trial.ts'

export type Wish = { seed: number; operations: number }
type Held = Pick<Verdict, 'fingerprint' | 'violation'> & {
  /** How many were begun. */
  operations: number
}

/** What every run of the tests holds, beside the seeds that once found something. */
export const usual = { first: 1, last: 15, operations: 60 }

// The test runner follows each promise of its own process, for a fifth of what a trial takes.
const trials = fork(join(import.meta.dirname, 'trial-process.ts'))
const ended = once(trials, 'exit').then(([code]) => {
  throw new Error(`the process of trials ended: ${code}`)
})
trials.unref()
trials.channel?.unref()

/** Runs a trial that must find nothing; what it found comes with the command that shows it. */
export async function holds(seed: number, operations: number): Promise<Held> {
  trials.channel?.ref()
  trials.send({ seed, operations } satisfies Wish)
  const [held]: Held[] = await Promise.race([once(trials, 'message'), ended])
  trials.channel?.unref()
  assert.ok(held)
  const { violation } = held
  const command = `npm run sim -- ${seed} --operations ${operations}`
  assert.equal(violation, null, `${command}: ${violation?.invariant}, step ${violation?.step}`)
  return held
}
