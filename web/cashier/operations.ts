import type { Invalid, Refused } from '#core/api/contract.ts'
import type { OperationRequest } from '#core/api/operation-request.ts'
import { type OperationView, registerEvents, type Status } from '#core/api/register.ts'
import { never } from '#core/assert.ts'
import { operationsWords } from '#core/words/operations.ts'
import { tillWords } from '#core/words/till.ts'
import { elapsedNow, go, pause } from '#web/ui/hooks.ts'
import { wordsNow } from '#web/ui/language.ts'
import { play } from '#web/ui/sounds.ts'
import type { Trouble as Answer } from '#web/ui/trouble.ts'
import { emptyBasket } from './basket.ts'
import { register } from './register.ts'
import { type Route, routeOf } from './routes.ts'
import { newId, setBasket, setSending, type Till, till } from './till.ts'
import { operationIn, refusalIn, type Trouble } from './trouble.ts'

const REPEAT_MS = 1500

// A reversal goes on for itself, maybe for days: nobody waits for it.
export const isAtRest = (view: OperationView): boolean =>
  ['registered', 'failed', 'cancelled', 'reversing'].includes(view.state)

// The operation that has its loop already: a sign-in must not start a second one.
let followed: string | null = null

const goesOn = (view: OperationView): boolean =>
  view.state === 'warned' ||
  view.state === 'intended' ||
  view.state === 'waiting' ||
  view.state === 'asking'

/** Asks the register for an operation and stays with it until its end is known. */
export function carryOut(request: OperationRequest): void {
  const { sending, session } = till.get()
  if (sending) {
    till.set({ notice: wordsNow(tillWords).messages.waitForBegun })
    return
  }
  till.set({ trouble: null, notice: null })
  setSending({ request, by: session?.user ?? '', lost: false, fresh: true })
  void follow(request)
}

/** After a reload or a new sign-in: the same request again, which the register knows by its id. */
export function resume(): void {
  const { sending } = till.get()
  if (sending) void follow(sending.request)
  else void checkBasket()
}

/** Another person asked for it: it is followed where it was begun, and not begun in this name. */
const isOthers = ({ sending, session }: Till): boolean =>
  sending !== null && session != null && session.user !== sending.by

async function follow(request: OperationRequest): Promise<void> {
  if (followed === request.id) return
  followed = request.id
  await untilKnown(request)
  followed = null
}

async function untilKnown(request: OperationRequest): Promise<void> {
  const { id } = request
  let begun = false
  while (till.get().sending?.request.id === id) {
    const onlyLook = begun || isOthers(till.get())
    const answer = await newest(id, () =>
      onlyLook ? register.operation({ id }) : register.begin(request),
    )
    switch (answer.kind) {
      case 'done':
        begun = true
        showLost(false)
        hear(answer.value)
        break
      case 'refused':
        // Whatever may have left before is followed after the sign-in.
        if (answer.code === 'session.required') {
          if (!onlyLook && till.get().sending?.fresh) notBegun(request)
          return
        }
        if (!onlyLook) refused(request, answer)
        else if (answer.code === 'operation.unknown') notBegun(request)
        break
      case 'invalid':
        refused(request, answer)
        break
      case 'unsent':
      case 'unknown':
        // Not «no»: the register may have done it. The same id asked again tells.
        showLost(true)
        break
      default:
        never(answer, 'answer')
    }
    if (till.get().sending) await pause(REPEAT_MS)
  }
}

function showLost(lost: boolean): void {
  const { sending } = till.get()
  if (!sending || sending.lost === lost) return
  setSending({ ...sending, lost, fresh: sending.fresh && !lost })
}

function refused(request: OperationRequest, why: Refused | Invalid): void {
  setSending(null)
  const code = refusalIn(why)
  // These two say that the id is taken; every other refusal left it unused.
  if (code === 'operation.failed') renewBasket(request.id)
  // It has served, or its shift is over: what is wanting is said when it is asked for anew.
  if (code === 'grant.void') setBasket({ ...till.get().basket, grant: null })
  if (code === 'operation.differs') void checkBasket()
  // N10: what somebody else may let is asked of her on the spot.
  if (why.kind === 'refused' && isLendable(why)) {
    const { lent: _, ...asked } = request
    const { kind: what, sum } = request
    const carryOn = (lent: string) => carryOut({ ...asked, lent })
    till.set({ wanting: { why, what, sum, asked: { request: asked }, carryOn } })
  } else till.set({ trouble: why })
}

/** The whole of it was turned away for a right, and somebody here has it. */
export const isLendable = ({ code, facts: { reason, holders = [] } }: Refused): boolean =>
  code === 'right.required' && reason === undefined && holders.length > 0

function notBegun({ kind }: OperationRequest): void {
  setSending(null)
  till.set({ trouble: { kind: 'not-begun', of: kind } })
}

function renewBasket(id: string): void {
  const { basket } = till.get()
  if (basket.id === id) setBasket({ ...basket, id: newId() })
}

/** A8: what the basket's sale came to while this page did not look. */
export async function checkBasket(): Promise<void> {
  const { id } = till.get().basket
  if (id === null || till.get().sending) return
  const answer = await register.operation({ id })
  if (answer.kind === 'done') settleBasket(answer.value)
}

/** A basket whose sale is registered is empty; one whose sale came to nothing is a new one. */
function settleBasket(view: OperationView): void {
  if (till.get().basket.id !== view.id) return
  if (view.state === 'registered') setBasket(emptyBasket)
  else if (isAtRest(view)) renewBasket(view.id)
}

type Looked = Awaited<ReturnType<typeof register.operation>>
type Viewed = { kind: 'done'; value: OperationView } | Exclude<Answer, { kind: 'done' }>

// How often each operation was heard of: what was asked before the last time may be older than it.
const timesHeard = new Map<string, number>()
const heardOf = (id: string): number => timesHeard.get(id) ?? 0

/** Answers and events overtake each other: an answer that an event overtook is asked for anew. */
async function newest<A extends Viewed>(id: string, ask: () => Promise<A>) {
  let before = heardOf(id)
  let answer: A | Looked = await ask()
  while (answer.kind === 'done' && !isAtRest(answer.value) && heardOf(id) !== before) {
    before = heardOf(id)
    answer = await register.operation({ id })
  }
  return answer
}

/** A step of an operation, heard from an answer or from the register's events. */
export function hear(view: OperationView): void {
  const { open, sending } = till.get()
  timesHeard.set(view.id, heardOf(view.id) + 1)
  const others = open.filter((known) => known.id !== view.id)
  const ours = sending?.request.id === view.id
  // Red and reversing wait for a person or a bank, maybe for days: the register guards the rest.
  if (ours && !goesOn(view)) setSending(null)
  if (!isAtRest(view)) {
    till.set({ open: [...others, view] })
    return
  }
  // An answer that its event has overtaken changes nothing, and nothing is drawn for it.
  if (others.length < open.length) till.set({ open: others })
  // Another tab's sale too: whoever has paid must not pay again.
  settleBasket(view)
  if (ours || others.length < open.length) conclude(view)
}

// A refund or an annulment begun from the receipt that it undoes; its own receipt is another.
const isUndoing = ({ kind, id }: OperationView, route: Route): boolean =>
  (kind === 'refund' && route.at === 'refund') ||
  (kind === 'annulment' && route.at === 'receipt' && route.id !== id)

function noticeOfEnd({ proof, number }: OperationView, what: string): string {
  const words = wordsNow(tillWords).messages
  if (proof === 'unproved') return words.unproved(what)
  return proof === 'attested' ? words.attested(what) : words.completed(what, number ?? 0)
}

function conclude(view: OperationView): void {
  const titles = wordsNow(operationsWords).kinds
  const words = wordsNow(tillWords).messages
  if (view.state !== 'registered') {
    // What ended by itself has a notice of its own, which stays; a person knows what she said.
    if (view.notice) return
    if (view.message?.code === 'operation.denied') {
      till.set({ notice: words.denied(titles[view.kind]) })
      return
    }
    if (view.state === 'cancelled') {
      const told = view.kind === 'sale' ? words.cancelledSale : words.cancelledRefund
      till.set({ notice: told(titles[view.kind]) })
      return
    }
    till.set({ trouble: { kind: 'ended', message: view.message } })
    return
  }
  if (view.kind === 'sale') play('paid')
  const route = routeOf(location.hash)
  const { at } = route
  if (view.kind === 'shift-opening') {
    till.set({ notice: words.shiftOpened(view.shift ?? 0) })
  } else if (
    isUndoing(view, route) ||
    at === view.kind ||
    (at === 'close-shift' && view.kind === 'shift-closing')
  ) {
    till.set({ ended: view })
    go(`#/done/${view.id}`)
  } else if (!view.notice) {
    const what = titles[view.kind]
    till.set({ notice: noticeOfEnd(view, what) })
  }
}

/** An event of the register, parsed by its contract; what does not parse is left alone. */
export function heard(name: string, data: unknown): void {
  if (name === 'operation') {
    const view = registerEvents.operation.safeParse(data)
    if (view.success) hear(view.data)
    return
  }
  const status = registerEvents.status.safeParse(data)
  if (!status.success) return
  const { trouble, status: before } = till.get()
  // Another version of the register has another page.
  if (before && before.version !== status.data.version) {
    location.reload()
    return
  }
  till.set({ status: status.data, heardAt: elapsedNow() })
  if (trouble && isOver(trouble, status.data)) till.set({ trouble: null })
  const known = till.get().open.map((view) => view.id)
  const told = status.data.open
  for (const id of told) if (!known.includes(id)) void look(id)
  for (const id of known) if (!told.includes(id)) void look(id)
}

/** What a refusal was about has passed: it must not contradict what stands beside it. */
function isOver(trouble: Trouble, { open, ...now }: Status): boolean {
  const operation = operationIn(trouble)
  switch (refusalIn(trouble)) {
    case 'operation.red':
    case 'operation.open':
      return operation !== undefined && !open.some((id) => id === operation)
    case 'unsent.over7days':
      return !now.upload?.stopped
    case 'shift.over24h':
      return !now.shift?.mustClose
    case 'shift.blocked':
      return !now.measures.some(({ kind, inForce }) => kind === 'block' && inForce)
    case 'shift.closed':
      return now.shift !== null
    case 'drawer.not-empty':
      return now.cash === 0
    case 'sko.away':
      return now.sko === 'connected'
    default:
      return false
  }
}

async function look(id: string): Promise<void> {
  const answer = await newest(id, () => register.operation({ id }))
  if (answer.kind === 'done') hear(answer.value)
}

/** Continue and give up of dialog S1.1. Null: it went on; `away`: still no device. */
export async function answerWaiting(
  id: string,
  word: 'continue' | 'giveUp',
): Promise<Answer | 'away' | null> {
  till.set({ answering: id, trouble: null })
  const answer = await newest(id, () => register[word]({ id }))
  till.set({ answering: null })
  if (answer.kind === 'done') {
    hear(answer.value)
    return answer.value.state === 'waiting' ? 'away' : null
  }
  if (answer.kind === 'refused') await look(id)
  return answer
}
