import assert from 'node:assert/strict'
import { hold, type Verdict } from './trial.ts'

/** Holds a trial that must find nothing; what it found comes with the command that shows it. */
export async function holds(seed: number, operations: number): Promise<Verdict> {
  const verdict = await hold(seed, { operations })
  const { violation } = verdict
  const command = `npm run sim -- ${seed} --operations ${operations}`
  assert.equal(violation, null, `${command}: ${violation?.invariant}, step ${violation?.step}`)
  return verdict
}
