import type { Status } from '#core/api/register.ts'
import type { Operation } from '#core/register/operation.ts'
import { isUnproved } from '#core/register/standing.ts'
import {
  type NeighbourSaid,
  type SaidWord,
  type SupportAct,
  type SupportAsked,
  type SupportFile,
  type SupportOperation,
  supportBounds,
  type Unheard,
} from '#core/support/file.ts'
import { withoutSecrets } from '#core/support/redaction.ts'
import { type StepFacts, stepsOf } from '#core/support/steps.ts'
import { DAY, HOUR, type Moment } from '#core/time.ts'
import type { Language } from '#core/words/language.ts'
import type { ActLine, ShopActFilter } from '../memory/acts.ts'
import { briefOf } from '../memory/brief.ts'
import type { Listed } from '../memory/reading.ts'
import type { Register } from '../register.ts'
import { healthOf, settingsOf } from './support-state.ts'

// What of the till, its operations and its neighbours helps whoever is not there (K6). The others
// are only asked; what they do not answer in time stays said as that.

type Request = { asked: SupportAsked; madeBy: string; language: Language }

/** Gathers the file: bounded in size, and begins no question after ten seconds. */
export async function gatherSupport(
  register: Register,
  status: Status,
  request: Request,
): Promise<SupportFile> {
  const { now, engine } = register
  const { asked } = request
  const begunAt = now()
  const heard = await neighboursNow(register)
  const ids = idsOf(register, asked)
  const operations: SupportOperation[] = []
  let questions = 0
  for (const id of ids.slice(0, supportBounds.operations)) {
    await engine.giveWay()
    const listed = register.store.listed(id)
    if (!listed) continue
    const isWanted = asked.is === 'operation' || isUnsettled(listed)
    const isInTime = questions < supportBounds.asked && now() - begunAt < supportBounds.askingMs
    if (isWanted) questions += 1
    const told = isWanted ? await wordsOf(register, listed, isInTime) : []
    operations.push(operationOf(register, listed, told))
  }
  const file: SupportFile = {
    format: 'zpos-support',
    version: 1,
    madeAt: begunAt,
    ...request,
    till: tillOf(register, status),
    heard,
    health: healthOf(register, status),
    settings: settingsOf(register),
    operations,
    isCut: ids.length > supportBounds.operations,
    acts: actsOf(register, asked, operations.at(-1)?.begunAt ?? null),
  }
  return withoutSecrets(file)
}

/** One more than there is room for tells that there were more. */
function idsOf({ store }: Register, asked: SupportAsked): string[] {
  const most = supportBounds.operations + 1
  switch (asked.is) {
    case 'operation':
      return [asked.operation]
    case 'day': {
      const { from, until } = dayOf(asked.day)
      return store.operationsBetween(from, until, most)
    }
    case 'last':
      return store.lastBegun(asked.count)
    default:
      return asked satisfies never
  }
}

/** A day in Minsk. */
const dayOf = (day: string): { from: Moment; until: Moment } => {
  const from = Date.parse(`${day}T00:00:00Z`) - 3 * HOUR
  return { from, until: from + DAY }
}

const isUnsettled = ({ operation }: Listed): boolean =>
  operation.kind !== 'correction' &&
  (operation.notice !== null ||
    isUnproved(operation) ||
    !['registered', 'failed', 'cancelled'].includes(operation.state.is))

function tillOf({ store, sko, equipment, version }: Register, { issuer }: Status) {
  const known = issuer ?? store.issuer()
  return {
    company: known?.company ?? null,
    unp: known?.unp ?? null,
    registerNumber: known?.registerNumber ?? null,
    device: sko.token,
    equipment,
    version,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  }
}

type Question = () => Promise<{ verdict: SaidWord | Unheard; facts?: StepFacts }>

const timed = async (
  register: Register,
  who: NeighbourSaid['who'],
  ask: Question,
): Promise<NeighbourSaid> => {
  const begunAt = register.now()
  const { verdict, facts = {} } = await ask()
  return { who, verdict, ms: Math.max(0, register.now() - begunAt), facts }
}

/** Whether each of them is there, and is who it seems. */
function neighboursNow(register: Register): Promise<NeighbourSaid[]> {
  const { device, operator, billing, trust, hasTerminal, equipment } = register
  const silent = (who: NeighbourSaid['who']): { verdict: Unheard } => ({
    verdict: trust.distrusted().includes(who) ? 'distrusted' : 'silent',
  })
  const absent = (who: NeighbourSaid['who']): NeighbourSaid => ({
    who,
    verdict: 'not-there',
    ms: null,
    facts: {},
  })
  return Promise.all([
    timed(register, 'sko', async () => {
      const state = await device.refresh()
      if (!state) return silent('sko')
      return { verdict: 'answers', facts: { number: state.nextNumber - 1, hash: hashIn(state) } }
    }),
    timed(register, 'operator', async () =>
      (await operator.answers()) ? { verdict: 'answers' } : silent('operator'),
    ),
    hasTerminal ? timed(register, 'bank', () => bankNow(register)) : absent('bank'),
    equipment === null
      ? absent('office')
      : timed(register, 'office', async () =>
          (await billing.ask()) ? { verdict: 'answers' } : silent('office'),
        ),
  ])
}

const hashIn = ({ lastHash }: { lastHash: string | null }): string | undefined =>
  lastHash ?? undefined

async function bankNow({ echo }: Register): ReturnType<Question> {
  const heard = await echo()
  if (heard.kind === 'connected') return { verdict: 'answers', facts: { day: heard.day } }
  return withoutWord(heard)
}

type BankAnswer = Awaited<ReturnType<Register['echo']>>

/** How the bank did not come to answer what it was asked. */
function withoutWord(
  heard: Exclude<BankAnswer, { kind: 'connected' }>,
): Awaited<ReturnType<Question>> {
  switch (heard.kind) {
    case 'refused':
      return { verdict: 'refused', facts: { code: heard.code } }
    case 'silent':
      return { verdict: heard.isForged ? 'distrusted' : 'silent' }
    case 'unsent':
    case 'unclear':
      return { verdict: 'silent' }
    default:
      return heard satisfies never
  }
}

/** What each of them says of an operation now; asking changes nothing. */
async function wordsOf(register: Register, { operation }: Listed, isInTime: boolean) {
  if (operation.kind === 'correction') return []
  const who = ['sko', 'operator', ...(operation.card?.attempt ? ['bank' as const] : [])] as const
  if (!isInTime) {
    return who.map(
      (each): NeighbourSaid => ({ who: each, verdict: 'not-asked', ms: null, facts: {} }),
    )
  }
  const ask = {
    sko: () => deviceOn(register, operation),
    operator: () => operatorOn(register, operation),
    bank: () => bankOn(register, operation),
  }
  return Promise.all(who.map((each) => timed(register, each, ask[each])))
}

async function deviceOn({ sko }: Register, operation: Operation): ReturnType<Question> {
  const heard = await sko.outcome(operation)
  if (heard.verdict === 'done') return { verdict: 'done', facts: documentFacts(heard.signed) }
  return { verdict: heard.verdict === 'away' ? 'silent' : heard.verdict }
}

async function operatorOn({ operator }: Register, operation: Operation): ReturnType<Question> {
  const heard = await operator.outcome(operation)
  if (heard.verdict === 'done') return { verdict: 'done', facts: documentFacts(heard.signed) }
  return { verdict: heard.verdict }
}

async function bankOn({ terminal }: Register, operation: Operation): ReturnType<Question> {
  const heard = await terminal.inquired(operation)
  if (!heard) return { verdict: 'not-asked' }
  if (heard.kind !== 'told') return withoutWord(heard)
  if (heard.fate === 'never') return { verdict: 'never' }
  if (heard.fate === 'declined') return { verdict: 'declined', facts: { code: heard.code } }
  const { rrn, auth, code, day, sum } = heard
  return { verdict: heard.fate, facts: { rrn, auth, code, day, sum: sum ?? undefined } }
}

const documentFacts = ({ sealed, document }: NonNullable<Operation['signed']>): StepFacts => ({
  number: document.number,
  documentAt: document.at,
  uid: sealed.uid,
  hash: sealed.hash,
})

function operationOf(
  { store, device }: Register,
  { operation, printedAt }: Listed,
  heard: readonly NeighbourSaid[],
): SupportOperation {
  const brief = briefOf(operation)
  const isFiscal = operation.kind !== 'correction'
  const signed = isFiscal ? operation.signed : null
  const stored = device.known()?.stored ?? null
  const { steps, left } = stepsOf(store.timeline(operation.id))
  return {
    id: operation.id,
    kind: operation.kind,
    of: isFiscal ? operation.of : null,
    cashier: brief.cashier,
    begunAt: isFiscal ? operation.begunAt : operation.at,
    sum: brief.sum,
    payments: brief.payments.map(({ means, sum }) => ({ means, sum })),
    lines: signed?.document.lines.length ?? 0,
    state: brief.state,
    proof: brief.proof,
    code: isFiscal && operation.state.is === 'failed' ? operation.state.code : null,
    document: signed && {
      number: signed.document.number,
      documentAt: signed.document.at,
      uid: signed.sealed.uid,
      hash: signed.sealed.hash,
    },
    stored: signed && stored !== null ? signed.document.number <= stored : null,
    printedAt,
    heard,
    steps,
    left,
  }
}

/** Acts of the operation, of the day, or since the oldest of the last operations. */
function actsOf({ acts }: Register, asked: SupportAsked, oldest: Moment | null): SupportAct[] {
  const filter: ShopActFilter =
    asked.is === 'operation'
      ? { search: asked.operation }
      : asked.is === 'day'
        ? dayOf(asked.day)
        : { from: oldest ?? undefined }
  const lines = acts.page(filter, { before: null, limit: supportBounds.acts })
  return lines.reverse().map(actOf)
}

function actOf({ seq, at, person, what, facts, isWhole }: ActLine): SupportAct {
  const { operation = null, kind = null, sum = null, right, code, changes = [] } = facts
  const changed = changes.map(({ field }) => field)
  const told = code ?? right ?? null
  return { seq, at, person, what, operation, kind, sum, code: told, changed, isWhole }
}
