import type { PrinterSetup } from '#core/api/register-equipment.ts'
import type { NetworkAnswer } from '#core/card/answer.ts'
import type { AnswerGround } from '#core/register/answer-check.ts'
import type { Operation } from '#core/register/operation.ts'
import type { EventStream } from '#services/runtime/events.ts'
import type { Log } from '#services/runtime/log.ts'
import type { SignInCookies } from '#services/runtime/sign-in.ts'
import type { BestSellers } from './catalogue/best-sellers.ts'
import type { FirstAdministrator } from './catalogue/first-administrator.ts'
import type { GoodsCatalogue } from './catalogue/goods.ts'
import type { Importing } from './catalogue/importing.ts'
import type { People } from './catalogue/people.ts'
import type { Pictures } from './catalogue/pictures.ts'
import type { RoleBook } from './catalogue/role-book.ts'
import type { Roster } from './catalogue/roster.ts'
import type { Stock } from './catalogue/stock.ts'
import type { Notes } from './desk/notes.ts'
import type { BankHeard } from './links/acquirer.ts'
import type { OperatorLink } from './links/operator.ts'
import type { SkoLink } from './links/sko.ts'
import type { Acts } from './memory/acts.ts'
import type { Parked } from './memory/parked.ts'
import type { RegisterSettings } from './memory/settings.ts'
import type { RegisterStore } from './memory/store.ts'
import type { Backups } from './operating/backups.ts'
import type { BillingWatch } from './operating/billing.ts'
import type { DayClosing } from './operating/business-day.ts'
import type { DeviceWatch } from './operating/device.ts'
import type { Engine } from './operating/engine.ts'
import type { Mailing } from './operating/mailing.ts'
import type { MeasureWatch } from './operating/measures.ts'
import type { Printing } from './operating/printing.ts'
import type { Reporting } from './operating/reporting.ts'
import type { Reversing } from './operating/reversing.ts'
import type { SuccessionWatch } from './operating/succession.ts'
import type { CardTerminal } from './operating/terminal.ts'
import type { Trust } from './operating/trust.ts'
import type { UpdateWatch } from './operating/updates.ts'
import type { UploadWatch } from './operating/upload.ts'
import type { WarnedOpening } from './operating/warned.ts'
import type { Weighing } from './operating/weighing.ts'

/** All that the register's handlers work with. */
export type Register = {
  store: RegisterStore
  engine: Engine
  device: DeviceWatch
  terminal: CardTerminal
  /** A terminal and the bank's line are set up. */
  hasTerminal: boolean
  /** Is the bank there, and is it the bank? Nothing is charged by it. */
  echo: () => Promise<BankHeard<NetworkAnswer>>
  reversing: Reversing
  businessDay: DayClosing
  sko: SkoLink
  operator: OperatorLink
  /** What an answer of the operator's that a person brings is held against (C2b). */
  answerGround: (operation: Operation) => AnswerGround
  upload: UploadWatch
  measures: MeasureWatch
  succession: SuccessionWatch
  warned: WarnedOpening
  billing: BillingWatch
  reporting: Reporting
  updates: UpdateWatch
  /** The till's serial number in its contract with the office; null: it has no billing. */
  equipment: string | null
  trust: Trust
  /** Asks whoever failed a check again; answers how long to rest. */
  recheck: () => Promise<number>
  settings: RegisterSettings
  people: People
  roster: Roster
  firstAdministrator: FirstAdministrator
  roles: RoleBook
  acts: Acts
  notes: Notes
  /** The cookies that people are known by. */
  signIn: SignInCookies
  goods: GoodsCatalogue
  stock: Stock
  pictures: Pictures
  bestSellers: BestSellers
  importing: Importing
  /** Receipts that were put aside before they were paid. */
  parked: Parked
  backups: Backups
  printing: Printing
  /** Receipts by mail, and what is done once there is one more. */
  mailing: Mailing
  mailed: () => void
  /** The printer as it is set up, and what is done once it is another. */
  printer: () => PrinterSetup
  printerChanged: () => void
  weighing: Weighing
  events: EventStream
  /** There may be something for the bank to undo. */
  reversed: () => void
  /** Something of an operation, or of the standing facts (null), changed. */
  changed: (id: string | null) => void
  now: () => number
  version: string
  log: Log
}
