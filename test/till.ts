import assert from 'node:assert/strict'
import type { SentRequest } from '#core/api/client.ts'
import type { CardRead } from '#core/card/request.ts'
import { demoPeople } from '#core/demo/shop.ts'
import { asText } from '#core/document/paper-text.ts'
import type { Measure } from '#core/operator/measure.ts'
import type { StaffWord } from '#core/operator/staff-word.ts'
import { printedMoment } from '#core/time.ts'
import { openAcquirer } from '#services/acquirer/app.ts'
import { sowAcquirer } from '#services/acquirer/seed.ts'
import { provenBank } from '#services/office/feed.ts'
import { openOperator } from '#services/operator/app.ts'
import { sowOperator } from '#services/operator/seed.ts'
import type { Register } from '#services/register/register.ts'
import type { RegisterPorts } from '#services/register/wiring.ts'
import { silentLog } from '#services/runtime/log.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { openSkoStore } from '#services/sko/store.ts'
import {
  believesOperator,
  CREDENTIAL,
  enrolledWith,
  newKey,
  operatorKey,
  TERMINAL,
  TERMINAL_KEY,
} from '#shop/enrolment.ts'
import { pageOf } from '#shop/page.ts'
import { openMailbox, openPrinter, openReader } from '#shop/peripherals.ts'
import { openShop, type WireName } from '#shop/shop.ts'
import { type Delivered, openWire, type PlainWire, type WirePlan } from '#shop/wire.ts'
import { aBankCard, feedOf, secrets, sendTo } from './bank.ts'
import { aClock, anIssuer } from './fixtures.ts'
import { provenEnd } from './proven.ts'
import { emptied, newPostgres } from './server-postgres.ts'

// A shop for tests of the register: operator and bank are the real ones on PostgreSQL, time stands
// still, and nothing goes by itself.

export const issuer = anIssuer()
const operatorDb = await newPostgres('operator')
const bankDb = await newPostgres('acquirer')

/** What the wires and the device do to what is sent over them. */
type Faults = {
  /** The device is gone from its service. */
  unplugged: boolean
  /** The СКО's process does not answer at all. */
  skoDead: boolean
  /** The service is reached, and says nothing that decides. */
  skoSilent: boolean
  /** A device without our additions. */
  skoForeign: boolean
  operatorDown: boolean
  internetDown: boolean
  bankDown: boolean
  /** How many of the next fiscal commands lose their answer, or themselves. */
  answersLost: number
  requestsLost: number
  /** The same on the bank's line, for what moves money. */
  bankAnswersLost: number
  bankRequestsLost: number
}

export type Till = Awaited<ReturnType<typeof openTill>>

type Disks = Parameters<typeof openShop>[0]['disks']
type Office = RegisterPorts['office']

/**
 * `disks`: databases that were there before, a register's and its device's, with its key. `office`:
 * where the till asks for billing; null: nowhere.
 */
export async function openTill(disks: Disks = null, key = newKey(), office: Office = null) {
  const clock = aClock()
  const reader = openReader()
  const printer = openPrinter()
  const mailbox = openMailbox()
  const far: FarEnds = {
    skoForeign: false,
    operatorDown: false,
    heardByBank: null,
    overheard: null,
    impostor: null,
  }
  let goesByItself = false
  const bank = await openBank(clock)
  const shop = openShop({
    time: {
      now: clock.now,
      elapsed: clock.elapsed,
      rest: async () => {},
      chance: () => 0,
      repeat: () => (goesByItself ? () => ({ wake: () => {}, stop: async () => {} }) : null),
    },
    wire: (plan) => openWire({ ...plan, deliver: farEndOf(plan, far) }),
    operator: {
      disk: operatorDb,
      start: (_, db) =>
        openOperator({ db, clock, log: silentLog, key: operatorKey, verify: believesOperator }),
    },
    bank: { disk: bankDb, start: () => bank.teller },
    office: () => office,
    issuer,
    disks,
    key,
    reader: () => reader.read,
    print: printer.print,
    post: mailbox.post,
  })
  const { register, wires } = shop
  await shop.operator.start()
  await enrolAtOperator(key)
  await shop.start()
  reader.card = bank.card.read
  const app = () => {
    assert.ok(register.app, 'the register is up')
    return register.app
  }
  await app().watch()
  return {
    clock,
    faults: wires.device.faults,
    ...storesOf(shop),
    bank: {
      ...bank,
      /** Which card lies on the reader from now on; null: none. */
      put: (read: CardRead | null) => {
        reader.card = read
      },
      /** Tells of every frame that comes to the bank. */
      overhear: (hear: (frame: Uint8Array) => void) => {
        far.overheard = hear
      },
      /** From now on it takes what is sent and says nothing; returns when the first of it came. */
      hang: () =>
        new Promise<void>((resolve) => {
          far.heardByBank = resolve
        }),
    },
    /** The server of this moment, for what is no plain question. */
    app: () => app().app,
    ...asked(wires.page),
    /** SIGKILL and a new start, with all that recovery does. */
    restart: () => register.start(),
    /** SIGKILL and a start as of the process, up to where it listens. */
    startToListen: async () => {
      goesByItself = true
      await register.start()
      goesByItself = false
    },
    /** One turn of the register's own looking around. */
    watch: () => app().watch(),
    ...turnsOf(() => app().register),
    printer,
    mailbox,
    papers: () => printer.papers.map(({ rows }) => asText(rows, 32).join('\n')),
    set: settingOf(shop, far),
    /** From now on this one answers on a wire, in the place of who stands there; null: nobody. */
    impersonate: (impostor: FarEnds['impostor']) => {
      far.impostor = impostor
    },
    key,
    /** The documents that are on their way reach the operator, if they can. */
    deliver: async () => {
      const [courier] = shop.sko.app?.couriers ?? []
      while ((await courier?.step()) === 0);
    },
  }
}

/** One turn of each loop of the register that goes by itself elsewhere. */
const turnsOf = (register: () => Register) => ({
  print: async () => {
    const { store, printing } = register()
    while (store.papers.waiting() > 0) await printing.step()
  },
  /** One turn of the queue of papers, and of the letters to customers. */
  printOne: () => register().printing.step(),
  mail: () => register().mailing.step(),
  sortTiles: () => register().bestSellers.step(),
  upload: () => register().upload.step(),
  billing: () => register().billing.step(),
  /** Of the loop that tells the office what became of operations with a card. */
  report: () => register().reporting.step(),
  reverse: () => register().reversing.flush(),
  /** Of the loop that repeats reversals. */
  reverseDue: () => register().reversing.step(),
  closeDay: () => register().businessDay.step(),
  /** Asks what the operator has laid on the register; ends the window of a warning. */
  askMeasures: () => register().measures.step(),
  warnedDue: () => register().warned.step(),
})

/** The operator's store as its people would look at it and put an older day of it back. */
const operatorsStore = {
  stored: async (): Promise<number[]> =>
    (await operatorDb.query<{ number: number }>('select number from document order by 1')).map(
      ({ number }) => number,
    ),
  /** Documents with a true seal that it keeps as evidence. */
  quarantine: () => operatorDb.query('select number, code from quarantine order by number'),
  forgotten: () => operatorDb.query('select number, held from forgotten'),
  operatorBackup: async () => (await operatorDb.query('select number, hash from device'))[0],
  /** What the operator's people have laid on the register from now on. */
  lay: async (measures: readonly Measure[]): Promise<void> => {
    await operatorDb.query('delete from measure')
    for (const { kind, reason, from, till } of measures) {
      await operatorDb.query(
        `insert into measure(register, kind, reason, starts_at, ends_at, set_by, set_at)
         values ($1, $2, $3, $4, $5, 'staff@demo.by', $4)`,
        [issuer.registerNumber, kind, reason, from, till],
      )
    }
  },
  /** What the operator's people say of an operation. */
  say: async (
    { verdict, document, evidence, by }: Omit<StaffWord, 'device' | 'registerNumber' | 'operation'>,
    operation: string,
  ): Promise<void> => {
    await operatorDb.query(
      `insert into staff_word(device, operation, verdict, evidence, document, reason, said_by,
                              said_at)
       values ($1, $2, $3, $4, $5, 'Журнал', $6, 0)`,
      [issuer.device, operation, verdict, evidence, document && JSON.stringify(document), by],
    )
  },
  putOperatorBack: async (backup: unknown): Promise<void> => {
    const { number, hash } = backup as { number: number; hash: string }
    await operatorDb.query('delete from document where number > $1', [number])
    await operatorDb.query('update device set number = $1, hash = $2', [number, hash])
  },
}

type TillShop = {
  wires: Record<WireName, PlainWire>
  device: { plugged: boolean }
  sko: { disk: Parameters<typeof openSkoStore>[0] }
}

/** What stands at the far end of a wire instead of the real thing. */
type FarEnds = {
  skoForeign: boolean
  operatorDown: boolean
  heardByBank: (() => void) | null
  overheard: ((frame: Uint8Array) => void) | null
  impostor: { at: WireName; answer: Impostor } | null
}

/** Answers a request, and may ask the real one; null: nobody listens. */
export type Impostor = (
  request: SentRequest,
  real: (request: SentRequest) => Promise<Delivered>,
) => Delivered | Promise<Delivered>

const additions = /"action":"(outcome|abandon|get_last_document)"/

/** A device that proves itself, and knows no such action. */
const lacking = (action: string) =>
  provenEnd(CREDENTIAL, () => {
    const data = { name: 'TSRV_ACTION_NOT_FOUND', description: action }
    return { status: 200, body: JSON.stringify({ type: 'error', address: '', data }) }
  })

const farEndOf =
  ({ name, deliver }: WirePlan<WireName>, far: FarEnds): typeof deliver =>
  async (request, headers) => {
    const action = name === 'device' && far.skoForeign && additions.exec(request.body ?? '')?.[1]
    if (action) {
      const got = await lacking(action)(request)
      return 'status' in got ? got : null
    }
    if (far.impostor?.at === name) {
      return far.impostor.answer(request, (one) => deliver(one, headers))
    }
    if (far.operatorDown && (name === 'upload' || name === 'inquiry')) return null
    if (name === 'bank') far.overheard?.(Buffer.from(request.body ?? '', 'hex'))
    if (name === 'bank' && far.heardByBank) {
      far.heardByBank()
      return new Promise(() => {})
    }
    return deliver(request, headers)
  }

/** Brings faults about, and takes them away again. */
function settingOf({ wires, device }: TillShop, far: FarEnds) {
  const { device: sko, upload, inquiry, bank } = wires
  const down = { skoDead: false, skoSilent: false, internetDown: false, bankDown: false }
  return (change: Partial<Faults>): void => {
    const { unplugged, skoForeign, operatorDown } = change
    if (unplugged !== undefined) device.plugged = !unplugged
    if (skoForeign !== undefined) far.skoForeign = skoForeign
    if (operatorDown !== undefined) far.operatorDown = operatorDown
    sko.faults.answersLost = change.answersLost ?? sko.faults.answersLost
    sko.faults.requestsLost = change.requestsLost ?? sko.faults.requestsLost
    bank.faults.answersLost = change.bankAnswersLost ?? bank.faults.answersLost
    bank.faults.requestsLost = change.bankRequestsLost ?? bank.faults.requestsLost
    down.skoDead = change.skoDead ?? down.skoDead
    down.skoSilent = change.skoSilent ?? down.skoSilent
    down.internetDown = change.internetDown ?? down.internetDown
    down.bankDown = change.bankDown ?? down.bankDown
    sko.faults.cut = down.skoDead ? 'refused' : down.skoSilent ? 'silent' : 'whole'
    upload.faults.cut = down.internetDown ? 'refused' : 'whole'
    inquiry.faults.cut = upload.faults.cut
    bank.faults.cut = down.internetDown || down.bankDown ? 'refused' : 'whole'
  }
}

type Asking = { body?: object; as?: string; language?: string }

/** What a page asks of the register, as the cashier unless somebody else is named. */
function asked(page: PlainWire) {
  const ask = async (
    method: string,
    path: string,
    { body, as = demoPeople.cashier, language }: Asking = {},
  ) => {
    const headers = language === undefined ? {} : { 'accept-language': language }
    const answer = await pageOf(page, as, headers)(method, path, body)
    assert.ok(answer, `no answer: ${path}`)
    return answer
  }
  return {
    ask,
    begin: (kind: string, more: object = {}) =>
      ask('POST', '/api/operations', { body: { id: nextId(), kind, ...more } }),
    view: async (id: string) => (await ask('GET', `/api/operations/${id}`)).body,
    facts: async () => (await ask('GET', '/api/facts')).body,
    status: async () => (await ask('GET', '/api/status')).body,
    list: async () => (await ask('GET', '/api/operations')).body.operations,
    clearing: (on: boolean) =>
      ask('PUT', '/api/settings', { body: { clearing: on }, as: demoPeople.administrator }),
  }
}

let made = 0
export const nextId = (): string => {
  made += 1
  return `0197a2b4-0000-7000-8000-${String(made).padStart(12, '0')}`
}

/** The processes, for a store of theirs to be put back, and what is in their stores. */
const storesOf = <S extends TillShop & { register: { disk: Sqlite }; processes: object }>(
  shop: S,
) => {
  const processes: S['processes'] = shop.processes
  const own = { disk: shop.register.disk, device: deviceOf(shop), processes }
  return Object.assign(own, operatorsStore)
}

/** What the device's own memory holds. */
function deviceOf({ sko }: TillShop) {
  const store = openSkoStore(sko.disk)
  const number = () => store.device(issuer.device)?.device.number ?? 0
  return {
    store,
    number,
    cash: () => store.device(issuer.device)?.device.cash,
    document: (which: number) => store.byNumber(issuer.device, which),
    last: () => store.byNumber(issuer.device, number()),
  }
}

async function enrolAtOperator(key: ReturnType<typeof newKey>): Promise<void> {
  const { company, unp, place, address, registerNumber } = issuer
  await emptied(operatorDb)
  await sowOperator(operatorDb, {
    clients: [{ unp, company }],
    accounts: [],
    registers: [{ registerNumber, unp, place, address }],
    devices: [enrolledWith(key, issuer)],
  })
}

/** The bank of the till's terminal, and a card of a customer's. */
async function openBank(clock: ReturnType<typeof aClock>) {
  const bank = await openAcquirer({ db: bankDb, clock, log: silentLog, secrets })
  const ground = { db: bankDb, clock, bank }
  const { terminal, merchant } = TERMINAL
  const row = {
    terminal,
    merchant,
    serial: 'PE4821BV41026',
    bank: 'ЗАО "МТБАНК"',
    unp: issuer.unp,
    keys: [TERMINAL_KEY],
  }
  await emptied(bankDb)
  await sowAcquirer(bankDb, { terminals: [row], cards: [] }, secrets)
  const card = await aBankCard(ground)
  return {
    card,
    teller: { answer: async (frame: Uint8Array) => (await bank.answer(frame))?.bytes ?? null },
    feed: feedOf(ground),
    /** The way by which an office reads what was booked. */
    feedWire: provenBank(sendTo(ground), () => secrets.feed),
    /** The next purchase is declined with this code, were it one that says something else. */
    decline: (code: string) => bankDb.query('insert into ordered_decline values ($1)', [code]),
    another: (change: Parameters<typeof aBankCard>[1]) => aBankCard(ground, change),
    copy: () => copyOfBank(terminal),
    charged: async () => 100_000 - ((await card.balance())[0] ?? 0),
  }
}

/** The bank's store as it stands; what comes back puts it there again. */
async function copyOfBank(terminal: string): Promise<() => Promise<void>> {
  const { query } = bankDb
  const [held] = await query<{ day: number; position: number }>(
    'select day, position from terminal where terminal = $1',
    [terminal],
  )
  assert.ok(held)
  const cards = await query<{ card: string; balance: number }>('select card, balance from card')
  return async () => {
    await query('delete from unfed where terminal = $1', [terminal])
    await query('delete from entry where terminal = $1 and position > $2', [
      terminal,
      held.position,
    ])
    await query('delete from business_day where terminal = $1 and day >= $2', [terminal, held.day])
    await query('update terminal set day = $2, position = $3 where terminal = $1', [
      terminal,
      held.day,
      held.position,
    ])
    for (const { card, balance } of cards) {
      await query('update card set balance = $2 where card = $1', [card, balance])
    }
  }
}

/** A sum of kopecks of goods, for cash. */
export const goods = (sum: number, name = 'Хлеб') => ({
  lines: [{ name, price: sum, quantity: 1000, vat: 10 }],
  payments: [{ means: 'cash', sum }],
})

/** What a person types into the form of a red receipt (S3.4). */
export const typed = ({ number, at, uid }: { number: number; at: number; uid: string }) => ({
  number: String(number),
  at: printedMoment(at),
  uid,
})
