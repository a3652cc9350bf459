import type { Message } from './codec.ts'
import { fields as formats, messageTypes } from './fields.ts'
import { maskPan } from './pan.ts'
import { readPrivate } from './private-data.ts'

const PAN = 2
const PRIVATE = 48

/**
 * A message for people and logs, a line a field. Card numbers are masked wherever they stand; what
 * was read off a card, PIN blocks and keys are named and never shown.
 */
export function describe({ type, fields }: Message): string {
  const lines = Object.entries(fields).map(([number, value]) => {
    const name = formats[Number(number)]?.name ?? 'unknown'
    return `${number.padStart(3, '0')} ${name}: ${shown(Number(number), value)}`
  })
  return [`${type} ${messageTypes[type].name}`, ...lines].join('\n')
}

function shown(number: number, value: string): string {
  const format = formats[number]
  if (!format || format.secret) return '(hidden)'
  if (number === PAN) return maskPan(value)
  if (number === PRIVATE) return shownPrivate(value)
  return format.content === 'ans' && format.digits > 0 ? maskWithin(value) : value
}

// Tag by tag: lengths that stand next to a card number would hide it from the search.
function shownPrivate(value: string): string {
  const parts = readPrivate(value)
  if (!parts) return maskWithin(value)
  return [...parts]
    .flatMap(([tag, values]) => values.map((part) => `${tag}=${maskWithin(part)}`))
    .join(' ')
}

// People type card numbers into free texts, parted by spaces too.
const maskWithin = (text: string): string =>
  text.replace(/\d(?: ?\d){12,}/g, (found) => maskPan(found.replaceAll(' ', '')))
