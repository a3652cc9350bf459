import type { EvidenceView } from '#core/api/evidence.ts'
import type { OperationView } from '#core/api/register.ts'
import type { FiscalDocument, Sealed } from '#core/document/document.ts'
import { readClaim } from '#core/register/claim.ts'
import { MINUTE, printedMoment } from '#core/time.ts'
import { TOKEN } from '#shop/enrolment.ts'
import { carriedFrom } from './carried-answer.ts'
import { correct } from './correction.ts'
import { type Desk, get, operationOf, post, statusOf } from './desk.ts'
import { staffDecide } from './staff-word.ts'
import { isClaimOf } from './word-audit.ts'

// What people do about an operation that stands open: the dialog S1.1 and the red receipt of §3.

/** One look at an open operation, and one step. */
export async function stepTowardsEnd(desk: Desk, id: string): Promise<void> {
  const operation = await operationOf(desk, id)
  switch (operation?.state) {
    case 'waiting':
      return answerDialog(desk, id)
    case 'red':
      if (operation.may.includes('cancelUnfinished')) return undo(desk, operation)
      return desk.careful || desk.dice.chance(0.4)
        ? resolve(desk, operation)
        : guess(desk, operation)
    default:
      await desk.shop.clock.rest(desk.dice.int(500, 2000))
  }
}

async function answerDialog(desk: Desk, id: string): Promise<void> {
  await desk.shop.clock.rest(desk.dice.span(500, 20_000))
  const givesUp = desk.dice.chance(desk.careful ? 0.15 : 0.4)
  await post(desk, `/api/operations/${id}/${givesUp ? 'give-up' : 'continue'}`)
}

/** §3.1: the register is given its time, device and operator are asked, then a word is said. */
async function resolve(desk: Desk, operation: OperationView): Promise<void> {
  const { id } = operation
  const { dice, shop } = desk
  const status = await statusOf(desk)
  if (status?.clearing && dice.chance(0.7)) {
    await shop.clock.rest(dice.int(2000, 15_000))
    return
  }
  const told = await get(desk, `/api/operations/${id}/evidence`)
  if (told?.status !== 200) return
  const evidence = told.body as EvidenceView
  if (!evidence.document && dice.chance(0.35)) staffDecide(desk, operation)
  if (!evidence.document && (await brings(desk, operation))) return
  const document = evidence.document ?? phoned(desk, id)
  if (document) {
    const { number, at, uid } = document
    await say(desk, id, { number: String(number), at: printedMoment(at), uid })
    return
  }
  const isKnown = ['never', 'lacks'].includes(evidence.device) || evidence.operator === 'never'
  // §3.1: the operator's «no» is worth something once everything has been sent.
  if (isKnown || evidence.unsent === 0) return deny(desk, id)
  await shop.clock.rest(dice.span(5000, 60_000))
}

/** S3.9: the unfinished operation is cancelled, once the register was given its time. */
async function undo(desk: Desk, { id }: OperationView): Promise<void> {
  const { dice, shop } = desk
  const status = await statusOf(desk)
  if (status?.clearing && dice.chance(0.7)) {
    await shop.clock.rest(dice.int(2000, 15_000))
    return
  }
  const told = await post(desk, `/api/operations/${id}/cancel-unfinished`)
  desk.wanted.again = told?.status === 200
}

/** The operator must be asked by the rules: its people look into what they have. */
function phoned({ shop }: Desk, id: string): { number: number; at: number; uid: string } | null {
  const sealed = shop.operator.disk.get(TOKEN)?.byOperation.get(id)
  if (!sealed) return null
  const { number, at }: FiscalDocument = JSON.parse(sealed.body)
  return { number, at, uid: sealed.uid }
}

/** C2b: she takes the operator's answer in its cabinet, where it has one, and carries it here. */
async function brings(desk: Desk, { id, expected }: OperationView): Promise<boolean> {
  const { dice, shop } = desk
  const asked = { operation: id, expected, at: shop.now(), key: shop.operatorKeys.key }
  const answer = carriedFrom(shop.operator.disk, asked)
  if (!answer || dice.chance(0.5)) return false
  const told = await post(desk, `/api/operations/${id}/answer`, { answer })
  desk.wanted.again = told?.body.state === 'failed'
  return true
}

type Typed = { number: string; at: string; uid: string }

/** Confirms with what is in the form; what is wrong in it is counted. */
async function say(desk: Desk, id: string, typed: Typed): Promise<void> {
  const claim = readClaim(typed)
  const made = desk.audit.truth.byOperation.get(id)
  if ('field' in claim || !isClaimOf(claim, made)) desk.shop.tally.counts.typedWrong += 1
  await post(desk, `/api/operations/${id}/confirm`, typed)
}

/** Denies; the customer still wants what he came for. */
async function deny(desk: Desk, id: string): Promise<void> {
  const told = await post(desk, `/api/operations/${id}/deny`)
  desk.wanted.again = told?.body.state === 'failed'
}

/** The careless one: whatever makes the red go away. */
async function guess(desk: Desk, { id }: OperationView): Promise<void> {
  const { dice, shop } = desk
  await shop.clock.rest(dice.span(500, 30_000))
  // Figures corrected while a receipt is red would be wrong once it is cleared up (S4.3).
  if (dice.chance(0.2)) await correct(desk)
  if (dice.chance(0.35)) return deny(desk, id)
  await say(desk, id, mistyped(desk, id))
}

/** Data of the right document with a slip in them, of its neighbour, or made up. */
function mistyped({ dice, audit, shop }: Desk, id: string): Typed {
  const { documents, byOperation } = audit.truth
  const own = byOperation.get(id) ?? documents.at(-1)
  const neighbour = dice.any(documents.slice(-5)) ?? own
  const number = own?.document.number ?? 1
  const at = own?.document.at ?? shop.now()
  const right = { number: String(number), at: printedMoment(at), uid: own?.sealed.uid ?? '' }
  switch (dice.weighted({ number: 3, at: 3, uid: 3, neighbour: 3, invented: 3, nonsense: 1 })) {
    case 'number':
      return { ...right, number: String(Math.max(1, number + dice.pick([-1, 1, 10]))) }
    case 'at':
      return { ...right, at: printedMoment(at + dice.pick([-1, 1]) * dice.span(1000, 9e7)) }
    case 'uid':
      return { ...right, uid: slipped(dice.int(0, 15), right.uid) }
    case 'neighbour':
      return neighbour ? typedOf(neighbour) : right
    case 'invented':
      return invented({ number: documents.length + 1, at: shop.now() - MINUTE, uid: right.uid })
    case 'nonsense':
      return { number: dice.pick(['0', '-1', '1.5', 'five']), at: 'yesterday', uid: right.uid }
  }
}

const typedOf = ({ document, sealed }: { document: FiscalDocument; sealed: Sealed }): Typed => ({
  number: String(document.number),
  at: printedMoment(document.at),
  uid: sealed.uid,
})

const invented = ({ number, at, uid }: { number: number; at: number; uid: string }): Typed => ({
  number: String(number),
  at: printedMoment(at).slice(0, 16),
  uid: `${'0123456789ABCDEF'}${uid.slice(16)}`,
})

const slipped = (place: number, uid: string): string =>
  uid.slice(0, place) + (uid[place] === '7' ? '1' : '7') + uid.slice(place + 1)
