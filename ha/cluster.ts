import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { z } from 'zod'
import { SECOND } from '#core/time.ts'
import { leasePorts } from '#stand/ports.ts'
import { type Machine, makeMachine, startEtcd, startMachine } from './machine.ts'
import { isAnyIn, signalAll, start } from './programs.ts'
import { balancerSettings, type MachinePorts } from './settings.ts'

const root = join(import.meta.dirname, '..')
const HOST = '127.0.0.1'
const MACHINES = ['one', 'two', 'three'] as const
const GATEWAYS = ['left', 'right'] as const
const PORTS = ['postgres', 'patroni', 'etcd', 'etcdPeer'] as const
const UP_WITHIN = 300 * SECOND

/** The command that installs what is missing; null: all is there. */
export function missing(): string | null {
  const needs = ['/usr/bin/etcd', '/usr/bin/patroni', '/usr/sbin/haproxy', '/usr/lib/postgresql']
  if (needs.every((path) => existsSync(path))) return null
  const packages = 'etcd-server patroni python3-etcd haproxy postgresql'
  return `sudo apt-get install --no-install-recommends ${packages}`
}

export type Cluster = Awaited<ReturnType<typeof openCluster>>
type Gateway = { name: string; folder: string; port: number }

/** Three machines, a balancer and two gateways of the operator over one seed, all on loopback. */
export async function openCluster(seed: object) {
  const folder = mkdtempSync(join(tmpdir(), 'zpos-ha-'))
  const { machines, gateways, front, release } = await placesIn(folder)
  const data = join(folder, 'operator')
  const balancer = join(folder, 'balancer')
  for (const each of [data, balancer, ...gateways.map((gateway) => gateway.folder)]) {
    mkdirSync(each, { mode: 0o700 })
  }
  const seedFile = join(data, 'seed.json')
  writeFileSync(seedFile, JSON.stringify(seed), { mode: 0o600 })
  const database = urlOf(front.database)
  const startGateway = (gateway: Gateway) => openGateway(gateway, { data, seedFile, database })
  const close = async ({ keep }: { keep: boolean }) => {
    for (const name of ['SIGCONT', 'SIGKILL'] as const) signalAll(folder, name)
    while (isAnyIn(folder)) await rest(100)
    await release()
    if (!keep) rmSync(folder, { recursive: true, force: true })
  }
  const whole = () =>
    until('all is whole', async () => {
      const roles = [...(await rolesOf(machines)).values()]
      const isLed = ['leader', 'sync_standby'].every((role) => roles.includes(role))
      const open = await Promise.all(gateways.map(isOpen))
      return roles.length === MACHINES.length && isLed && open.every((each) => each)
    })

  for (const machine of machines) startMachine(machine, machines)
  const settings = join(balancer, 'haproxy.cfg')
  writeFileSync(settings, balancerSettings({ front, machines, gateways }))
  start({ file: '/usr/sbin/haproxy', argv: ['-db', '-f', settings], log: join(balancer, 'log') })
  // The first one brings the schema; it ends where nobody leads yet.
  for (const gateway of gateways) {
    await until(`gateway ${gateway.name}`, async () => {
      if (!isAnyIn(gateway.folder)) startGateway(gateway)
      return isOpen(gateway)
    })
  }
  await whole()
  return {
    folder,
    machines,
    gateways,
    operator: `http://${HOST}:${front.operator}`,
    database,
    operatorKey: join(data, 'operator-key.pem.pub'),
    /** The machine that has a role now, as Patroni names it. */
    named: async (role: 'leader' | 'sync_standby' | 'replica'): Promise<Machine | null> => {
      const roles = await rolesOf(machines)
      return machines.find(({ name }) => roles.get(name) === role) ?? null
    },
    startMachine: (machine: Machine) => startMachine(machine, machines),
    startEtcd: (machine: Machine) => startEtcd(machine, machines),
    startGateway,
    whole,
    close,
  }
}

const urlOf = (port: number): string => `postgres://postgres@${HOST}:${port}/postgres`

async function placesIn(folder: string) {
  const wanted: Record<string, number> = { database: 0, operator: 0 }
  for (const name of MACHINES) for (const kind of PORTS) wanted[`${name} ${kind}`] = 0
  for (const name of GATEWAYS) wanted[name] = 0
  const { ports, release } = await leasePorts(wanted, { host: HOST, chance: Math.random })
  const at = (name: string): number => ports[name] ?? 0
  const machines = MACHINES.map((name) => {
    const own = PORTS.map((kind) => [kind, at(`${name} ${kind}`)])
    const known = Object.fromEntries(own) as MachinePorts
    return makeMachine({ name, folder: join(folder, name), ports: known })
  })
  const gateways = GATEWAYS.map((name) => ({ name, port: at(name), folder: join(folder, name) }))
  const front = { database: at('database'), operator: at('operator') }
  return { machines, gateways, front, release }
}

type Books = { data: string; seedFile: string; database: string }

function openGateway({ folder, port }: Gateway, { data, seedFile, database }: Books): void {
  const entry = join(root, 'services/operator/main.ts')
  // The folder is read by nobody: by it the process is found again.
  const argv = ['--disable-warning=ExperimentalWarning', entry, `${folder}/`]
  start(
    { file: process.execPath, argv, log: join(folder, 'log') },
    {
      ZPOS_DATA: data,
      ZPOS_OPERATOR_PORT: String(port),
      ZPOS_OPERATOR_SEED: seedFile,
      DATABASE_URL: database,
      // All come from the balancer's address: it is for the balancer to bound them.
      ZPOS_REQUESTS_PER_SECOND: '0',
    },
  )
}

const isOpen = async ({ port }: Gateway): Promise<boolean> =>
  (await askedFor(`http://${HOST}:${port}/health`)) !== null

const told = z.object({
  members: z.array(z.object({ name: z.string(), role: z.string(), state: z.string() })),
})

/** Who is there, by the first machine that answers. */
async function rolesOf(machines: readonly Machine[]): Promise<Map<string, string>> {
  for (const { ports } of machines) {
    const read = told.safeParse(await askedFor(`http://${HOST}:${ports.patroni}/cluster`))
    if (!read.success) continue
    const there = read.data.members.filter(({ state }) => /running|streaming/.test(state))
    return new Map(there.map(({ name, role }) => [name, role]))
  }
  return new Map()
}

/** The answer as JSON; null: nobody answers well. */
async function askedFor(url: string): Promise<unknown> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2 * SECOND) })
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const last = Date.now() + UP_WITHIN
  while (!(await holds())) {
    if (Date.now() > last) throw new Error(`not within ${UP_WITHIN / SECOND} s: ${what}`)
    await rest(300)
  }
}
