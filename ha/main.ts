import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { SECOND } from '#core/time.ts'
import { believingFile } from '#services/runtime/operator-keys.ts'
import { openPostgres } from '#services/runtime/postgres.ts'
import { type Stored, wrongWith } from './audit.ts'
import { type Cluster, missing, openCluster } from './cluster.ts'
import { signalAll } from './programs.ts'
import { TTL_SECONDS } from './settings.ts'
import { makeTills, seedOf, work } from './tills.ts'

// `npm run ha -- [--tills N] [--rest MS] [--only TEXT] [--rounds N]`: the operator on three
// machines and two gateways, under load, loses one after another of them; then what was
// acknowledged is held against what is there.

const { values } = parseArgs({
  options: {
    tills: { type: 'string', default: '30' },
    /** What a till rests between two batches. */
    rest: { type: 'string', default: '200' },
    /** Blows whose names have this in them. */
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '1' },
  },
})

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

const command = missing()
if (command !== null) {
  say(`Not everything is installed: ${command}`)
  process.exit(1)
}

type Blow = { name: string; strike: (cluster: Cluster) => Promise<() => void> }

/** What befalls the cluster; each answers how it is undone. */
const blows: Blow[] = [
  { name: 'the leading machine dies', strike: (cluster) => machineDies(cluster, 'leader') },
  {
    name: 'the synchronous standby dies',
    strike: (cluster) => machineDies(cluster, 'sync_standby'),
  },
  { name: 'an idle standby dies', strike: (cluster) => machineDies(cluster, 'replica') },
  {
    name: 'PostgreSQL dies on the leading machine',
    strike: async (cluster) => {
      const leader = await cluster.named('leader')
      if (leader) signalAll(join(leader.folder, 'data'), 'SIGKILL')
      // Its Patroni starts it again, or hands over.
      return () => {}
    },
  },
  {
    name: 'the leading machine stands still, and wakes up believing that it leads',
    strike: async (cluster) => {
      const leader = await cluster.named('leader')
      if (leader) signalAll(leader.folder, 'SIGSTOP')
      await rest(2 * TTL_SECONDS * SECOND)
      return () => {
        if (leader) signalAll(leader.folder, 'SIGCONT')
      }
    },
  },
  {
    name: 'one etcd of three dies',
    strike: async (cluster) => {
      const [machine] = cluster.machines
      if (machine) signalAll(join(machine.folder, 'etcd'), 'SIGKILL')
      return () => {
        if (machine) cluster.startEtcd(machine)
      }
    },
  },
  {
    name: 'all of etcd dies',
    strike: async (cluster) => {
      for (const { folder } of cluster.machines) signalAll(join(folder, 'etcd'), 'SIGKILL')
      await rest(TTL_SECONDS * SECOND)
      return () => {
        for (const machine of cluster.machines) cluster.startEtcd(machine)
      }
    },
  },
  {
    name: 'a gateway dies',
    strike: async (cluster) => {
      const [gateway] = cluster.gateways
      if (gateway) signalAll(gateway.folder, 'SIGKILL')
      return () => {
        if (gateway) cluster.startGateway(gateway)
      }
    },
  },
]

async function machineDies(cluster: Cluster, role: Parameters<Cluster['named']>[0]) {
  const machine = await cluster.named(role)
  if (machine) signalAll(machine.folder, 'SIGKILL')
  return () => {
    if (machine) cluster.startMachine(machine)
  }
}

const made = makeTills(Number(values.tills))
const tills = made.map(({ till }) => till)
say(`three machines, two gateways, ${tills.length} tills…`)
const cluster = await openCluster(seedOf(tills))
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => void cluster.close({ keep: false }).then(() => process.exit(1)))
}
let over = false
const isOver = () => over
const verify = believingFile(cluster.operatorKey)
const how = { operator: cluster.operator, verify, restMs: Number(values.rest), isOver }
const working = Promise.all(made.map((each) => work(each, how)))

const wanted = blows.filter(({ name }) => name.includes(values.only))
const chosen = Array.from({ length: Number(values.rounds) }, () => wanted).flat()

// Long enough for whoever lives to notice, and for the longest fail-over.
const STRUCK_MS = (TTL_SECONDS + 10) * SECOND
let found: string[] | null = null
try {
  await rest(5 * SECOND)
  for (const { name, strike } of chosen) {
    await cluster.whole()
    const at = performance.now()
    const undo = await strike(cluster)
    await rest(Math.max(0, at + STRUCK_MS - performance.now()))
    undo()
    await cluster.whole()
    await rest(2 * SECOND)
    say(`${name}: ${waited(at)}`)
  }
  over = true
  await working
  found = await audit()
} finally {
  await cluster.close({ keep: found === null || found.length > 0 })
}
const told = tills.reduce((sum, { acknowledged }) => sum + acknowledged, 0)
say(`${told} documents acknowledged, ${found.length} violations`)
for (const violation of found.slice(0, 20)) say(violation)
if (found.length > 0) say(`logs and databases lie in ${cluster.folder}`)
process.exit(found.length === 0 ? 0 : 1)

/** The longest silence since a moment: of all tills together, and of one of them. */
function waited(since: number): string {
  const until = performance.now()
  const silence = (heard: readonly number[]) => {
    const moments = [since, ...heard.filter((at) => at >= since).sort((a, b) => a - b), until]
    return Math.max(...moments.slice(1).map((at, place) => at - (moments[place] ?? at)))
  }
  const of = tills.map(({ told: heard }) => heard)
  const shown = (ms: number) => `${(ms / SECOND).toFixed(1)} s`
  const one = shown(Math.max(...of.map(silence)))
  const all = shown(silence(of.flat()))
  return `nothing was acknowledged for ${all}, a till waited for ${one} at most`
}

/** What does not hold of what was acknowledged, by what the leader's database has. */
async function audit(): Promise<string[]> {
  const db = await openPostgres({ url: cluster.database })
  const found: string[] = []
  for (const till of tills) {
    const rows = await db.query<Stored>(
      'select number, hash, operation from document where device = $1 order by number',
      [till.serial],
    )
    found.push(...wrongWith(till, rows))
  }
  const [forks] = await db.query<{ count: number }>('select count(*)::int count from quarantine')
  if (forks?.count !== 0) found.push(`${forks?.count} documents contradict what is stored`)
  await db.close()
  return found
}
