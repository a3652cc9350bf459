import { randomUUID } from 'node:crypto'
import type { Send } from '#core/api/client.ts'
import type { OperationView, Status } from '#core/api/register.ts'
import type { PrinterSetup, ScaleSetup } from '#core/api/register-equipment.ts'
import type { Terminal as TerminalIds } from '#core/card/request.ts'
import type { VerifyBy } from '#core/operator/statement.ts'
import type { Clock, Repeat } from '#services/runtime/clock.ts'
import { openEvents } from '#services/runtime/events.ts'
import type { TerminalKey } from '#services/runtime/line-seal.ts'
import type { Log } from '#services/runtime/log.ts'
import type { Post } from '#services/runtime/mail.ts'
import { newToken } from '#services/runtime/secret.ts'
import { type Cookies, openSignIn } from '#services/runtime/sign-in.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { VERSION } from '#services/runtime/version.ts'
import { openBestSellers } from './catalogue/best-sellers.ts'
import { openFirstAdministrator } from './catalogue/first-administrator.ts'
import { openGoods } from './catalogue/goods.ts'
import { openImporting } from './catalogue/importing.ts'
import { openPeople } from './catalogue/people.ts'
import { openPictures } from './catalogue/pictures.ts'
import { openRoleBook } from './catalogue/role-book.ts'
import { openRoster } from './catalogue/roster.ts'
import { openStock } from './catalogue/stock.ts'
import { registerStatus } from './desk/app.ts'
import { openNotes } from './desk/notes.ts'
import { type Exchange, openAcquirerLink } from './links/acquirer.ts'
import { type KeptDeviceKeys, type OwnDeviceKeys, openDeviceKeys } from './links/device-keys.ts'
import { ofEachDevice, withoutFormer } from './links/former.ts'
import type { Internet } from './links/internet.ts'
import { openOfficeLink } from './links/office.ts'
import { type OperatorLink, openOperatorLink } from './links/operator.ts'
import type { Reader } from './links/reader.ts'
import type { ReleaseLink } from './links/releases.ts'
import { type OwnDevice, openSeals } from './links/seal.ts'
import { openSkoLink } from './links/sko.ts'
import type { UpdaterLink } from './links/updater.ts'
import { openActs } from './memory/acts.ts'
import { openBillingMemory } from './memory/billing.ts'
import { openLetters } from './memory/letters.ts'
import { openParked } from './memory/parked.ts'
import { openSettings, type RegisterSettings } from './memory/settings.ts'
import { openRegisterStore, type RegisterStore } from './memory/store.ts'
import { openBackups } from './operating/backups.ts'
import { viewed } from './operating/begin.ts'
import { openBillingWatch } from './operating/billing.ts'
import { openBusinessDay } from './operating/business-day.ts'
import { type DeviceWatch, openDeviceWatch } from './operating/device.ts'
import { openEngine } from './operating/engine.ts'
import { type MailingPorts, openMailing } from './operating/mailing.ts'
import { openMeasureWatch } from './operating/measures.ts'
import { openPrinting, type Print } from './operating/printing.ts'
import { openReporting } from './operating/reporting.ts'
import { openReversing } from './operating/reversing.ts'
import { openSuccession, type Succeeding } from './operating/succession.ts'
import { openMarks, openTerminal } from './operating/terminal.ts'
import { openRecheck, openTrust, type Trust } from './operating/trust.ts'
import { openUpdateWatch } from './operating/updates.ts'
import { openUploadWatch } from './operating/upload.ts'
import { openWarnedOpening } from './operating/warned.ts'
import { openWeighing } from './operating/weighing.ts'
import type { Register } from './register.ts'

export type RegisterPorts = {
  db: Sqlite
  /** To the device, and to the operator. */
  send: Send
  askOperator: Send
  /** The operator's keys, as they were enrolled. */
  operatorKeys: VerifyBy
  /** Signs by the till's own key; base64. */
  ownSign: (text: string) => string
  /** Chance that no answer of before can carry; the runtime's own where it is not given. */
  nonce?: () => string
  /** Of the till at the office, and its line; null: this till has no billing. */
  office: { send: Send; serial: string; keys: VerifyBy } | null
  /** The public half of the till's own key, PEM. */
  ownKey: string
  /** Where releases come from; without it this till takes no updates. */
  releases?: ReleaseLink | null
  /** Who installs them, and what ends the register for it; without it a person does, by hand. */
  updater?: { link: UpdaterLink; leave: () => void } | null | undefined
  internet: Internet
  /** The card terminal and its line to the bank; null: cards are not taken. */
  cards: Cards | null
  /** The till's device as it was enrolled, and the secret that the two share. */
  device: OwnDevice
  keptDeviceKeys: KeptDeviceKeys
  credential: string
  /** How another device takes its place. */
  succeeding: Succeeding
  /** Ends the register and begins it anew over its memory, as a wished return has left it. */
  restart?: () => void
  print: Print
  /** How browsers are known; by a key of this life alone where it is not given. */
  cookies?: Omit<Cookies, 'name'>
  /** The printer where nobody has set another. */
  printer: PrinterSetup
  /** The scale where nobody has set another; null or left out: there is none. */
  scale?: ScaleSetup | null
  /** Where letters to customers go; without it none are sent. */
  post?: Post | null
  /** Spreads what is tried again; none where it is not given. */
  chance?: () => number
  clock: Clock
  rest: (ms: number) => Promise<void>
  /** What drives the loops; the runtime's own where it is not given. */
  repeat?: Repeat
  log: Log
}

type Cards = {
  reader: Reader
  exchange: Exchange
  inquire?: Exchange
  terminal: TerminalIds
  /** Of the terminal, see links/acquirer.ts. */
  key: () => TerminalKey | null
}

type RegisterEvent = { event: 'status'; data: Status } | { event: 'operation'; data: OperationView }

/** The parts, wired: every change of one is told to the pages, every new paper to the printer. */
export function openParts(ports: RegisterPorts): { register: Register; wakers: Wakers } {
  const { db, log, print, rest, clock, internet } = ports
  const { now, elapsed } = clock
  const store = openRegisterStore(db, now)
  const wakers: Wakers = { printer: idle, reversals: idle, imports: idle, letters: idle }
  const viewEvent = (id: string): RegisterEvent[] => {
    const view = viewed(register, id)
    return view.kind === 'done' ? [{ event: 'operation', data: view.value }] : []
  }
  const status = (): RegisterEvent => ({ event: 'status', data: registerStatus(register) })
  const changed = (id: string | null) => {
    // A printer at fault is tried again in its own time, not at every sale.
    if (printing.fault() === null) wakers.printer()
    if (events.idle()) return
    // What is said of an open operation depends on the standing facts as well.
    const ids = id === null ? store.open().map((operation) => operation.id) : [id]
    for (const event of ids.flatMap(viewEvent)) events.send(event)
    events.send(status())
  }
  const told = () => changed(null)
  const trust = openTrust(told)
  const own = ports.device
  const verify = ports.operatorKeys
  const since = store.replacementSince
  const deviceKeys = openDeviceKeys(own, { kept: ports.keptDeviceKeys, log })
  const sko = withoutFormer(openSko(ports, store, { trust, deviceKeys }), since)
  const device = openDeviceWatch({ store, sko, now, changed: told, verify })
  const operator = openOperator(ports, store, { trust, deviceKeys })
  const settings = openSettings(store, told)
  const printer = () => settings.printer() ?? ports.printer
  const { clearing, paperLanguage } = settings
  const card = openCards(ports, { store, changed, told, trust })
  const { terminal } = card
  const engine = openEngine({ store, sko, terminal, device, rest, clearing, changed })
  const reversing = openReversing({ store, terminal, engine, elapsed })
  const upload = openUploadWatch({ device, operator, internet, clock, changed: told })
  const measures = openMeasureWatch({ store, operator, device, clock, changed: told })
  const watched = { own, store, engine, device, operator, succeeding: ports.succeeding }
  const succession = openSuccession(Object.assign({ clock, changed: told, log }, watched))
  const { billing, updates, reporting } = openOffice(ports, {
    trust,
    changed: told,
    settings,
    store,
    device,
  })
  const neighbours = { operator: operator.answers, bank: card.echo, office: billing.ask }
  const recheck = openRecheck(trust, neighbours)
  const papers = { print, printer, language: paperLanguage, now }
  const printing = openPrinting(Object.assign({ store, changed }, papers))
  const events = openEvents<RegisterEvent>(() => [
    status(),
    ...store.open().flatMap(({ id }) => viewEvent(id)),
  ])
  const { key, isSecure } = ports.cookies ?? { key: newToken(), isSecure: false }
  const register: Register = {
    store,
    engine,
    device,
    sko,
    operator,
    answerGround: ({ id }) => {
      const { serial, registerNumber } = since(id)?.former ?? own
      const hashAt = (number: number) => store.hashAt(serial, number)
      return { device: serial, registerNumber, verify, hashAt, now: now() }
    },
    upload,
    measures,
    succession,
    warned: openWarnedOpening({ store, engine, measures, clock }),
    billing,
    reporting,
    updates,
    equipment: ports.office?.serial ?? null,
    recheck,
    trust,
    settings,
    ...openStaff(ports),
    signIn: openSignIn({ name: 'zpos', key, isSecure }),
    ...openShelf(ports, { store, giveWay: engine.giveWay, wake: () => wakers.imports() }),
    parked: openParked(db, now),
    backups: openCopies(ports, store, settings),
    printing,
    ...openPostOffice(ports, { store, language: paperLanguage, changed, wakers }),
    ...openCounter(ports, { settings, printer, wake: () => wakers.printer() }),
    ...card,
    reversing,
    reversed: () => wakers.reversals(),
    events,
    changed,
    now,
    version: VERSION,
    log,
  }
  return { register, wakers }
}

/** Copies of the memory, and when nothing is under way. */
function openCopies(
  { db, clock: { now }, restart = () => {}, log }: RegisterPorts,
  store: RegisterStore,
  settings: RegisterSettings,
) {
  return openBackups({
    db,
    acts: openActs(db, now),
    outer: settings.backupFolder,
    isIdle: () => store.open().length === 0,
    isShiftOpen: () => store.ledger().shift !== null,
    restart,
    now,
    log,
  })
}

type Believed = { trust: Trust; deviceKeys: OwnDeviceKeys }

/** The line to the device. */
const openSko = (ports: RegisterPorts, store: RegisterStore, { trust, deviceKeys }: Believed) =>
  openSkoLink({
    send: ports.send,
    token: ports.device.serial,
    credential: ports.credential,
    seals: openSeals(ports.device, deviceKeys.keyAt),
    keysHeard: deviceKeys.heard,
    holder: (number) => store.holderOf(ports.device.serial, number),
    checked: (passed) => trust.checked('sko', passed),
    clock: ports.clock,
    log: ports.log,
  })

/** Receipts to customers by mail. */
function openPostOffice(
  { db, post = null, chance = () => 0, clock: { now } }: RegisterPorts,
  { wakers, ...others }: Pick<MailingPorts, 'store' | 'language' | 'changed'> & { wakers: Wakers },
): Pick<Register, 'mailing' | 'mailed'> {
  const letters = openLetters(db)
  const mailing = openMailing(Object.assign({ letters, post, chance, now }, others))
  return { mailing, mailed: () => wakers.letters() }
}

/** The line to the operator, about this device and about those that were replaced. */
function openOperator(
  ports: RegisterPorts,
  store: RegisterStore,
  { trust, deviceKeys }: Believed,
): OperatorLink {
  const { keptDeviceKeys: kept, log } = ports
  // A former device tells nothing any more: what it announced is on the disk.
  const keysOf = (device: OwnDevice) =>
    device.serial === ports.device.serial ? deviceKeys : openDeviceKeys(device, { kept, log })
  const link = (device: OwnDevice, sealedAt: number | null): OperatorLink =>
    openOperatorLink({
      send: ports.askOperator,
      device,
      sealedAt,
      seals: openSeals(device, keysOf(device).keyAt),
      verify: ports.operatorKeys,
      ownSign: ports.ownSign,
      nonce: ports.nonce ?? randomUUID,
      hashAt: (number) => store.hashAt(device.serial, number),
      now: ports.clock.now,
      checked: (passed) => trust.checked('operator', passed),
      log: ports.log,
    })
  return ofEachDevice(link(ports.device, null), store.replacementSince, ({ former, proof }) =>
    link(former, proof.statement.number),
  )
}

/** The machines on the counter, as they are set up. */
const openCounter = (
  { scale = null }: RegisterPorts,
  {
    settings,
    printer,
    wake,
  }: { settings: RegisterSettings; printer: () => PrinterSetup; wake: () => void },
): Pick<Register, 'printer' | 'printerChanged' | 'weighing'> => ({
  printer,
  printerChanged: wake,
  weighing: openWeighing(() => settings.scale(scale)),
})

/** Who works here, as they sign in and as they are kept, and what they do. */
function openStaff({
  db,
  clock,
}: RegisterPorts): Pick<
  Register,
  'people' | 'roster' | 'firstAdministrator' | 'roles' | 'acts' | 'notes'
> {
  const acts = openActs(db, clock.now)
  return {
    people: openPeople(db, clock),
    roster: openRoster(db, clock),
    firstAdministrator: openFirstAdministrator(db, clock),
    roles: openRoleBook(db, clock),
    acts,
    notes: openNotes(acts, clock),
  }
}

/** The goods: as they are sold, as they are kept, and as files bring them. */
function openShelf(
  { db, clock: { now, elapsed } }: RegisterPorts,
  {
    store,
    giveWay,
    wake,
  }: { store: RegisterStore; giveWay: () => Promise<void>; wake: () => void },
): Pick<Register, 'goods' | 'stock' | 'pictures' | 'importing' | 'bestSellers'> {
  const stock = openStock(db, now)
  const importing = openImporting({ db, stock, now, elapsed, giveWay, wake })
  const bestSellers = openBestSellers({ db, store, now, giveWay })
  const pictures = openPictures(db)
  return { goods: openGoods(db, now), stock, pictures, importing, bestSellers }
}

/** Billing, newer programs and what the office is told; without an office nothing of it. */
function openOffice(
  ports: RegisterPorts,
  {
    trust,
    changed,
    settings,
    store,
    device,
  }: {
    trust: Trust
    changed: () => void
    settings: RegisterSettings
    store: RegisterStore
    device: DeviceWatch
  },
) {
  const { db, office, releases = null, updater = null, nonce, clock, log } = ports
  const { unp } = ports.device
  const link =
    office &&
    openOfficeLink({
      send: office.send,
      serial: office.serial,
      unp,
      version: VERSION,
      verify: office.keys,
      nonce: nonce ?? randomUUID,
      checked: (passed) => trust.checked('office', passed),
      ownKey: ports.ownKey,
      ownSign: ports.ownSign,
      now: clock.now,
      log,
    })
  const node = Number(process.versions.node.split('.')[0])
  const own = { version: VERSION, platform: `linux-${process.arch}`, node }
  const auto = settings.autoUpdate
  const { link: byWhom = null, leave = () => {} } = updater ?? {}
  const updates = openUpdateWatch(
    Object.assign({ link: releases, updater: byWhom, leave, auto, own }, { clock, changed }),
  )
  const memory = openBillingMemory(db)
  const isUpdateReady = updates.isReady
  const billing = openBillingWatch({ memory, office: link, clock, changed, isUpdateReady })
  // Of a till without cards there is nothing to tell.
  const terminal = ports.cards?.terminal.terminal ?? null
  const reporting = openReporting({ store, device, office: link, terminal })
  return { billing, updates, reporting }
}

/** Loops that are woken when there is something to do; idle ones before the start. */
type Wakers = {
  printer: () => void
  reversals: () => void
  imports: () => void
  letters: () => void
}
const idle = () => {}

type CardParts = Pick<Register, 'terminal' | 'hasTerminal' | 'businessDay' | 'echo'>

/** The terminal and its bank; without them every card is refused by the gate. */
function openCards(
  { cards, clock: { now } }: RegisterPorts,
  {
    store,
    changed,
    told,
    trust,
  }: { store: RegisterStore; changed: (id: string) => void; told: () => void; trust: Trust },
): CardParts {
  const { reader, exchange, inquire, terminal: ids, key } = cards ?? noCards
  const mark = openMarks(store, now)
  const checked = (passed: boolean) => trust.checked('bank', passed)
  const acquirer = openAcquirerLink({ exchange, inquire, terminal: ids, key, mark, checked })
  return {
    terminal: openTerminal({ store, acquirer, reader, mark, now, changed }),
    hasTerminal: cards !== null,
    echo: acquirer.echo,
    businessDay: openBusinessDay({ store, acquirer, now, changed: told }),
  }
}

const noCards: Cards = {
  key: () => null,
  reader: async () => ({ kind: 'no-reader' }),
  exchange: async () => ({ unsent: 'no bank' }),
  terminal: { terminal: '', merchant: '', acquirer: '', category: '' },
}
