import type { Context as Call, Hono } from 'hono'
import { type RegisterRight, type Right, registerRights } from '#core/access/rights.ts'
import { may } from '#core/access/roles.ts'
import { done, type Handlers, type Refused, refused } from '#core/api/contract.ts'
import { openApi } from '#core/api/openapi.ts'
import { registerApi, registerRoutes, type Status } from '#core/api/register.ts'
import { standingMeasures } from '#core/operator/measure.ts'
import { discrepancy } from '#core/register/gate.ts'
import { soughtBy } from '#core/register/receipt-search.ts'
import { type Neighbour, neighbours } from '#core/register/trust.ts'
import { LONGEST_SHIFT } from '#core/sko/device.ts'
import { isWhole } from '#core/units.ts'
import { apiWords } from '#core/words/api.ts'
import type { Language } from '#core/words/language.ts'
import { operationsWords } from '#core/words/operations.ts'
import { type Door, serve, serveAside, spoken } from '#services/runtime/serve.ts'
import { answered } from '../operating/answers.ts'
import { begin, gateFacts, viewed } from '../operating/begin.ts'
import { cashUp, continueCashUp, currentCashUp } from '../operating/cash-up.ts'
import { causesOf, correct } from '../operating/corrections.ts'
import { unsentOf } from '../operating/device.ts'
import type { Engine } from '../operating/engine.ts'
import { isLent, lend } from '../operating/lending.ts'
import { askForGrant } from '../operating/receipt.ts'
import { refundableOf } from '../operating/refunds.ts'
import { printTrade, tradeOfPeriod } from '../operating/trade.ts'
import { readUnit } from '../operating/units.ts'
import {
  cancelCard,
  cancelUnfinished,
  confirm,
  deny,
  evidenceOf,
  speak,
} from '../operating/verbs.ts'
import type { Register } from '../register.ts'
import { actHandlers, openActsExport } from './acts.ts'
import { backupHandlers } from './backups.ts'
import { machineHandlers } from './equipment.ts'
import { fileHandlers, importHandlers } from './imports.ts'
import { letterHandlers, lettersNow } from './letters.ts'
import { parkedHandlers } from './parked.ts'
import { deskPeople, isAsBefore, type SignedIn } from './people.ts'
import { setupHandlers } from './setup.ts'
import { openPicture, stockHandlers } from './stock.ts'
import { openSupportExport } from './support.ts'
import { tradeExport } from './trade-export.ts'
import { updateHandlers } from './updates.ts'
import { cardDayView, noticeView } from './view.ts'

// Rows of a list that are read at once: about a millisecond.
const LIST_PIECE = 40

/** Knows people by the cookie of their sign-in. */
function deskDoor({ people, signIn, notes, store, now }: Register): Door<SignedIn, Call> {
  return {
    open: (call) => call,
    signedIn: async (call) => {
      const token = signIn.tokenOf(call)
      const person = people.bySession(token)
      return person ? { person, token, call } : refused('session.required')
    },
    may: ({ person }, right, asked) =>
      may<Right>(person, right) ||
      (isOfRegister(right) && isLent({ store, people, now }, asked, { person, right })),
    forbid: (right, { person }) => {
      if (isOfRegister(right)) notes.refusedByRight(person.user, right)
      return refused('right.required', { right, holders: people.holders(right) })
    },
  }
}

const isOfRegister = (right: Right): right is RegisterRight =>
  registerRights.some((each) => each === right)

/** A right that turns out to be wanting in the midst of the work is noted as one at the door is. */
function notingRights<H extends object>({ notes }: Register, handlers: H): H {
  type Handler = (input: unknown, caller: SignedIn) => Promise<{ kind: string } | Refused>
  const noting =
    (handler: Handler): Handler =>
    async (input, caller) => {
      const answer = await handler(input, caller)
      const { right = null } = isRefusal(answer) ? answer.facts : {}
      if (right !== null && isOfRegister(right)) notes.refusedByRight(caller.person.user, right)
      return answer
    }
  const rows = Object.entries(handlers) as [string, Handler][]
  return Object.fromEntries(rows.map(([name, handler]) => [name, noting(handler)])) as H
}

const isRefusal = (answer: object): answer is Refused =>
  'code' in answer && answer.code === 'right.required'

/** The register's HTTP API over its contract, and the stream of its events. */
export function openRegisterApp(register: Register): Hono {
  const { log, version } = register
  const door = deskDoor(register)
  const handlers = {
    ...setupHandlers(register),
    ...deskPeople(register),
    ...goodsHandlers(register),
    ...stockHandlers(register),
    ...actHandlers(register),
    ...importHandlers(register),
    ...parkedHandlers(register),
    ...letterHandlers(register),
    ...operationHandlers(register),
    ...redHandlers(register),
    ...settingHandlers(register),
    ...machineHandlers(register),
    ...backupHandlers(register),
    ...cardHandlers(register),
    ...billingHandlers(register),
    ...updateHandlers(register),
    ...cashUpHandlers(register),
    ...reportHandlers(register),
  }
  const app = serve(registerApi, notingRights(register, handlers), {
    door,
    log,
    files: ['/api/imports'],
  })
  const described: Partial<Record<Language, object>> = {}
  const aside: Record<keyof typeof registerRoutes, Served> = {
    'GET /api/exports/acts': openActsExport(register),
    'GET /api/exports/support': openSupportExport(register, registerStatus),
    ...fileHandlers(register, door),
    'GET /api/pictures/:hash': openPicture(register),
    'GET /api/events': (call) => {
      const token = register.signIn.tokenOf(call)
      const person = register.people.bySession(token)
      const name = person?.user ?? ''
      // Whoever may something else by now asks anew who she is.
      const isIn = () => isAsBefore(register.people.bySession(token), person)
      return register.events.open(call, { name, isIn })
    },
    'GET /api/exports/trade': tradeExport(register),
    'GET /api/openapi.json': (call) => {
      const language = spoken(call)
      // Made when it is first asked for: a till that starts has no time for it.
      described[language] ??= describedIn(language, version)
      return call.json(described[language])
    },
    'GET /health': (call) => call.json({ ok: true, process: 'register', version }),
    'GET /metrics': (call) => call.text(metrics(registerStatus(register))),
  }
  serveAside(app, { routes: registerRoutes, handlers: aside, door })
  return app
}

function describedIn(language: Language, version: string): object {
  const words = apiWords[language]
  const { titles, register: summaries } = words
  return openApi({ title: titles.register, version, contract: registerApi, summaries, words })
}

type Served = (call: Call) => Response | Promise<Response>

type All = Handlers<typeof registerApi, SignedIn, Call>

function goodsHandlers({
  goods,
}: Register): Pick<All, 'goods' | 'goodsGroups' | 'goodsByCode' | 'pricesNow'> {
  return {
    goods: async (filter) => done({ goods: goods.search(filter) }),
    goodsGroups: async () => done({ groups: goods.groups() }),
    pricesNow: async ({ goods: ids }) =>
      done({ prices: ids.map((id) => ({ goods: id, price: goods.priceNow(id) })) }),
    goodsByCode: async ({ code }) => {
      const found = goods.byCode(code)
      if (!found) return refused('goods.unknown', { code })
      const isCounted = found.isLabel || isWhole(found.goods.unit)
      return done({ goods: found.goods, quantity: isCounted ? found.quantity : null })
    },
  }
}

function operationHandlers(
  register: Register,
): Pick<
  All,
  | 'begin'
  | 'grant'
  | 'lend'
  | 'operations'
  | 'receiptCashiers'
  | 'operation'
  | 'refundable'
  | 'copy'
  | 'unit'
> {
  const { store, engine, printing } = register
  return {
    begin: (request, { person }) => begin(register, request, person),
    grant: (request, { person, call }) =>
      askForGrant(register, request, {
        asker: person,
        placeOf: (user) => register.signIn.placeOf(call, user),
      }),
    lend: (request, { person, call }) =>
      lend(register, request, {
        asker: person,
        placeOf: (user) => register.signIn.placeOf(call, user),
      }),
    operations: async ({ before, limit, ...filter }, { call }) => {
      const sought = soughtBy(filter, operationsWords[spoken(call)].kinds)
      const { page, next } = await inPieces(engine, { before, limit }, (from, count) =>
        store.list(sought, { before: from, limit: count }),
      )
      const rows = page.map(({ brief }) =>
        Object.assign(brief, { returned: store.returned(brief) }),
      )
      return done({ operations: rows, next })
    },
    receiptCashiers: async () => done({ cashiers: store.cashiers() }),
    operation: async ({ id }) => viewed(register, id),
    refundable: ({ id }) => refundableOf(register, id),
    unit: async (asked) => readUnit(register, asked),
    copy: async ({ id }) => {
      if (!store.operation(id)?.signed) return refused('operation.unknown')
      return done({ job: printing.queue({ is: 'operation', id, copy: true }) })
    },
  }
}

type Asked = { before?: number | undefined; limit: number }

/** A page of a list in short pieces, between which a sale goes first: an export slows nobody. */
async function inPieces<Row extends { seq: number }>(
  engine: Engine,
  { before, limit }: Asked,
  read: (before: number | null, count: number) => readonly Row[],
): Promise<{ page: Row[]; next: number | null }> {
  const rows: Row[] = []
  for (let left = limit + 1; left > 0; ) {
    await engine.giveWay()
    const count = Math.min(left, LIST_PIECE)
    const piece = read(rows.at(-1)?.seq ?? before ?? null, count)
    rows.push(...piece)
    left = piece.length < count ? 0 : left - count
  }
  const page = rows.slice(0, limit)
  return { page, next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null }
}

function redHandlers(
  register: Register,
): Pick<
  All,
  'continue' | 'giveUp' | 'evidence' | 'confirm' | 'deny' | 'answer' | 'acknowledge' | 'correct'
> {
  const { store, engine } = register
  return {
    continue: ({ id }, { person }) =>
      speak(register, id, { type: 'continued', person: person.user }),
    giveUp: ({ id }, { person }) => speak(register, id, { type: 'gaveUp', person: person.user }),
    evidence: ({ id }) => evidenceOf(register, id),
    confirm: (typed, { person }) => confirm(register, typed, person.user),
    deny: ({ id }, { person }) => deny(register, id, person.user),
    answer: (brought, { person }) => answered(register, brought, person.user),
    acknowledge: async ({ id }, { person }) => {
      if (!store.operation(id)) return refused('operation.unknown')
      engine.hear(id, { type: 'acknowledged', person: person.user })
      return done({})
    },
    correct: (request, { person }) => correct(register, request, person),
  }
}

function cardHandlers(
  register: Register,
): Pick<All, 'cancelCard' | 'cancelUnfinished' | 'cardTransactions' | 'cardDays' | 'closeCardDay'> {
  const { store, engine, businessDay } = register
  return {
    cancelCard: ({ id }) => cancelCard(register, id),
    cancelUnfinished: async ({ id }, { person }) => {
      const answer = await cancelUnfinished(register, id, person.user)
      register.reversed()
      return answer
    },
    cardTransactions: async (asked) => {
      const { page, next } = await inPieces(engine, asked, store.cardTransactions)
      return done({ transactions: page, next })
    },
    cardDays: async () =>
      done({
        open: store.openCardDays()[0] ?? null,
        days: store.cardDays().map((day) => cardDayView(day, store)),
      }),
    closeCardDay: async () => {
      // A day is compared once nothing of it is on its way.
      await register.reversing.flush()
      if (store.cardsUnderWay()) return refused('reversal.pending')
      const closed = await businessDay.closeNow()
      if (closed === 'none') return refused('card-day.none')
      if (closed === 'unknown') return refused('card-day.unknown')
      return closed ? done(cardDayView(closed, store)) : refused('bank.silent')
    },
  }
}

const cashUpHandlers = (
  register: Register,
): Pick<All, 'cashUp' | 'continueCashUp' | 'currentCashUp' | 'trade' | 'printTrade'> => ({
  trade: async (asked) => tradeOfPeriod(register, asked),
  printTrade: async (asked, { person }) => printTrade(register, asked, person.user),
  cashUp: (request, { person }) => cashUp(register, request, person),
  continueCashUp: (asked, { person }) => continueCashUp(register, asked, person),
  currentCashUp: async () => done({ cashUp: currentCashUp(register) }),
})

function billingHandlers({ billing }: Register): Pick<All, 'checkBilling' | 'readBilling'> {
  return {
    checkBilling: async () => {
      const answered = await billing.ask()
      return done({ answered, billing: billing.view() })
    },
    readBilling: async () => {
      billing.read()
      return done({})
    },
  }
}

async function cardFacts({ store, businessDay }: Register) {
  if (store.lastStan() === 0) return null
  const day = await businessDay.check()
  return { day: day && cardDayView(day, store), reversals: store.reversing().length }
}

function settingHandlers({ settings }: Register): Pick<All, 'settings' | 'changeSettings'> {
  const shown = () => ({
    clearing: settings.clearing(),
    paperLanguage: settings.paperLanguage(),
    cashCount: settings.cashCount(),
    blindCount: settings.blindCount(),
    marking: settings.marking(),
    electronicReceipt: settings.electronicReceipt(),
  })
  return {
    settings: async () => done(shown()),
    changeSettings: async (wanted, { person: { user } }) => {
      const { clearing, paperLanguage, cashCount, blindCount, marking } = wanted
      const before = shown()
      if (clearing !== undefined && clearing !== before.clearing)
        settings.setClearing(clearing, user)
      if (paperLanguage !== undefined && paperLanguage !== before.paperLanguage) {
        settings.setPaperLanguage(paperLanguage, user)
      }
      if (cashCount !== undefined && cashCount !== before.cashCount) {
        settings.setCashCount(cashCount, user)
      }
      if (blindCount !== undefined && blindCount !== before.blindCount) {
        settings.setBlindCount(blindCount, user)
      }
      if (marking !== undefined && marking !== before.marking) settings.setMarking(marking, user)
      const { electronicReceipt } = wanted
      if (electronicReceipt !== undefined && electronicReceipt !== before.electronicReceipt) {
        settings.setElectronicReceipt(electronicReceipt, user)
      }
      return done(shown())
    },
  }
}

function reportHandlers(register: Register): Pick<All, 'status' | 'facts' | 'xReport'> {
  const { store, device, printing, now } = register
  return {
    status: async () => done(registerStatus(register)),
    facts: async () => {
      const fresh = await device.refresh()
      const facts = { ...gateFacts(register), skoCash: fresh?.cash ?? null }
      return done({
        cash: facts.cash,
        skoCash: facts.skoCash,
        discrepancy: discrepancy(facts),
        unsent: fresh && unsentOf(fresh),
        oldestUnsentAt: fresh?.oldestUnsentAt ?? null,
        shift: facts.shift?.shift ?? null,
        causes: fresh && discrepancy(facts) !== 0 ? await causesOf(register) : [],
        cards: await cardFacts(register),
      })
    },
    xReport: async ({ lent }, { person }) => {
      const { shift, balances } = store.ledger()
      const issuer = store.issuer()
      if (!shift || !issuer) return refused('shift.closed')
      const known = device.known()
      const report = {
        report: shift,
        cash: balances.drawer,
        start: store.documentByNumber(issuer.device, shift.firstNumber)?.cash ?? null,
        at: now(),
        issuer,
        cashier: person.user,
        unsent: known && unsentOf(known),
        parked: register.parked.count(),
      }
      const red = store.open().flatMap(({ id, state }) => (state.is === 'red' ? [id] : []))
      // N10: it was lent for this one.
      if (lent !== undefined && !may(person, 'report')) store.useLent(lent)
      printing.queue(Object.assign({ is: 'x-report', red: red.length } as const, report))
      return done(Object.assign(report, { red }))
    },
  }
}

/** What every screen's head shows. */
export function registerStatus(register: Register): Status {
  const { store, device, printing, upload, measures, settings, now, version } = register
  const { balances, shift } = store.ledger()
  const known = device.known()
  return {
    issuer: known?.issuer ?? store.issuer(),
    now: now(),
    version,
    revision: store.revision(),
    shift: shift && {
      number: shift.shift,
      openedAt: shift.openedAt,
      mustClose: now() - shift.openedAt > LONGEST_SHIFT,
    },
    cash: balances.drawer,
    carried: balances.carried,
    retired: register.succession.retired(),
    sko: device.away() ? 'away' : 'connected',
    distrusted: distrustedNow(register),
    diverged: device.diverged(),
    measures: standingMeasures(measures.known(), now()),
    unsent: known && { count: unsentOf(known), oldestAt: known.oldestUnsentAt },
    printer: { waiting: store.papers.waiting(), fault: printing.fault() },
    upload: upload.trouble(),
    open: store.open().map(({ id }) => id),
    notices: store.noticed().flatMap((operation) => noticeView(operation) ?? []),
    terminal: register.hasTerminal,
    clearing: settings.clearing(),
    paperLanguage: settings.paperLanguage(),
    cashCount: settings.cashCount(),
    blindCount: settings.blindCount(),
    marking: settings.marking(),
    letters: lettersNow(register),
    billing: register.billing.view(),
    update: register.updates.view(),
    parked: register.parked.count(),
    prices: register.goods.pricesSet(),
  }
}

/** Whoever failed a check of the register's own, or of its device's. */
function distrustedNow({ trust, device }: Register): Neighbour[] {
  const byDevice = device.known()?.uploadFault === 'distrusted' || device.unsigned()
  const own = trust.distrusted()
  return neighbours.filter((each) => own.includes(each) || (byDevice && each === 'operator'))
}

/** For whoever watches processes: of a shop's money and trade a stranger learns nothing. */
const metrics = ({ unsent, open, printer }: Status): string =>
  [
    `zpos_register_unsent ${unsent?.count ?? 'NaN'}`,
    `zpos_register_open_operations ${open.length}`,
    `zpos_register_print_waiting ${printer.waiting}`,
    '',
  ].join('\n')
