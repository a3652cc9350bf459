import type { Correction } from '../register/correction.ts'
import {
  type Event,
  type Evidence,
  heard,
  type Operation,
  type Signed,
  type StateName,
} from '../register/operation.ts'
import type { Moment } from '../time.ts'

// The timeline of one operation, as whoever helps from afar reads it: of each line of the journal
// who spoke, what was said and what the operation became.

/** A line of the journal that belongs to one operation; `hash`: of all lines up to it. */
export type TimelineLine = { seq: number; at: Moment; hash: string } & (
  | { is: 'begun'; operation: Operation }
  | { is: 'heard'; event: Event }
  | { is: 'printed' }
  | { is: 'corrected'; correction: Correction }
)

export type Speaker = 'till' | 'person' | 'sko' | 'operator' | 'bank'
export type StepName = 'begun' | 'printed' | 'corrected' | Event['type']

/** What was said with it; each stands where there is something to say. */
export type StepFacts = {
  person?: string | undefined
  sum?: number | undefined
  /** The number that its document was to get; the one that it got, and its own time. */
  expected?: number | undefined
  number?: number | undefined
  documentAt?: Moment | undefined
  uid?: string | undefined
  hash?: string | undefined
  /** Of the bank's messages: its own numbers, its code, its business day. */
  stan?: number | undefined
  undoStan?: number | undefined
  rrn?: string | undefined
  auth?: string | undefined
  code?: string | undefined
  day?: number | undefined
  /** The last digits of the card, four at most. */
  card?: string | undefined
  /** What device and operator said when a person decided. */
  device?: Evidence['device'] | undefined
  operator?: NonNullable<Evidence['operator']> | undefined
  unsent?: number | undefined
  said?: string | undefined
}

export type SupportStep = {
  seq: number
  at: Moment
  by: Speaker
  what: StepName
  /** Of a question or of a command: how it ended; null: there was none. */
  verdict: string | null
  /** What the operation became by it. */
  state: StateName | null
  facts: StepFacts
  /** The beginning of the line's hash: enough to find it again. */
  hash: string
}

type Said = Pick<SupportStep, 'by' | 'what' | 'verdict' | 'facts'>

// The first ones tell what was wanted, the last ones what came of it.
const FIRST_STEPS = 40
const LAST_STEPS = 160
const HASH_SHOWN = 16

/** The steps of an operation in their order; of a very long story its beginning and its end. */
export function stepsOf(lines: Iterable<TimelineLine>): { steps: SupportStep[]; left: number } {
  let operation: Operation | null = null
  const first: SupportStep[] = []
  const last: SupportStep[] = []
  let left = 0
  for (const line of lines) {
    if (line.is === 'begun') operation = line.operation
    else if (line.is === 'heard' && operation) operation = heard(operation, line.event) ?? operation
    const { by, what, verdict, facts } = saidIn(line)
    const state = line.is === 'corrected' ? 'registered' : (operation?.state.is ?? null)
    const hash = line.hash.slice(0, HASH_SHOWN)
    const step = { seq: line.seq, at: line.at, by, what, verdict, state, facts, hash }
    if (first.length < FIRST_STEPS) first.push(step)
    else last.push(step)
    if (last.length > LAST_STEPS) left += last.splice(0, last.length - LAST_STEPS).length
  }
  return { steps: [...first, ...last], left }
}

function saidIn(line: TimelineLine): Said {
  switch (line.is) {
    case 'begun': {
      const { cashier: person, expected, sum } = line.operation
      return { by: 'person', what: 'begun', verdict: null, facts: { person, sum, expected } }
    }
    case 'printed':
      return { by: 'till', what: 'printed', verdict: null, facts: {} }
    case 'corrected': {
      const { person, amount: sum } = line.correction
      return { by: 'person', what: 'corrected', verdict: null, facts: { person, sum } }
    }
    case 'heard':
      return saidBy(line.event)
    default:
      return line satisfies never
  }
}

const documentFacts = ({ sealed, document }: Signed): StepFacts => ({
  number: document.number,
  documentAt: document.at,
  uid: sealed.uid,
  hash: sealed.hash,
})

/** The last digits, and no more of them than a receipt shows. */
export const lastDigits = (masked: string | null): string | undefined =>
  masked === null ? undefined : masked.replace(/\D/g, '').slice(-4) || undefined

type Approved = { rrn: string; auth: string; code: string; day: number }
const approvalFacts = ({ rrn, auth, code, day }: Approved): StepFacts => ({ rrn, auth, code, day })

function saidBy(event: Event): Said {
  const { type: what } = event
  const said = (by: Speaker, verdict: string | null, facts: StepFacts = {}): Said => ({
    by,
    what,
    verdict,
    facts,
  })
  switch (event.type) {
    case 'device':
      if (event.outcome === 'done') return said('sko', 'done', documentFacts(event.signed))
      return event.outcome === 'refused'
        ? said('sko', 'refused', { code: event.code, said: event.facts.said })
        : said('sko', event.outcome)
    case 'bank':
      if (event.outcome === 'approved')
        return said('bank', 'approved', approvalFacts(event.approval))
      return event.outcome === 'declined'
        ? said('bank', 'declined', { code: event.code })
        : said('bank', event.outcome)
    case 'told':
      return told(event)
    case 'presented': {
      const { mark, undo, masked } = event.attempt
      const stans = { stan: mark.stan, undoStan: undo.stan }
      return said('till', null, Object.assign({ card: lastDigits(masked) }, stans))
    }
    case 'reversed': {
      const { code, day, done } = event
      return said('bank', done ? 'done' : 'refused', { code, day: day ?? undefined })
    }
    default:
      return ofTillOrPerson(event, said)
  }
}

function told(event: Extract<Event, { type: 'told' }>): Said {
  const by = event.by
  const { verdict } = event
  const facts =
    verdict === 'done'
      ? documentFacts(event.signed)
      : verdict === 'approved'
        ? approvalFacts(event.approval)
        : verdict === 'declined'
          ? { code: event.code }
          : {}
  return { by, what: 'told', verdict, facts }
}

type Rest = Exclude<Event, { type: 'device' | 'bank' | 'told' | 'presented' | 'reversed' }>
type Say = (by: Speaker, verdict: string | null, facts?: StepFacts) => Said

function ofTillOrPerson(event: Rest, said: Say): Said {
  switch (event.type) {
    case 'windowUp':
      return said('till', null, { said: event.blocked ?? undefined })
    case 'dismissed':
      return said('till', event.why, { person: event.person ?? undefined })
    case 'restarted':
    case 'fencing':
      return said('till', null)
    case 'left':
      return said('till', event.lacks ? 'lacks' : null)
    case 'continued':
    case 'gaveUp':
    case 'acknowledged':
      return said('person', null, { person: event.person })
    case 'confirmed': {
      const { number, uid } = event.claim
      return said('person', null, Object.assign(wordFacts(event), { number, uid }))
    }
    case 'denied':
      return said('person', event.proof, wordFacts(event))
    case 'cancelledUnfinished':
      return said('person', event.proof, { person: event.person })
    default:
      return event satisfies never
  }
}

const wordFacts = ({ person, evidence }: { person: string; evidence: Evidence }): StepFacts => ({
  person,
  device: evidence.device,
  operator: evidence.operator ?? undefined,
  unsent: evidence.unsent ?? undefined,
})
