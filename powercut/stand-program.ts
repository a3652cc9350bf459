import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import type { RegisterBackup } from '#core/api/stand.ts'
import { paper } from '#core/api/stand.ts'
import { openRegisterDb } from '#services/register/memory/store.ts'
import { ownFolder } from '#services/runtime/data-folder.ts'
import { makeFolder } from '#services/runtime/durable-file.ts'
import { untilStopped } from '#services/runtime/life.ts'
import { listen } from '#services/runtime/listen.ts'
import { openLog } from '#services/runtime/log.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { prepareByHand } from '#stand/demo/enrolment.ts'
import { openFaults } from '#stand/faults.ts'
import { keyPlaces, openPulledDevice } from '#stand/pulled-device.ts'
import { openRegisterBackups } from '#stand/register-backups.ts'
import { openRoll } from '#stand/roll.ts'

// The stand's own files without its processes, which are tried apart: demo, paper, faults, the
// device pulled out, copies of the register's database.

export const deeds = [
  'mark',
  'back-up',
  'restore',
  'print',
  'advance',
  'pull-out',
  'plug-in',
] as const
type Deed = (typeof deeds)[number]

/** Opens the stand's files as the stand does at its start. */
function openFiles(data: string) {
  makeFolder(join(data, 'stand'))
  ownFolder(join(data, 'stand'))
  const { tillDevice } = prepareByHand(data)
  const tape = openRoll(join(data, 'stand', 'paper.jsonl'), paper, () => {})
  const device = openPulledDevice(data, tillDevice)
  const faults = openFaults(data, { device, changed: () => {} })
  const backups = openRegisterBackups(data, Date.now)
  const register = openMarks(join(data, 'register', 'register.sqlite'))
  const copy = (): RegisterBackup | undefined => backups.list().at(-1)
  const deed: Record<Deed, () => unknown> = {
    mark: register.add,
    'back-up': backups.take,
    restore: () => {
      register.leave()
      const wanted = copy()
      if (wanted) backups.putBack(wanted)
    },
    print: () => tape.append({ job: null, at: Date.now(), lines: ['paper'] }),
    advance: () => faults.set({ name: 'clock', advanceSeconds: 1 }),
    'pull-out': device.pullOut,
    'plug-in': device.plugIn,
  }
  const [place, away] = keyPlaces(data, tillDevice)
  return {
    deed,
    state: () => ({
      papers: tape.shown().length,
      ahead: faults.bodies().clock,
      copies: backups.list().length,
      marks: register.count(),
      device: existsSync(place) ? 'in' : existsSync(away) ? 'out' : 'lost',
    }),
  }
}

/** The register's database and rows in it, as a register at work would leave them. */
function openMarks(path: string) {
  let db: Sqlite | null = null
  const opened = () => {
    db ??= openRegisterDb(path)
    db.exec('create table if not exists mark(at integer)')
    return db
  }
  return {
    add: () => opened().prepare('insert into mark values (1)').run(),
    count: (): number => Number(opened().prepare('select count(*) n from mark').get()?.n),
    /** As one that was killed, and not as one that has cleared up behind itself. */
    leave: () => {
      if (db) left.push(db)
      db = null
    },
  }
}
const left: Sqlite[] = []

if (import.meta.main) {
  const data = z.string().parse(process.env.ZPOS_DATA)
  const { deed, state } = openFiles(data)
  const app = new Hono()
  app.post('/:deed', async (call) => {
    await deed[z.enum(deeds).parse(call.req.param('deed'))]()
    return call.json({ asked: call.req.query('asked'), state: state() })
  })
  app.get('/', (call) => call.json({ asked: call.req.query('asked'), state: state() }))
  const server = await listen(app, { host: '127.0.0.1', port: 0, rate: null })
  openLog('stand').info('listening', { port: server.port })
  await untilStopped()
  await server.close()
}
