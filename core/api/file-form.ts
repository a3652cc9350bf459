import { z } from 'zod'
import { invalid } from './contract.ts'
import { wrongField } from './wrong-field.ts'

/** What a list is given out in as a file. */
export const fileForms = ['csv', 'xlsx'] as const
export type FileForm = (typeof fileForms)[number]
export const fileForm = z.enum(fileForms)

/** A list's filter, and the form of the file. */
export type FileQuery<Asked> = z.ZodType<Asked & { as: FileForm }>

/** What a file is asked for by; or the first field that makes no sense. */
export function fileAsked<Asked>(query: FileQuery<Asked>, sent: object) {
  const parsed = query.safeParse(sent, { reportInput: true })
  if (parsed.success) return { kind: 'asked' as const, asked: parsed.data }
  const { field, fault, facts } = wrongField(parsed.error.issues[0])
  return invalid(field, fault, facts)
}
