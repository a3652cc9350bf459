import { demoPeople } from '#core/demo/shop.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { copyOf } from '#shop/disk.ts'
import { demoIssuer, enrolledWith, newKey, SPARE, TERMINAL, TOKEN } from '#shop/enrolment.ts'
import { memoryBank } from '#shop/memory-bank.ts'
import { memoryOperator, replaceAt } from '#shop/memory-operator.ts'
import { pageOf } from '#shop/page.ts'
import { openMailbox, openPrinter, openReader } from '#shop/peripherals.ts'
import { type Hazards, harmless, isBefallen } from '#shop/process.ts'
import { openShop, type ProcessName, recover } from '#shop/shop.ts'
import { openWire } from '#shop/wire.ts'

const WAITING_PAPERS = 'select count(*) n from print_job where done_at is null'

export type World = Awaited<ReturnType<typeof openWorld>>
type Kills = Hazards<ProcessName>['kills']
type Full = Hazards<ProcessName>['full']

/**
 * A shop whose processes are killed at whatever boundary between two effects `kills` says, and
 * whose commits fail where `full` does. Nothing in it goes by itself, nothing takes real time, and
 * no operator is reached.
 */
export async function openWorld(
  kills: Kills = harmless.kills,
  full: Full = harmless.full,
  terminal: typeof TERMINAL | null = TERMINAL,
) {
  let time = Date.UTC(2026, 10, 23, 6, 0, 0)
  const now = () => {
    time += 10
    return time
  }
  const [key, spareKey] = [newKey(), newKey()]
  const reader = openReader()
  const printer = openPrinter()
  const mailbox = openMailbox()
  const shop = openShop({
    time: { now, elapsed: now, rest: async () => {}, chance: () => 0, repeat: () => null },
    hazards: { kills, full },
    wire: openWire,
    operator: memoryOperator(now, enrolledWith(key)),
    bank: memoryBank(now),
    key,
    spareKey,
    terminal,
    reader: () => reader.read,
    print: printer.print,
    post: mailbox.post,
  })
  const { register, wires } = shop
  wires.upload.faults.cut = 'refused'
  wires.inquiry.faults.cut = 'refused'
  await shop.start()
  return {
    ...shop,
    papers: printer.papers,
    mailbox,
    reader,
    now,
    advance: (ms: number) => {
      time += ms
    },
    /** Starts what is dead; the register looks at what that left open. */
    revive: async (): Promise<void> => {
      const mortal = Object.values(shop.processes)
      while (!mortal.every(({ life }) => life.alive)) {
        const survivor = register.app
        await shop.start()
        if (register.app === survivor) await asLoop(register, recover)
      }
    },
    /** A copy of the register's database, and such a copy put in its place (R19). */
    backUp: (): Sqlite => copyOf(register.disk),
    putBack: (copy: Sqlite): void => {
      register.kill()
      register.disk = copy
    },
    /** The cashier's page, and that of the administrator. Null: no answer came. */
    ask: pageOf(wires.page, demoPeople.cashier),
    askAsAdministrator: pageOf(wires.page, demoPeople.administrator),
    /** One turn of the register's own looking around. */
    watch: () => asLoop(register, (app) => app.watch()),
    /** What must be undone is sent to the bank once. */
    reverse: () => asLoop(register, (app) => app.register.reversing.flush()),
    /** One turn of the window of a warning. */
    warnedDue: () => asLoop(register, (app) => app.register.warned.step()),
    /** One look whether another device is in place of this one, long enough after the last. */
    succeed: () => {
      time += 60_000
      return asLoop(register, (app) => app.register.succession.step())
    },
    /** The operator retires the till's device, whose chain ends here, for the spare one. */
    replaceDevice: async (): Promise<void> => {
      const spare = Object.assign({}, demoIssuer, { device: SPARE })
      replaceAt(shop.operator.disk, TOKEN, { successor: enrolledWith(spareKey, spare), now: time })
      await shop.putSpare(1)
    },
    closeDay: () => asLoop(register, (app) => app.register.businessDay.step()),
    /** What waits in the device goes to the operator, where their line is whole. */
    deliver: () =>
      asLoop(shop.sko, async ({ couriers }) => {
        const [courier] = couriers
        while ((await courier?.step()) === 0);
      }),
    papersWaiting: (): number => Number(register.disk.prepare(WAITING_PAPERS).get()?.n),
    /** Sends one letter that is due, if there is one. */
    mail: () => asLoop(register, (app) => app.register.mailing.step()),
    /** Prints until nothing waits, or the register dies. */
    print: () =>
      asLoop(register, async ({ register: { store, printing } }) => {
        while (store.papers.waiting() > 0) await printing.step()
      }),
  }
}

/** What a loop of a process does with what befalls it: it dies with it, or tries again later. */
async function asLoop<App>(
  { app }: { app: App | null },
  work: (app: App) => Promise<unknown>,
): Promise<void> {
  if (!app) return
  try {
    await work(app)
  } catch (error) {
    if (!isBefallen(error)) throw error
  }
}
