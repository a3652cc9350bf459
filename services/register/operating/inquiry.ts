import type { Claim, Event, Evidence, Operation } from '#core/register/operation.ts'
import type { Moment } from '#core/time.ts'
import type { DeviceVerdict } from '../links/numbered.ts'
import type { OperatorLink, OperatorVerdict, StaffSays } from '../links/operator.ts'
import type { SkoLink } from '../links/sko.ts'
import type { RegisterStore } from '../memory/store.ts'

// What became of an operation, asked of those who may know, as an event of the machine.

type Links = { sko: SkoLink; operator: OperatorLink }

/**
 * Whoever can tell, the device first; giving up is what makes «never» a fact (R1). `word`: nobody
 * can, but the operator's people have said something (C2b).
 */
export async function decide({ sko, operator }: Links, operation: Operation): Promise<Decided> {
  const heard = await settleVerdict(sko, operation, await sko.outcome(operation))
  const byDevice = toldBy('sko', heard)
  if (byDevice) return { event: byDevice, word: null }
  const other = await operator.outcome(operation)
  const event = toldBy('operator', other)
  const said = other.verdict === 'cannot-tell' ? other.word : null
  // A device that is at it will tell by itself.
  if (event || !said || heard.verdict === 'busy') return { event, word: null }
  const evidence = { device: heard.verdict, operator: other.verdict, unsent: null }
  return { event: null, word: Object.assign({ evidence }, said) }
}

export type Decided = {
  event: Event | null
  word: (StaffSays & { evidence: Evidence }) | null
}

/** Clearing is off: only which of the two red receipts it is may follow from a look (R5). */
export async function look({ sko }: Links, operation: Operation): Promise<Event | null> {
  return operation.authorisation === 'approved' ? leftWith(await sko.outcome(operation)) : null
}

export const settleVerdict = async (
  sko: SkoLink,
  operation: Operation,
  asked: DeviceVerdict,
): Promise<DeviceVerdict> => (asked.verdict === 'lacks' ? sko.abandon(operation) : asked)

/** Null: nothing was said that decides. */
export function toldBy(
  by: 'sko' | 'operator',
  heard: DeviceVerdict | OperatorVerdict,
): Event | null {
  switch (heard.verdict) {
    case 'done':
      return { type: 'told', by, verdict: 'done', signed: heard.signed }
    case 'never':
      return { type: 'told', by, verdict: 'never' }
    case 'lacks':
    case 'busy':
    case 'away':
    case 'silent':
    case 'distrusted':
    case 'cannot-tell':
      return null
    default:
      return heard satisfies never
  }
}

/** Null: worth asking again. */
export function leftWith({ verdict }: DeviceVerdict): Event | null {
  switch (verdict) {
    case 'done':
      return { type: 'left', lacks: false }
    case 'never':
    case 'lacks':
      return { type: 'left', lacks: true }
    case 'busy':
    case 'away':
    case 'silent':
    case 'distrusted':
      return null
    default:
      return verdict satisfies never
  }
}

/** What the register itself knows that a claim can be held against. */
export const ownOf = (
  { store, sko, now }: { store: RegisterStore; sko: SkoLink; now: () => Moment },
  { id }: Operation,
  { number, uid }: Claim,
) => ({
  now: now(),
  registerNumber: store.issuer()?.registerNumber ?? null,
  byNumber: store.documentByNumber(store.replacementSince(id)?.former.serial ?? sko.token, number),
  byUid: store.documentByUid(uid),
})
