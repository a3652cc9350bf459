import { done, type Handlers, refused } from '#core/api/contract.ts'
import type { discountEndpoints } from '#core/api/register-discounts.ts'
import type {
  equipmentEndpoints,
  PrinterHeard,
  TerminalTried,
} from '#core/api/register-equipment.ts'
import type { paperEndpoints } from '#core/api/register-paper.ts'
import { SECOND } from '#core/time.ts'
import type { Printed } from '../links/printer.ts'
import { placeText } from '../memory/setting-act.ts'
import type { Register } from '../register.ts'
import type { SignedIn } from './people.ts'

type Own = Handlers<
  typeof equipmentEndpoints & typeof paperEndpoints & typeof discountEndpoints,
  SignedIn
>

/** Papers and the machines on the counter (K4): how they are set up, what these let hear. */
export function machineHandlers(register: Register): Own {
  const { settings, printer, printing, weighing, acts, now } = register
  let isAsking = false
  return {
    paperLines: async () => done(settings.paperLines()),
    changePaperLines: async (wanted, { person }) => {
      settings.setPaperLines(wanted, person.user)
      return done(settings.paperLines())
    },
    discounts: async () => done(settings.discounts()),
    changeDiscounts: async (wanted, { person }) => {
      settings.setDiscounts(wanted, person.user)
      return done(settings.discounts())
    },
    equipment: async () =>
      done({
        printer: printer(),
        isPrinterUsual: settings.printer() === null,
        scale: weighing.scale(),
      }),
    changePrinter: async (wanted, { person }) => {
      settings.setPrinter(wanted, person.user)
      // Papers that wait for the old one go to the new one at once.
      register.printerChanged()
      return done(printer())
    },
    changeScale: async ({ scale }, { person }) => {
      settings.setScale(scale, person.user)
      return done({ scale: weighing.scale() })
    },
    tryScale: async (tried, { person: { user } }) => {
      const weight = await weighing.weighOn(tried)
      if (!weight) return busy
      const facts = { subject: placeText(tried), code: weight.heard }
      acts.record({ person: user, what: 'scale-tried', facts })
      return done(weight)
    },
    tryTerminal: async (_, { person: { user } }) => {
      if (isAsking) return busy
      isAsking = true
      const begunAt = now()
      const told = await bankNow(register)
      isAsking = false
      acts.record({ person: user, what: 'terminal-tried', facts: { code: `bank-${told.heard}` } })
      return done(Object.assign({ ms: Math.max(0, now() - begunAt) }, told))
    },
    scale: async () => done({ isSet: weighing.scale() !== null }),
    weigh: async () => {
      const weight = await weighing.weigh()
      return weight ? done(weight) : busy
    },
    tryPrinter: async (tried, { person: { user } }) => {
      const begunAt = now()
      const printed = await printing.tryOut(tried, user)
      if (!printed) return busy
      const heard = heardOf(printed)
      const facts = { subject: placeText(tried), code: heard }
      acts.record({ person: user, what: 'printer-tried', facts })
      return done({ heard, ms: Math.max(0, now() - begunAt) })
    },
  }
}

const busy = refused('server.busy', { waitMs: SECOND })

/** An echo leaves no trace in anybody's books: it is asked whenever somebody wants to know. */
async function bankNow({ hasTerminal, echo }: Register): Promise<Omit<TerminalTried, 'ms'>> {
  if (!hasTerminal) return { heard: 'none', code: null, day: null }
  const heard = await echo()
  switch (heard.kind) {
    case 'connected':
      return { heard: 'connected', code: null, day: heard.day }
    case 'refused':
      return { heard: 'refused', code: heard.code, day: null }
    case 'silent':
      return { heard: heard.isForged ? 'forged' : 'silent', code: null, day: null }
    case 'unsent':
    case 'unclear':
      return { heard: heard.kind, code: null, day: null }
    default:
      return heard satisfies never
  }
}

function heardOf(printed: Printed): PrinterHeard {
  switch (printed.kind) {
    case 'done':
      return 'printed'
    case 'refused':
      return printed.code
    case 'unsent':
      return printed.why
    case 'unknown':
      return 'silent'
    default:
      return printed satisfies never
  }
}
