import type { Replacement } from '#core/register/replacement.ts'
import type { OperatorLink } from './operator.ts'
import type { SkoLink } from './sko.ts'

// Operations of a device that was replaced: it is gone, and its successor never saw them. Whatever
// becomes of them the operator tells by the chain that it has sealed.

type Since = (operation: string) => Replacement | null

/** Nothing of a former device's is sent to its successor, nor asked of it. */
export function withoutFormer(sko: SkoLink, since: Since): SkoLink {
  const silent = { verdict: 'silent' } as const
  return Object.assign({}, sko, {
    fiscalise: async (operation) =>
      since(operation.id)
        ? ({ type: 'device', outcome: 'unknown' } as const)
        : sko.fiscalise(operation),
    outcome: async (operation) => (since(operation.id) ? silent : sko.outcome(operation)),
    abandon: async (operation) => (since(operation.id) ? silent : sko.abandon(operation)),
  } satisfies Partial<SkoLink>)
}

/** The operator is asked about the device that an operation was begun with. */
export function ofEachDevice(
  operator: OperatorLink,
  since: Since,
  open: (replacement: Replacement) => OperatorLink,
): OperatorLink {
  const links = new Map<string, OperatorLink>()
  const linkOf = (id: string): OperatorLink => {
    const replacement = since(id)
    if (!replacement) return operator
    const { serial } = replacement.former
    const known = links.get(serial) ?? open(replacement)
    links.set(serial, known)
    return known
  }
  return Object.assign({}, operator, {
    // A memory that cannot be read is an answer that fails, beside others that are waited for.
    outcome: async (operation) => linkOf(operation.id).outcome(operation),
  } satisfies Partial<OperatorLink>)
}
