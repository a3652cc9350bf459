import type { Event, Operation } from '#core/register/operation.ts'
import type { DeviceVerdict } from '../links/numbered.ts'
import type { OperatorLink, OperatorVerdict } from '../links/operator.ts'
import type { SkoLink } from '../links/sko.ts'

// What became of an operation, asked of those who may know, as an event of the machine.

type Links = { sko: SkoLink; operator: OperatorLink }

/** Whoever can tell, the device first; giving up is what makes «never» a fact (R1). */
export async function decide(
  { sko, operator }: Links,
  operation: Operation,
): Promise<Event | null> {
  const heard = await settleVerdict(sko, operation, await sko.outcome(operation))
  return toldBy('sko', heard) ?? toldBy('operator', await operator.outcome(operation))
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
