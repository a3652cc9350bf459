import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { MINUTE, SECOND } from '#core/time.ts'
import { type Round, runRound } from './round.ts'
import { openShop } from './shop.ts'
import { openTally, shown } from './tally.ts'

// `npm run soak -- [--seed N] [--kills N] [--minutes N] [--round N]`: shops of real processes, one
// after another, each with its own seed, each under so many kills; every fourth one has its
// register's database put back. A round that found something is brought about again by its seed:
// the same blows in the same order, at moments that real processes never repeat.

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: '1000' },
    /** No round begins after them. */
    minutes: { type: 'string', default: '240' },
    /** Kills of a round. */
    round: { type: 'string', default: '100' },
  },
})

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** A shop that was opened once: each round begins with its databases and keys. */
async function makeTemplate(): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), 'zpos-soak-template-'))
  const shop = await openShop(data, join(data, 'stand-process.log'))
  await shop.revive()
  await shop.close()
  return data
}

const began = Date.now()
const sum = openTally()
const wanted = Number(values.kills)
const ofRound = Number(values.round)
const last = began + Number(values.minutes) * MINUTE
const template = await makeTemplate()
let violations = 0
const killed = () =>
  Object.values(sum.tables.kills ?? {}).reduce((all: number, count: number) => all + count, 0)

function tell(seed: number, { violations: found, data }: Round): void {
  for (const violation of found) say(`seed ${seed} violated: ${violation}`)
  if (data) say(`seed ${seed}: everything lies in ${data}`)
}

for (let seed = Number(values.seed); killed() < wanted && Date.now() < last; seed += 1) {
  const from = Date.now()
  const at = () => ((Date.now() - from) / SECOND).toFixed(1).padStart(6)
  const round = await runRound({
    seed,
    kills: Math.min(ofRound, wanted - killed()),
    putBack: seed % 4 === 0,
    template,
    say: (text) => say(`${at()} ${text}`),
    isOver: () => Date.now() > last,
  })
  sum.join(round.tally.tables)
  sum.bump('run', 'rounds')
  sum.bump('run', 'seconds', Math.round((Date.now() - from) / SECOND))
  tell(seed, round)
  violations += round.violations.length
  round.close()
  say(`seed ${seed}: ${killed()} of ${wanted} kills, ${violations} violations`)
}
rmSync(template, { recursive: true, force: true })
for (const line of shown(sum.tables)) say(line)
say(`${violations} violations`)
process.exit(violations === 0 ? 0 : 1)
