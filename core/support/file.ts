import type { ListedKind, Means } from '../document/kinds.ts'
import type { ShopActField, ShopActName } from '../register/act.ts'
import type { StateName } from '../register/operation.ts'
import type { Neighbour } from '../register/trust.ts'
import type { Moment } from '../time.ts'
import type { Language } from '../words/language.ts'
import type { StepFacts, SupportStep } from './steps.ts'

// What is gathered for support (K6): codes, identities, moments. Goods, people's secrets,
// numbers of cards and addresses are in none of it; what somebody typed goes through redaction.ts.

/** How a neighbour answered just now. Silence and what was not asked are no «no». */
export const unheard = ['silent', 'distrusted', 'not-asked', 'not-there'] as const
export type Unheard = (typeof unheard)[number]

export type SaidWord =
  | 'done'
  | 'never'
  | 'lacks'
  | 'busy'
  | 'cannot-tell'
  | 'approved'
  | 'reversed'
  | 'declined'
  | 'refused'
  | 'answers'

export type NeighbourSaid = {
  who: Neighbour
  verdict: SaidWord | Unheard
  /** How long it took; null: it was not asked. */
  ms: number | null
  facts: StepFacts
}

export type SupportOperation = {
  id: string
  kind: ListedKind
  /** The operation that it undoes. */
  of: string | null
  cashier: string
  begunAt: Moment
  sum: number
  payments: readonly { means: Means; sum: number }[]
  /** How many lines of goods it has. */
  lines: number
  state: StateName
  proof: string | null
  /** Why it came to nothing, what is told of it: a code. */
  code: string | null
  document: { number: number; documentAt: Moment; uid: string; hash: string } | null
  /** Its document is stored at the operator, by its signature; null: nobody told. */
  stored: boolean | null
  printedAt: Moment | null
  /** What the others say of it now. */
  heard: readonly NeighbourSaid[]
  steps: readonly SupportStep[]
  /** Steps that were left out between the first and the last. */
  left: number
}

export type SupportAct = {
  seq: number
  at: Moment
  person: string | null
  what: ShopActName
  operation: string | null
  kind: ListedKind | null
  sum: number | null
  /** Right or code, whichever it tells. */
  code: string | null
  /** What was changed, by its name alone. */
  changed: readonly ShopActField[]
  isWhole: boolean
}

export type Plain = string | number | boolean | null

export const healthNames = [
  'shift',
  'shiftOpenedAt',
  'cash',
  'carried',
  'sko',
  'retired',
  'distrusted',
  'diverged',
  'measures',
  'unsent',
  'oldestUnsentAt',
  'acknowledged',
  'uploadCause',
  'uploadCode',
  'printerWaiting',
  'printerFault',
  'open',
  'reversals',
  'terminal',
  'billing',
  'newest',
  'updateFault',
  'parked',
] as const
export type HealthName = (typeof healthNames)[number]

export const supportSettings = [
  'clearing',
  'paperLanguage',
  'paperLines',
  'cashCount',
  'blindCount',
  'marking',
  'discounts',
  'printer',
  'columns',
  'codePage',
  'drawer',
  'cut',
  'scale',
  'backupApart',
  'autoUpdate',
] as const
export type SupportSetting = (typeof supportSettings)[number]

export type SupportAsked =
  | { is: 'operation'; operation: string }
  | { is: 'day'; day: string }
  | { is: 'last'; count: number }

export type SupportFile = {
  format: 'zpos-support'
  version: 1
  madeAt: Moment
  madeBy: string
  language: Language
  asked: SupportAsked
  till: {
    company: string | null
    unp: string | null
    registerNumber: number | null
    device: string
    equipment: string | null
    version: string
    node: string
    platform: string
  }
  /** Whom it was asked, as a whole. */
  heard: readonly NeighbourSaid[]
  health: Readonly<Record<HealthName, Plain>>
  settings: Readonly<Record<SupportSetting, Plain>>
  operations: readonly SupportOperation[]
  /** Older ones of the same question that found no room. */
  isCut: boolean
  acts: readonly SupportAct[]
}

/** Bounds of one file: about two megabytes, and a time that somebody waits for. */
export const supportBounds = {
  operations: 200,
  acts: 300,
  /** Operations of which the others are asked, and how long questions are begun for. */
  asked: 20,
  askingMs: 10_000,
} as const
