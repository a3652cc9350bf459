/**
 * What a scale lets hear of what lies on it: it stands still, moves, is too much, lies below zero,
 * nothing lies there, or an answer that is none of the protocol.
 */
export const scaleAnswers = [
  'stable',
  'unstable',
  'overload',
  'underload',
  'empty',
  'garbled',
] as const
export type ScaleAnswer = (typeof scaleAnswers)[number]
/** `grams`: above zero where it stands still, null where it does not. */
export type Weight = { heard: ScaleAnswer; grams: number | null }

// No shop scale bears more.
const MOST_GRAMS = 999_999

/**
 * One line of MT-SICS (Mettler Toledo Standard Interface Command Set, level 0) as an answer to «S»,
 * which weighs anew and waits until the weight stands still: «S S value unit», «S I» where it would
 * not, «S +», «S -». Null: the line answers something else.
 */
export function readWeight(line: string): Weight | null {
  const [command = '', state = '', value = '', unit = '', ...more] = line.trim().split(/\s+/)
  if (command !== 'S' && !['ES', 'EL', 'ET'].includes(command)) return null
  if (command !== 'S' || more.length > 0) return none('garbled')
  switch (state) {
    case 'S':
      return standing(value, unit)
    // «D»: a weight that still moves; only «SI» is answered so.
    case 'D':
    case 'I':
      return none('unstable')
    case '+':
      return none('overload')
    case '-':
      return none('underload')
    default:
      return none('garbled')
  }
}

const none = (heard: Exclude<ScaleAnswer, 'stable'>): Weight => ({ heard, grams: null })

function standing(value: string, unit: string): Weight {
  const factor = { kg: 1000, g: 1 }[unit]
  if (factor === undefined || !/^-?\d{1,6}(\.\d{1,6})?$/.test(value)) return none('garbled')
  const grams = Math.round(Number(value) * factor)
  if (grams < 0) return none('underload')
  if (grams === 0) return none('empty')
  return grams > MOST_GRAMS ? none('overload') : { heard: 'stable', grams }
}
