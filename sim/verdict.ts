import assert from 'node:assert/strict'
import { runTrial, type Verdict } from './trial.ts'

/** Runs a trial that must find nothing; what it found comes with the command that shows it. */
export async function holds(seed: number, operations: number): Promise<Verdict> {
  const verdict = await runTrial(seed, { operations })
  const { violation } = verdict
  const command = `npm run sim -- ${seed} --operations ${operations}`
  assert.equal(violation, null, `${command}: ${violation?.invariant}, step ${violation?.step}`)
  return verdict
}
