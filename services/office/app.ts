import { type Context as Call, Hono } from 'hono'
import { acquirerFeedApi } from '#core/api/acquirer-feed.ts'
import { client } from '#core/api/client.ts'
import { together } from '#core/api/contract.ts'
import { officeApi, officeRoutes } from '#core/api/office.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { officeFiles } from '#core/api/office-trade.ts'
import { officeNotices } from '#core/notices.ts'
import { MINUTE } from '#core/time.ts'
import { openAccounts } from '#services/runtime/accounts.ts'
import type { Recognise } from '#services/runtime/listen.ts'
import { noticesHandlers } from '#services/runtime/notices.ts'
import { servePage } from '#services/runtime/pages.ts'
import { openSecondFactor } from '#services/runtime/second-factor.ts'
import { newToken } from '#services/runtime/secret.ts'
import { nobodysDoor, serve, serveAside, servePublic } from '#services/runtime/serve.ts'
import { openSignIn } from '#services/runtime/sign-in.ts'
import { officeActsHandlers } from './cabinet/acts.ts'
import { contractsHandlers } from './cabinet/contracts.ts'
import { officeDoor, officeSessionHandlers } from './cabinet/door.ts'
import { entriesHandlers } from './cabinet/entries.ts'
import { equipmentHandlers } from './cabinet/equipment.ts'
import { exportsHandlers } from './cabinet/exports.ts'
import { homeHandlers } from './cabinet/home.ts'
import { invoiceHandlers } from './cabinet/invoice.ts'
import { ordersHandlers } from './cabinet/orders.ts'
import { officePeopleHandlers } from './cabinet/people.ts'
import { releaseFiles, versionsHandlers } from './cabinet/releases.ts'
import { tariffsHandlers } from './cabinet/tariffs.ts'
import { tradeHandlers } from './cabinet/trade.ts'
import { viewsHandlers } from './cabinet/views.ts'
import { type FeedHeard, pullFeed } from './feed.ts'
import { leaseHandlers } from './lease.ts'
import type { OfficePorts } from './ports.ts'
import { openRepository } from './releases.ts'
import { reportHandlers } from './reports.ts'
import { settleDue } from './settling.ts'
import { noteAccountAct } from './store/acts.ts'
import { officeAccountOf } from './store/contracts.ts'
import { prepareOfficeDb } from './store/holdings.ts'

// A till is told what is due as of the moment it asks: this only keeps the books near the day.
const SETTLE_MS = MINUTE

export type Office = {
  app: Hono
  recognise: Recognise
  /** Charges what is due; answers how long to rest. */
  settle: () => Promise<number>
  /** Takes in what the bank booked, a page at a time; null: no bank is named. */
  pull: (() => Promise<number>) | null
}

/** The office over its ports; the schema is brought up to date first. */
export async function openOffice(ports: OfficePorts): Promise<Office> {
  const { db, clock, log } = ports
  await prepareOfficeDb(db)
  const { releases = null } = ports
  const repository = releases && openRepository({ db, clock, releases })
  await repository?.begin()
  let leases = 0
  const heard: FeedHeard = { at: null }
  const app = new Hono()
  const answered = () => {
    leases += 1
  }
  const { key, isSecure } = ports.cookies ?? { key: newToken(), isSecure: false }
  const signIn = openSignIn({ name: 'zpos_office', key, isSecure })
  const factor = openSecondFactor(ports.factorKey ?? newToken(), noteAccountAct)
  const second = factor.atCall(db, clock)
  const accounts = openAccounts({ db, clock, signIn, accountOf: officeAccountOf, second })
  const cabinetPorts = Object.assign({ accounts, factor }, ports)
  const handlers = together(
    officeSessionHandlers(cabinetPorts),
    contractsHandlers(ports),
    equipmentHandlers(ports),
    versionsHandlers(ports, repository),
    ordersHandlers(ports),
    tariffsHandlers(ports),
    entriesHandlers(ports),
    officeActsHandlers(ports),
    tradeHandlers(ports, heard),
    viewsHandlers(ports),
    homeHandlers(ports, heard),
    officePeopleHandlers(cabinetPorts),
    noticesHandlers(db, officeNotices),
  )
  const door = officeDoor(cabinetPorts)
  const still = {
    'GET /health': (call: Call) => call.json({ ok: true, process: 'office' }),
    'GET /metrics': (call: Call) => call.text(metrics(leases)),
  }
  const served = releaseFiles(repository)
  serveAside(app, {
    routes: officeRoutes,
    handlers: Object.assign(still, served),
    door: nobodysDoor,
  })
  const files = together(exportsHandlers(ports, door), invoiceHandlers(ports, door), served)
  serveAside(app, { routes: officeFiles, handlers: files, door })
  servePage(app, 'office')
  // Behind the files, which bound what they are sent themselves.
  const ofTills = together(leaseHandlers(ports, answered), reportHandlers(ports))
  app.route('/', servePublic(officeApi, ofTills, { log }))
  app.route('/', serve(officeCabinetApi, handlers, { door, log }))
  const settle = async () => {
    await settleDue(db, clock.now())
    return SETTLE_MS
  }
  const bank = ports.bank && client(acquirerFeedApi, ports.bank)
  const pull = bank ? () => pullFeed(ports, bank, heard) : null
  return { app, recognise: signIn.knownBrowser, settle, pull }
}

const metrics = (leases: number): string =>
  [
    `zpos_office_leases_total ${leases}`,
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    '',
  ].join('\n')
