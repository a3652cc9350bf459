import { join } from 'node:path'
import type { FiscalDocument, Sealed } from '#core/document/document.ts'
import type { Uid } from '#core/document/uid.ts'
import type { Attempts } from '#core/lockout.ts'
import type { Device } from '#core/sko/device.ts'
import { openSqlite, type Sqlite, tx } from '#services/runtime/sqlite.ts'

export type StoredDocument = Sealed & {
  number: number
  operation: string | null
  command: string
  document: FiscalDocument
}
export type DeviceRow = {
  serial: string
  device: Device
  acknowledged: number
  pin: string
  credential: string | null
  attempts: Attempts
}
export type Enrolment = { serial: string; device: Device; pin: string; credential: string | null }

export type SkoStore = ReturnType<typeof openSkoStore>

type DocumentRow = {
  number: number
  operation: string | null
  command: string
  at: number
  uid: string
  hash: string
  body: string
  signature: string
}

const read = (row: unknown): StoredDocument | null => {
  if (!row) return null
  const { number, operation, command, uid, hash, body, signature } = row as DocumentRow
  return {
    ...{ number, operation, command, hash, body, signature },
    uid: uid as Uid,
    document: JSON.parse(body) as FiscalDocument,
  }
}

export const openSkoDb = (path: string): Sqlite =>
  openSqlite(path, join(import.meta.dirname, 'schema'))

/** The device service's whole memory. */
export function openSkoStore(db: Sqlite) {
  const columns = 'number, operation, command, at, uid, hash, body, signature'
  const select = {
    device: db.prepare('select * from device where serial = ?'),
    serials: db.prepare('select serial from device order by credential is null, serial'),
    byNumber: db.prepare(`select ${columns} from document where device = ? and number = ?`),
    byOperation: db.prepare(`select ${columns} from document where device = ? and operation = ?`),
    from: db.prepare(
      `select ${columns} from document where device = ? and number > ? order by number limit ?`,
    ),
    tombstone: db.prepare('select at from tombstone where device = ? and operation = ?'),
    at: db.prepare('select at from document where device = ? and number = ?'),
    closing: db.prepare(
      `select ${columns} from document where device = ? and shift = ? and kind = 'shift-closing'`,
    ),
    range: db.prepare(
      'select min(number) first, max(number) last from document where device = ? and shift = ?',
    ),
  }
  const write = {
    device: db.prepare('insert into device(serial, state, pin, credential) values (?, ?, ?, ?)'),
    state: db.prepare('update device set state = ? where serial = ?'),
    credential: db.prepare('update device set credential = ? where serial = ?'),
    document: db.prepare(
      `insert into document(device, number, operation, command, kind, shift, at, uid, hash, body, signature)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    tombstone: db.prepare(
      'insert or ignore into tombstone(device, operation, at) values (?, ?, ?)',
    ),
    acknowledged: db.prepare(
      'update device set acknowledged = max(acknowledged, ?) where serial = ?',
    ),
    rewind: db.prepare('update device set acknowledged = ? where serial = ?'),
    attempts: db.prepare('update device set wrong = ?, wrong_at = ? where serial = ?'),
    pin: db.prepare('update device set pin = ? where serial = ?'),
  }
  return {
    tx: <T>(work: () => T extends PromiseLike<unknown> ? never : T): T => tx(db, work),
    close: () => db.close(),
    serials: () => select.serials.all().map((row) => String(row.serial)),
    device: (serial: string): DeviceRow | null => {
      const row = select.device.get(serial)
      return row
        ? {
            serial,
            device: JSON.parse(String(row.state)) as Device,
            acknowledged: Number(row.acknowledged),
            pin: String(row.pin),
            credential: row.credential === null ? null : String(row.credential),
            attempts: { wrong: Number(row.wrong), lastAt: Number(row.wrong_at) },
          }
        : null
    },
    enrol: ({ serial, device, pin, credential }: Enrolment) =>
      write.device.run(serial, JSON.stringify(device), pin, credential),
    setCredential: (serial: string, credential: string | null) =>
      write.credential.run(credential, serial),
    byNumber: (serial: string, number: number) => read(select.byNumber.get(serial, number)),
    byOperation: (serial: string, operation: string) =>
      read(select.byOperation.get(serial, operation)),
    closingOf: (serial: string, shift: number) => read(select.closing.get(serial, shift)),
    after: (serial: string, number: number, limit: number) =>
      select.from.all(serial, number, limit).flatMap((row) => read(row) ?? []),
    madeAt: (serial: string, number: number): number | null => {
      const row = select.at.get(serial, number)
      return row ? Number(row.at) : null
    },
    range: (serial: string, shift: number) => {
      const row = select.range.get(serial, shift)
      return row?.first == null ? null : { first: Number(row.first), last: Number(row.last) }
    },
    isAbandoned: (serial: string, operation: string) =>
      select.tombstone.get(serial, operation) !== undefined,
    abandon: (serial: string, operation: string, at: number) =>
      write.tombstone.run(serial, operation, at),
    /** The document and the device's new state; call it inside `tx`. */
    add: (serial: string, device: Device, stored: StoredDocument) => {
      const { number, operation, command, uid, hash, body, signature, document } = stored
      const { kind, shift, at } = document
      write.document.run(
        ...[serial, number, operation, command, kind, shift],
        ...[at, uid, hash, body, signature],
      )
      write.state.run(JSON.stringify(device), serial)
    },
    acknowledge: (serial: string, number: number) => write.acknowledged.run(number, serial),
    /** Back to what the operator says it holds, should it ever hold less than it acknowledged. */
    rewind: (serial: string, number: number) => write.rewind.run(number, serial),
    setAttempts: (serial: string, { wrong, lastAt }: Attempts) =>
      write.attempts.run(wrong, lastAt, serial),
    setPin: (serial: string, pin: string) => write.pin.run(pin, serial),
  }
}
