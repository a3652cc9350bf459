import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OperationRequest } from '#core/api/operation-request.ts'
import { CONSUMER_GOODS, demoPeople } from '#core/demo/shop.ts'
import { seal } from '#core/document/document.ts'
import type { Line } from '#core/document/totals.ts'
import type { OperationId } from '#core/id.ts'
import { kopecks, thousandths, ZERO } from '#core/money.ts'
import { newLedger } from '#core/register/ledger.ts'
import { type Event, heard, type Operation } from '#core/register/operation.ts'
import { plan } from '#core/register/plan.ts'
import { accept, type Circumstances, type Device } from '#core/sko/device.ts'
import { MINUTE } from '#core/time.ts'
import { commandBytes } from '#services/register/links/sko.ts'
import { openJournal } from '#services/register/memory/journal.ts'
import { openPapers } from '#services/register/memory/papers.ts'
import { type JournalLine, openProjection } from '#services/register/memory/projection.ts'
import { openRegisterDb } from '#services/register/memory/store.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { type Sqlite, tx } from '#services/runtime/sqlite.ts'
import { enrol } from '#services/sko/main.ts'
import { openSkoDb, openSkoStore } from '#services/sko/store.ts'

const PER_SHIFT = 1000
const PER_TRANSACTION = 20_000
/** One after the other; of the first goods of a sale each has her own. */
const CASHIERS = [demoPeople.cashier, demoPeople.administrator]
const STAPLE = 1000

type Enrolment = { byHand: { devices: string }; tillDevice: string }

/**
 * A till's database after `count` operations, without selling them: the same decisions, the same
 * lines and rows as of a till, with neither processes nor commits between, and a device that has
 * made the documents. Refunds and annulments are old, corrections there are none: the worst for a
 * search.
 */
export async function growTill(
  data: string,
  { byHand: { devices }, tillDevice }: Enrolment,
  count: number,
): Promise<void> {
  const skoDb = openSkoDb(join(data, 'sko', 'sko.sqlite'))
  const sko = openSkoStore(skoDb)
  await enrol(sko, JSON.parse(readFileSync(devices, 'utf8')))
  const enrolled = sko.device(tillDevice)
  if (!enrolled) throw new Error('the till’s device is enrolled')
  const db = openRegisterDb(join(data, 'register', 'register.sqlite'))
  // A database that is made at one go needs the disk only once it is whole.
  db.exec('pragma synchronous = off; pragma cache_size = -400000')
  const till = openTill(db, enrolled.device, tillDevice)
  let made = 0
  while (made < count) {
    tx(db, () => {
      const end = Math.min(count, made + PER_TRANSACTION)
      for (; made < end; made += 1) till.operate(wishAt(made, count, till))
    })
  }
  db.exec('pragma synchronous = full; pragma wal_checkpoint(truncate)')
  db.close()
  const update = skoDb.prepare('update device set state = ?, acknowledged = ? where serial = ?')
  update.run(JSON.stringify(till.device()), till.device().number, tillDevice)
  sko.close()
}

type Till = ReturnType<typeof openTill>
type Wish = Omit<OperationRequest, 'id'> & { sold?: Line[]; by?: string }

/** Shift after shift; the last one is closed. */
function wishAt(i: number, count: number, till: Till): Wish {
  const place = i % PER_SHIFT
  const end = Math.min(PER_SHIFT, count - (i - place))
  if (place === 0) return { kind: 'shift-opening' }
  if (place === end - 1) return { kind: 'shift-closing' }
  if (place === end - 2) return { kind: 'withdrawal', sum: till.device().cash }
  const last = till.lastSale()
  if (i < PER_SHIFT && place % 100 === 50 && last) return { kind: 'refund', of: last.id }
  if (i < PER_SHIFT && place % 100 === 70 && last) return { kind: 'annulment', of: last.id }
  return aSale(i)
}

function aSale(i: number): Wish {
  const sold = [i, i * 7, i * 13].map(
    (n, line): Line => ({
      name: `${CONSUMER_GOODS} ${line === 0 ? STAPLE + (i % CASHIERS.length) : n % 500}`,
      code: n % 3 === 0 ? String(4_810_000_000_000 + (n % 500)) : null,
      price: kopecks(50 + ((n * 37) % 2000)),
      quantity: thousandths(1000),
      discount: ZERO,
      markup: ZERO,
      vat: n % 2 === 0 ? 10 : 20,
    }),
  )
  const by = CASHIERS[i % CASHIERS.length] ?? demoPeople.cashier
  return { kind: 'sale', sold, by, payments: [{ means: 'cash', sum: kopecks(10_000) }] }
}

/** Operations as the register writes them, documents as the device makes them. */
function openTill(db: Sqlite, enrolled: Device, token: string) {
  const journal = openJournal(db)
  const follow = openProjection(db)
  const papers = openPapers(db)
  let device = enrolled
  let ledger = newLedger()
  let at = Date.now() - 700 * 24 * 60 * MINUTE
  let sale: Operation | null = null
  let last: Circumstances['last'] = null
  const write = (line: JournalLine) => {
    journal.append(at, line.entry)()
    ledger = follow(at, line, ledger)
  }
  const print = (id: string) => {
    const job = papers.queue({ is: 'operation', id }, id)
    papers.begin(job, 'ru')
    papers.done(job, at)
    write({ entry: { type: 'printed', id, at } })
  }
  return {
    device: () => device,
    lastSale: () => sale,
    operate: (wish: Wish): void => {
      at += MINUTE
      const operation = begun(wish, { device, sale, at, token })
      write({ entry: { type: 'begun', operation } })
      const { event, next, ...made } = documented(operation, { device, last, now: at })
      device = next
      last = made.last
      const after = heard(operation, event)
      if (!after) throw new Error('a document registers its operation')
      const { id, kind } = operation
      write({ entry: { type: 'heard', id, event }, step: { before: operation, after } })
      print(id)
      sale = kind === 'sale' ? after : null
    },
  }
}

type Around = { device: Device; sale: Operation | null; at: number; token: string }

function begun(
  { sold = [], by = demoPeople.cashier, ...wish }: Wish,
  { device, sale, at, token }: Around,
): Operation {
  const id = idAt(at)
  const shift = device.shift?.shift ?? null
  const basis = { operation: sale, undone: [], last: device.number, shift }
  const planned = plan(
    { id, ...wish },
    { cashier: by, lines: sold, names: [], pieces: new Set(), basis },
  )
  if ('kind' in planned) throw new Error(JSON.stringify(planned))
  const { command, sum, payments, returns, card } = planned
  const expected = device.number + 1
  return {
    id,
    kind: wish.kind,
    cashier: by,
    begunAt: at,
    command,
    bytes: commandBytes(command, { token, id, expected }),
    expected,
    guessed: false,
    sum,
    payments,
    of: wish.of ?? null,
    returns,
    request: sha256(id),
    grant: null,
    card,
    authorisation: 'none',
    reached: 'no',
    state: { is: 'intended', stage: 'fiscal' },
    signed: null,
    claim: null,
    notice: null,
  }
}

type Signing = { device: Device; last: Circumstances['last']; now: number }

/** The device's answer; its signature is chance of the right length, which packs as little. */
function documented(operation: Operation, { device, last, now }: Signing) {
  const { id, command, expected, kind } = operation
  const accepted = accept(device, command, {
    now,
    operation: id,
    expected,
    last,
    oldestUnsentAt: null,
  })
  if ('fault' in accepted) throw new Error(`${kind}: ${accepted.fault}`)
  const { document } = accepted
  const sealed = seal(document, {
    hash: sha256,
    sign: () => randomBytes(64).toString('base64'),
  })
  const event: Event = { type: 'device', outcome: 'done', signed: { sealed, document } }
  return { event, next: accepted.device(sealed.hash), last: { document, uid: sealed.uid } }
}

/** UUIDv7 of a moment. */
function idAt(at: number): OperationId {
  const time = at.toString(16).padStart(12, '0')
  const chance = randomBytes(10).toString('hex')
  const [a, b, c] = [chance.slice(0, 3), chance.slice(3, 6), chance.slice(6, 18)]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a}-8${b}-${c}` as OperationId
}
