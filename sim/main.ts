import { parseArgs } from 'node:util'
import { openTally, type Tally } from './tally.ts'
import { runTrial, type Verdict } from './trial.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    operations: { type: 'string', default: '250' },
  },
})

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

function told({ seed, violation }: Verdict, operations: number): boolean {
  if (!violation) return true
  say(`seed ${seed} (--operations ${operations}) step ${violation.step} at ${violation.at}:`)
  say(`  violated: ${violation.invariant}`)
  return false
}

const table = (title: string, rows: Record<string, number>): void => {
  say(`${title}:`)
  for (const [name, count] of Object.entries(rows).sort()) say(`  ${name}: ${count}`)
}

function report(tally: Tally, wallMs: number): void {
  table('run', { ...tally.counts, wallSeconds: Math.round(wallMs / 1000) })
  table('ends of operations', tally.ends)
  table('red receipts cleared by', tally.cleared)
  table('faults', tally.faults)
}

const operations = Number(values.operations)
const only = positionals[0]
const sum = openTally()
const began = performance.now()
let failed = 0
if (only !== undefined) {
  const verdict = await runTrial(Number(only), { operations, trace: say })
  sum.join(verdict.tally)
  report(sum, performance.now() - began)
  say(`fingerprint ${verdict.fingerprint}`)
  if (!told(verdict, operations)) failed += 1
} else {
  const from = Number(values.from)
  for (let seed = from; seed < from + Number(values.seeds); seed += 1) {
    const verdict = await runTrial(seed, { operations })
    sum.join(verdict.tally)
    if (!told(verdict, operations)) failed += 1
  }
  report(sum, performance.now() - began)
  say(`${failed} seeds failed`)
}
process.exitCode = failed === 0 ? 0 : 1
