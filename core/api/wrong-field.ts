import type { z } from 'zod'
import type { Facts } from './facts.ts'
import { type FieldFault, isFieldFault } from './field-fault.ts'

export type WrongField = { field: string; fault: FieldFault; facts: Facts }

const isLong = (origin: string): boolean => origin === 'string' || origin === 'array'
const limitOf = (limit: number | bigint): Facts => ({ limit: Number(limit) })

/** What is wrong by zod's issue; the parse reports its input, or what is missing looks wrong. */
export function wrongField(issue: z.core.$ZodIssue | undefined): WrongField {
  const at = (issue?.path ?? []).join('.')
  const wrong = (fault: FieldFault, facts: Facts = {}, field = at || 'body'): WrongField => ({
    field,
    fault,
    facts,
  })
  if (!issue) return wrong('malformed')
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    return wrong('unknown-field', {}, at ? `${at}.${key}` : key)
  }
  if (issue.input === undefined && issue.code !== 'custom') return wrong('missing')
  switch (issue.code) {
    case 'custom':
      return isFieldFault(issue.params?.fault)
        ? wrong(issue.params.fault, (issue.params.facts as Facts | undefined) ?? {})
        : wrong('malformed')
    case 'invalid_type':
      return wrong('wrong-type', { name: issue.expected })
    case 'too_small':
      return wrong(isLong(issue.origin) ? 'too-short' : 'too-small', limitOf(issue.minimum))
    case 'too_big':
      return wrong(isLong(issue.origin) ? 'too-long' : 'too-big', limitOf(issue.maximum))
    case 'invalid_value':
      return wrong('not-one-of', { options: issue.values.map(String) })
    case 'invalid_format':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
      return wrong('malformed')
    default:
      return issue satisfies never
  }
}
