import { z } from 'zod'
import type { Access } from '../access/rights.ts'
import { billingStates } from '../billing/state.ts'
import { virtualCardNames } from '../demo/virtual-card.ts'
import { declineCode } from './acquirer.ts'
import { endpoint } from './contract.ts'
import { type FieldFault, told } from './field-fault.ts'
import { readerAnswer } from './reader.ts'
import * as wire from './wire.ts'

// The demo stand: what its page and the browser tests may ask of it.

export const processName = z.enum(['register', 'sko', 'operator', 'office', 'acquirer'])
export type ProcessName = z.output<typeof processName>

const wayIn = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('pin'),
    name: z.string(),
    pin: z.string(),
    role: z.enum(['cashier', 'administrator']),
  }),
  z.object({ by: z.literal('password'), email: z.string(), password: z.string() }),
  /** A tsrv device, by its PIN. */
  z.object({ by: z.literal('device'), pin: z.string() }),
  /** ISO 8583 as this terminal; `feed`: where the bank tells its operations. */
  z.object({ by: z.literal('terminal'), terminal: z.string(), feed: z.string() }),
])
export type WayIn = z.output<typeof wayIn>

export const processView = z.object({
  name: processName,
  address: z.string(),
  /** Null for a process that has no page. */
  page: z.string().nullable(),
  pid: z.int().nullable(),
  /** `stopped` by the button alone: what dies by itself is started again. */
  state: z.enum(['running', 'starting', 'stopped']),
  since: wire.at,
  /** Starts after the first one. */
  restarts: z.int(),
  /** It answers its health check. */
  healthy: z.boolean(),
  /** Resident memory in megabytes; null where the system does not tell. */
  rssMb: z.int().nullable(),
  /** How people and programs of the demo get in. */
  signIn: z.array(wayIn),
})
export type ProcessView = z.output<typeof processView>

export const paper = z.object({
  /** Counts the papers of this printer from 1. */
  number: z.int().positive(),
  /** Id of the print job; null when whoever printed gave none. */
  job: z.string().nullable(),
  at: wire.at,
  lines: z.array(z.string()),
  /** The cash drawer was opened with it. */
  drawer: z.literal(true).optional(),
})
export type Paper = z.output<typeof paper>

export const caughtMail = z.object({
  /** Counts what the stand's mail server took, from 1. */
  number: z.int().positive(),
  at: wire.at,
  to: z.string(),
  subject: z.string(),
  text: z.string(),
})
export type CaughtMail = z.output<typeof caughtMail>

/** Faults that are there or not. */
export const switchName = z.enum([
  'sko.unplugged',
  'internet.down',
  'operator.down',
  'billing.down',
  'printer.no-paper',
])
export type SwitchName = z.output<typeof switchName>

/** Faults that strike the next so many commands to device or bank, each command once. */
export const countName = z.enum([
  'sko.answer-lost',
  'sko.request-lost',
  'bank.answer-lost',
  'bank.request-lost',
])
export type CountName = z.output<typeof countName>

export const faultName = z.enum([
  ...switchName.options,
  ...countName.options,
  'bank.decline',
  'billing.state',
  'clock',
])
export type FaultName = z.output<typeof faultName>

const switched = z.object({ on: z.boolean() })
const counted = z.object({ count: z.int().min(0).max(1000) })
const ahead = z.object({
  /** What the clock was put forward by since the last reset; «0» after it, though time stays. */
  advanceHours: z.int(),
  /** What is left over a whole hour; absent when nothing is. */
  advanceSeconds: z.number().optional(),
})
/** The action code of the next purchase; null when none is ordered, or it was given. */
const declined = z.object({ code: declineCode.nullable() })
/** How it stands with billing: what its data were last arranged to. */
const billed = z.object({ state: z.enum(billingStates) })
/** Each fault under its name, as it is now. */
export const faults = z.object({
  'sko.unplugged': switched,
  'sko.answer-lost': counted,
  'sko.request-lost': counted,
  'internet.down': switched,
  'operator.down': switched,
  'billing.down': switched,
  'bank.answer-lost': counted,
  'bank.request-lost': counted,
  'bank.decline': declined,
  'billing.state': billed,
  'printer.no-paper': switched,
  clock: ahead,
})
export type Faults = z.output<typeof faults>

const TEN_YEARS_HOURS = 87_600
const faultFields = {
  on: switched.shape.on.optional(),
  count: counted.shape.count.optional(),
  code: declined.shape.code.optional(),
  state: billed.shape.state.optional(),
  /** Puts the clock forward by so much more. */
  advanceHours: z.number().min(0).max(TEN_YEARS_HOURS).optional(),
  advanceSeconds: z
    .number()
    .min(0)
    .max(TEN_YEARS_HOURS * 3600)
    .optional(),
}

/** A fault's name and the fields that this fault has, and no other. */
const faultWish = z
  .looseObject({ name: faultName, ...faultFields })
  .superRefine(({ name, ...sent }, ctx) => {
    const own = fieldsOf(name)
    const wrong = (field: string, fault: FieldFault) =>
      ctx.addIssue({ code: 'custom', path: [field], params: { fault, facts: { name } } })
    for (const field of Object.keys(sent)) {
      if (!own.some((each) => each === field)) wrong(field, 'fault-field-unknown')
    }
    if (own.every((field) => sent[field] === undefined)) wrong(own[0], 'fault-value-missing')
  })
export type FaultWish = z.output<typeof faultWish>

type Field = keyof typeof faultFields
const isOneOf = <T extends string>(names: z.ZodType<T>, name: string): name is T =>
  names.safeParse(name).success
const fieldsOf = (name: FaultName): [Field, ...Field[]] => {
  if (isOneOf(switchName, name)) return ['on']
  if (name === 'bank.decline') return ['code']
  if (name === 'billing.state') return ['state']
  return isOneOf(countName, name) ? ['count'] : ['advanceHours', 'advanceSeconds']
}

/** A copy of the register's database, taken while it ran. */
export const registerBackup = z.object({ id: z.string(), at: wire.at })
export type RegisterBackup = z.output<typeof registerBackup>
const backups = z.object({ backups: z.array(registerBackup) })

/** What the shop's scale shows. */
export const scaleView = z.object({
  grams: z.int().min(0).max(50_000),
  state: z.enum(['stable', 'unstable', 'overload', 'underload']),
})
export type ScaleView = z.output<typeof scaleView>

export const virtualCard = z.enum(virtualCardNames)
const entry = readerAnswer.shape.card.shape.entry
export type CardEntry = z.output<typeof entry>

/** The reader of the till's terminal. */
export const readerView = z.object({
  /** The terminal waits for a card. */
  waiting: z.boolean(),
  /** What it waits for. */
  operation: wire.id.nullable(),
  sum: wire.positiveSum.nullable(),
  /** A card that was tapped while nobody waited: the next request gets it. */
  card: virtualCard.nullable(),
})
export type ReaderView = z.output<typeof readerView>

const none = z.object({})
const byName = z.object({ name: processName })

export const standApi = {
  paper: endpoint({
    route: 'GET /api/paper',
    right: 'public',
    input: none,
    reply: z.object({ papers: z.array(paper) }),
    refusals: [],
  }),
  mail: endpoint({
    route: 'GET /api/mail',
    right: 'public',
    input: none,
    reply: z.object({ mail: z.array(caughtMail) }),
    refusals: [],
  }),
  processes: endpoint({
    route: 'GET /api/processes',
    right: 'public',
    input: none,
    reply: z.object({ processes: z.array(processView) }),
    refusals: [],
  }),
  kill: endpoint({
    route: 'POST /api/processes/:name/kill',
    right: 'public',
    input: byName,
    reply: processView,
    refusals: [],
  }),
  start: endpoint({
    route: 'POST /api/processes/:name/start',
    right: 'public',
    input: byName,
    reply: processView,
    refusals: [],
  }),
  faults: endpoint({
    route: 'GET /api/faults',
    right: 'public',
    input: none,
    reply: faults,
    refusals: [],
  }),
  fault: endpoint({
    route: 'PUT /api/faults/:name',
    right: 'public',
    input: faultWish,
    reply: faults,
    refusals: [],
  }),
  reset: endpoint({
    route: 'POST /api/reset',
    right: 'public',
    input: none,
    reply: faults,
    refusals: [],
  }),
  terminal: endpoint({
    route: 'GET /api/terminal',
    right: 'public',
    input: none,
    reply: readerView,
    refusals: [],
  }),
  tap: endpoint({
    route: 'POST /api/terminal/tap',
    right: 'public',
    input: z.object({ card: virtualCard.nullable(), entry: entry.default('contactless') }),
    reply: z.object({
      /** A request waited and has the card; false: the card lies there for the next one. */
      waiting: z.boolean(),
      card: virtualCard.nullable(),
      entry,
    }),
    refusals: [],
  }),
  scale: endpoint({
    route: 'GET /api/scale',
    right: 'public',
    input: none,
    reply: scaleView,
    refusals: [],
  }),
  layOnScale: endpoint({
    route: 'PUT /api/scale',
    right: 'public',
    input: scaleView,
    reply: scaleView,
    refusals: [],
  }),
  backups: endpoint({
    route: 'GET /api/register-backups',
    right: 'public',
    input: none,
    reply: backups,
    refusals: [],
  }),
  backUp: endpoint({
    route: 'POST /api/register-backups',
    right: 'public',
    input: none,
    reply: registerBackup,
    refusals: [],
  }),
  restore: endpoint({
    route: 'POST /api/register-backups/:id/restore',
    right: 'public',
    input: z.object({
      id: z.string().refine((text) => /^\d{1,9}$/.test(text), told('backup-number')),
    }),
    reply: processView,
    refusals: [],
  }),
  /** Packs the tree as the next version of the till, and publishes it at the office. */
  release: endpoint({
    route: 'POST /api/releases',
    right: 'public',
    input: none,
    /** Null: the office did not take it. */
    reply: z.object({ version: z.string().nullable() }),
    refusals: [],
  }),
}

/** What the stand answers beside its contract: it is a demo's and asks nobody who they are. */
export const standRoutes = {
  'GET /api/events': 'public',
  'GET /health': 'public',
} as const satisfies Record<string, Access>

/**
 * GET /api/events: `processes`, `faults`, `terminal`, `scale` and `backups` on any change of one,
 * `paper` and `mail` for each piece; a page that comes is told all of them first, the old before
 * the new.
 */
export const standEvents = {
  processes: standApi.processes.reply,
  faults,
  terminal: readerView,
  scale: scaleView,
  backups,
  paper,
  mail: caughtMail,
}
