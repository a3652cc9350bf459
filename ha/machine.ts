import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { start } from './programs.ts'
import { etcdArguments, type MachinePlace, patroniSettings } from './settings.ts'

/** A machine: a PostgreSQL with its Patroni, and one voice of three in etcd. */
export type Machine = MachinePlace

/** A folder of the user that PostgreSQL runs as. */
export function makeMachine(machine: Machine): Machine {
  chmodSync(dirname(machine.folder), 0o755)
  mkdirSync(machine.folder, { mode: 0o700 })
  for (const name of ['log', 'patroni.json']) writeFileSync(join(machine.folder, name), '')
  if (process.getuid?.() === 0) {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
    for (const name of ['.', 'log', 'patroni.json']) {
      chownSync(join(machine.folder, name), id('-u'), id('-g'))
    }
  }
  return machine
}

/** Starts what a machine starts when it is switched on. */
export function startMachine(machine: Machine, all: readonly Machine[]): void {
  const versions = '/usr/lib/postgresql'
  const newest = readdirSync(versions).sort((a, b) => Number(b) - Number(a))[0] ?? ''
  const settings = join(machine.folder, 'patroni.json')
  writeFileSync(settings, patroniSettings(machine, all, join(versions, newest, 'bin')))
  startEtcd(machine, all)
  startOn(machine, 'patroni', [settings])
}

/** Starts its voice in etcd alone. */
export const startEtcd = (machine: Machine, all: readonly Machine[]): void =>
  startOn(machine, 'etcd', etcdArguments(machine, all))

const startOn = ({ folder }: Machine, file: string, argv: readonly string[]): void =>
  start({ file, argv, log: join(folder, 'log'), asPostgres: true })
