import { join } from 'node:path'
import type { Facts } from '#core/api/facts.ts'
import type { FiscalDocument, Sealed } from '#core/document/document.ts'
import type { Uid } from '#core/document/uid.ts'
import type { Attempts } from '#core/lockout.ts'
import type { SignedHead } from '#core/operator/statement.ts'
import type { Device, DeviceRefusal } from '#core/sko/device.ts'
import type { DeviceFault } from '#core/sko/faults.ts'
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
  /** The operator's signature behind it; null: there is none, or an older version kept none. */
  proof: SignedHead | null
  /** The operator's signed word about documents that this device never made. */
  diverged: SignedHead | null
  pin: string
  credential: string | null
  /** When the operator confirmed the till; null: the credential came by a list. */
  pairedAt: number | null
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
    number,
    operation,
    command,
    hash,
    body,
    signature,
    uid: uid as Uid,
    document: JSON.parse(body) as FiscalDocument,
  }
}

export const openSkoDb = (path: string): Sqlite =>
  openSqlite(path, join(import.meta.dirname, 'schema'))

/** The device service's whole memory. */
export function openSkoStore(db: Sqlite) {
  return {
    tx: <T>(work: () => T extends PromiseLike<unknown> ? never : T): T => tx(db, work),
    close: () => db.close(),
    ...devices(db),
    ...documents(db),
    ...tombstones(db),
    ...proofs(db),
  }
}

/** A device's row: a command looks at it five times, and it is read once after each write. */
function openRow(db: Sqlite): (serial: string) => DeviceRow | null {
  const select = db.prepare('select * from device where serial = ?')
  const changes = db.prepare('select total_changes() n')
  const kept = new Map<string, DeviceRow>()
  let seen: unknown
  return (serial) => {
    const { n } = changes.get() ?? {}
    if (n !== seen) kept.clear()
    seen = n
    const known = kept.get(serial)
    if (known) return known
    const found = select.get(serial)
    if (!found) return null
    const row = readDevice(found)
    // What a transaction has written may be undone yet.
    if (!db.isTransaction) kept.set(serial, row)
    return row
  }
}

function devices(db: Sqlite) {
  const serials = db.prepare('select serial from device order by credential is null, serial')
  const insert = db.prepare(
    'insert into device(serial, state, pin, credential) values (?, ?, ?, ?)',
  )
  const credential = db.prepare('update device set credential = ? where serial = ?')
  const pair = db.prepare('update device set credential = ?, paired_at = ? where serial = ?')
  const attempts = db.prepare('update device set wrong = ?, wrong_at = ? where serial = ?')
  const pin = db.prepare('update device set pin = ? where serial = ?')
  return {
    /** The till's device first, then those free for integrators. */
    serials: () => serials.all().map((row) => String(row.serial)),
    device: openRow(db),
    enrol: (device: Enrolment) =>
      insert.run(device.serial, JSON.stringify(device.device), device.pin, device.credential),
    setCredential: (serial: string, to: string | null) => credential.run(to, serial),
    pair: (serial: string, to: string, at: number) => pair.run(to, at, serial),
    setAttempts: (serial: string, { wrong, lastAt }: Attempts) =>
      attempts.run(wrong, lastAt, serial),
    setPin: (serial: string, to: string) => pin.run(to, serial),
  }
}

function readDevice(row: Record<string, unknown>): DeviceRow {
  let device: Device | undefined
  return {
    serial: String(row.serial),
    // Most who read the row ask only who may use the device.
    get device() {
      device ??= JSON.parse(String(row.state)) as Device
      return device
    },
    acknowledged: Number(row.acknowledged),
    get proof() {
      return readProof(row.proof)
    },
    get diverged() {
      return readProof(row.diverged)
    },
    pin: String(row.pin),
    credential: row.credential === null ? null : String(row.credential),
    pairedAt: row.paired_at === null ? null : Number(row.paired_at),
    attempts: { wrong: Number(row.wrong), lastAt: Number(row.wrong_at) },
  }
}

/** An older version believed an acknowledgement of more than was made: that is no debt. */
export const unsentDocuments = ({ device, acknowledged }: DeviceRow): number =>
  Math.max(0, device.number - acknowledged)

const readProof = (text: unknown): SignedHead | null =>
  text === null ? null : (JSON.parse(String(text)) as SignedHead)

/** What the operator signed about a device's documents: whoever calls has checked it. */
function proofs(db: Sqlite) {
  const keep = db.prepare('update device set acknowledged = ?, proof = ? where serial = ?')
  const diverge = db.prepare('update device set diverged = ? where serial = ?')
  const evidence = db.prepare(
    `insert into evidence(device, at, what, number, acknowledged, proof)
     values (?, ?, ?, ?, ?, ?)`,
  )
  const seen = db.prepare('select * from evidence where device = ? order by rowid')
  const write = (row: DeviceRow, at: number, { what, proof }: Omit<PutBackSign, 'at'>) =>
    evidence.run(
      row.serial,
      at,
      what,
      row.device.number,
      proof.statement.number,
      JSON.stringify(proof),
    )
  return {
    /** The documents up to this one are stored, and here is who says so. */
    acknowledge: ({ serial }: DeviceRow, proof: SignedHead): void => {
      keep.run(proof.statement.number, JSON.stringify(proof), serial)
    },
    /** The operator holds other documents than the device made: from now on nothing is signed. */
    diverge: (row: DeviceRow, at: number, proof: SignedHead): void =>
      tx(db, () => {
        diverge.run(JSON.stringify(proof), row.serial)
        write(row, at, { what: 'diverged', proof })
      }),
    /** The operator holds what the device made after all: one of the two was put right. */
    reunite: (serial: string): void => {
      diverge.run(null, serial)
    },
    /** The operator holds less than it acknowledged. */
    noteForgotten: (row: DeviceRow, at: number, proof: SignedHead): void => {
      write(row, at, { what: 'forgotten', proof })
    },
    evidence: (serial: string): PutBackSign[] =>
      seen.all(serial).flatMap((row) => {
        const proof = readProof(row.proof)
        return proof ? [{ at: Number(row.at), what: row.what as PutBackSign['what'], proof }] : []
      }),
  }
}

export type PutBackSign = { at: number; what: 'diverged' | 'forgotten'; proof: SignedHead }

function documents(db: Sqlite) {
  const columns = 'number, operation, command, at, uid, hash, body, signature'
  const select = (rest: string) =>
    db.prepare(`select ${columns} from document where device = ? ${rest}`)
  const byNumber = select('and number = ?')
  const byOperation = select('and operation = ?')
  const after = select('and number > ? order by number limit ?')
  const closing = select(`and shift = ? and kind = 'shift-closing'`)
  const at = db.prepare('select at from document where device = ? and number = ?')
  const hash = db.prepare('select hash from document where device = ? and number = ?')
  const range = db.prepare(
    'select min(number) first, max(number) last from document where device = ? and shift = ?',
  )
  const sale = (order: 'asc' | 'desc') =>
    db.prepare(
      `select number from document where device = ? and shift = ? and kind = 'sale'
       order by number ${order} limit 1`,
    )
  const [firstSale, lastSale] = [sale('asc'), sale('desc')]
  const insert = db.prepare(
    `insert into document(device, kind, shift, ${columns})
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const state = db.prepare('update device set state = ? where serial = ?')
  return {
    byNumber: (serial: string, number: number) => read(byNumber.get(serial, number)),
    byOperation: (serial: string, operation: string) => read(byOperation.get(serial, operation)),
    closingOf: (serial: string, shift: number) => read(closing.get(serial, shift)),
    after: (serial: string, number: number, limit: number) =>
      after.all(serial, number, limit).flatMap((row) => read(row) ?? []),
    madeAt: (serial: string, number: number): number | null => {
      const row = at.get(serial, number)
      return row ? Number(row.at) : null
    },
    hashAt: (serial: string, number: number): string | null => {
      const row = hash.get(serial, number)
      return row ? String(row.hash) : null
    },
    range: (serial: string, shift: number) => {
      const row = range.get(serial, shift)
      return row?.first == null ? null : { first: Number(row.first), last: Number(row.last) }
    },
    /** Numbers of a shift's first and last sale; call it only where there was one. */
    sales: (serial: string, shift: number) => ({
      first: Number(firstSale.get(serial, shift)?.number),
      last: Number(lastSale.get(serial, shift)?.number),
    }),
    /** The document and the device's new state; call it inside `tx`. */
    add: (serial: string, device: Device, stored: StoredDocument) => {
      const { number, operation, command, uid, hash, body, signature, document } = stored
      const { kind, shift } = document
      insert.run(
        serial,
        kind,
        shift,
        number,
        operation,
        command,
        document.at,
        uid,
        hash,
        body,
        signature,
      )
      state.run(JSON.stringify(device), serial)
    },
  }
}

function tombstones(db: Sqlite) {
  const one = db.prepare(
    'select fault, why, facts from tombstone where device = ? and operation = ?',
  )
  const insert = db.prepare(
    `insert or ignore into tombstone(device, operation, at, fault, facts) values (?, ?, ?, ?, ?)`,
  )
  return {
    /** Why the operation will never be done; null while it may be. */
    tombstone: (serial: string, operation: string): DeviceRefusal | null => {
      const row = one.get(serial, operation)
      if (!row) return null
      const fault = row.fault as DeviceFault
      // `why` is of an older version, which kept words.
      if (row.facts !== null) return { fault, facts: JSON.parse(String(row.facts)) as Facts }
      return row.why === null ? { fault } : { fault, facts: { said: String(row.why) } }
    },
    bury: (serial: string, operation: string, { at, refusal }: Burial) =>
      insert.run(serial, operation, at, refusal.fault, factsOf(refusal)),
  }
}

const factsOf = ({ facts }: DeviceRefusal): string | null =>
  facts === undefined ? null : JSON.stringify(facts)

type Burial = { at: number; refusal: DeviceRefusal }
