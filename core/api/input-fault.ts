import { z } from 'zod'
import type { Facts } from './facts.ts'
import type { FieldFault } from './field-fault.ts'
import { parseJson } from './json.ts'

// What is wrong with an input whatever its contract says, found before any schema looks at it.

export type InputFault = { field: string; fault: FieldFault; facts: Facts }

/** Deeper than any contract nests. */
const DEEPEST = 32
/** Of a field's name in an answer. */
const LONGEST_SHOWN = 64

const wrong = (path: readonly string[], fault: FieldFault, facts: Facts = {}): InputFault => ({
  field: path.filter((name) => name !== '').join('.') || 'body',
  fault,
  facts,
})

/**
 * What a text of JSON says that its value does not show any more: a name that stands twice in an
 * object (whoever reads it may take either), and nesting that takes a stack to read. One pass, and
 * no sentence on what is no JSON: the parser says that.
 */
export function textFault(text: string, { repeats = true } = {}): InputFault | null {
  const path: string[] = []
  const seen: (Set<string> | null)[] = []
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]
    if (letter === '"') {
      const end = endOfString(text, at)
      const names = seen.at(-1)
      if (names && isName(text, end + 1)) {
        const name = nameIn(text.slice(at, end + 1))
        path[seen.length - 1] = name.slice(0, LONGEST_SHOWN)
        if (repeats && names.has(name)) return wrong(path.slice(0, seen.length), 'repeated')
        names.add(name)
      }
      at = end
    } else if (letter === '{' || letter === '[') {
      if (seen.length === DEEPEST) {
        return wrong(path.slice(0, 3), 'too-deep', { limit: DEEPEST })
      }
      path[seen.length] = ''
      seen.push(letter === '{' ? new Set() : null)
    } else if (letter === '}' || letter === ']') seen.pop()
  }
  return null
}

/** A name may be written with escapes: it stands twice all the same. */
const nameIn = (quoted: string): string =>
  quoted.includes('\\') ? String(parseJson(quoted) ?? quoted) : quoted.slice(1, -1)

const COLON = /[ \t\n\r]*:/y

function isName(text: string, after: number): boolean {
  COLON.lastIndex = after
  return COLON.test(text)
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text[end - 1 - slashes] === '\\') slashes += 1
    if (slashes % 2 === 0) return end
  }
  return text.length
}

/** A text that no store and no paper takes: with a NUL, or half of a character of two halves. */
const isWritable = (text: string): boolean => !/\0|\p{Cs}/u.test(text)

/** The first text in a parsed input, or name of a field, that cannot be written anywhere. */
export function valueFault(value: unknown, path: readonly string[] = []): InputFault | null {
  if (typeof value === 'string') return isWritable(value) ? null : wrong(path, 'unwritable')
  if (typeof value !== 'object' || value === null) return null
  for (const [name, inner] of Object.entries(value)) {
    if (!isWritable(name)) return wrong(path, 'unwritable')
    const fault = valueFault(inner, [...path, name])
    if (fault) return fault
  }
  return null
}

/** The first field that a contract does not know, however deep it stands: it may be misspelt. */
export function strangeField(
  schema: z.core.$ZodType,
  value: unknown,
  path: readonly string[] = [],
): InputFault | null {
  const { def } = schema._zod as { def: z.core.$ZodTypeDef }
  if (isOf<z.core.$ZodObjectDef>(def, 'object')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    for (const [name, inner] of Object.entries(value)) {
      const field = Object.hasOwn(def.shape, name) ? def.shape[name] : undefined
      if (!field) {
        // A loose schema judges by itself.
        if (def.catchall === undefined) return wrong([...path, name], 'unknown-field')
        continue
      }
      const fault = strangeField(field, inner, [...path, name])
      if (fault) return fault
    }
    return null
  }
  if (isOf<z.core.$ZodArrayDef>(def, 'array')) {
    if (!Array.isArray(value)) return null
    for (const [at, inner] of value.entries()) {
      const fault = strangeField(def.element, inner, [...path, String(at)])
      if (fault) return fault
    }
    return null
  }
  if (isOf<z.core.$ZodUnionDef>(def, 'union')) {
    const fitting = def.options.filter((option) => z.safeParse(option, value).success)
    const faults = fitting.map((option) => strangeField(option, value, path))
    return faults.includes(null) ? null : (faults[0] ?? null)
  }
  if (isOf<z.core.$ZodPipeDef>(def, 'pipe')) return strangeField(def.in, value, path)
  return 'innerType' in def
    ? strangeField((def as z.core.$ZodOptionalDef).innerType, value, path)
    : null
}

const isOf = <Def extends z.core.$ZodTypeDef>(
  def: z.core.$ZodTypeDef,
  type: Def['type'],
): def is Def => def.type === type
