// A keyboard wedge types what it reads: its keys come as a person's do, only faster. What is a scan
// is decided here, from keys and their moments alone (docs/decisions/0021).

/**
 * Longest pause between two keys of a wedge: they send a key every 1…20 ms, a bus and a busy
 * machine add some. A hand is as quick now and then, never several times in a row with Enter.
 */
export const WEDGE_GAP_MS = 35
/** Keys further apart have nothing to do with each other: the slowest wedges stay below it. */
export const BURST_GAP_MS = 250
/** So long a character waits for the next one; beyond `WEDGE_GAP_MS`, for timers run late. */
export const HOLD_MS = 45
/** A line feed follows its Enter at the wedge's pace; a person's Enter comes later than that. */
const TAIL_MS = 60

/** The shortest code; where nothing can be typed, less than that is no typing either. */
const SHORTEST = { field: 3, nowhere: 2 }
/** So many at a wedge's pace are no hand's, even if one of them or Enter comes late. */
const SURE = 6
/** Wedges as slow as a hand: nobody types so many digits for a sum or a day, or so much beside. */
const SLOW: Partial<Record<Place, RegExp>> = {
  field: /^\d{8,}$/,
  date: /^\d{9,}$/,
  nowhere: /^.{4,}$/s,
}
/** Without Enter behind it only what cannot be anything else is a code. */
const BARE = /^\d{8,}$/
const WORD = /^\p{L}+$/u

/** Where a key would be typed: `search` takes words, `secret` is a PIN, `nowhere` takes nothing. */
export type Place = 'field' | 'search' | 'secret' | 'date' | 'nowhere'
/** `key` as KeyboardEvent names it; `at` in milliseconds of any clock that only goes forward. */
export type Stroke = { key: string; at: number; place: Place }

/** Characters that came one after another. */
export type Burst = {
  text: string
  /** How many of them, the last ones, the page has not been given. */
  held: number
  /** Moments of the first and of the last key. */
  began: number
  at: number
  /** Pauses among them that are longer than a wedge's. */
  late: number
  /** It was a scan: for so long Enter and line feed behind it belong to it; else 0. */
  tailMs: number
}

/** What was scanned; `isWhole`: the whole burst, so what the page has of it is taken back. */
export type Scan = { code: string; isWhole: boolean }

/** What becomes of a key. */
export type Step = {
  burst: Burst
  /** Held characters that were a person's: the page is given them before the key itself. */
  typed: string
  /** `pass`: the key is the page's; `keep`: nobody else hears of it. */
  key: 'pass' | 'keep'
  scan: Scan | null
}

export const noBurst: Burst = {
  text: '',
  held: 0,
  began: 0,
  at: Number.NEGATIVE_INFINITY,
  late: 0,
  tailMs: 0,
}

/** A key comes; any that is neither a character nor Enter or Tab ends the burst. */
export function press(burst: Burst, stroke: Stroke): Step {
  if (stroke.key === 'Enter' || stroke.key === 'Tab') return ended(burst, stroke)
  if (stroke.key.length === 1) return continued(burst, stroke)
  return { burst: noBurst, typed: heldOf(burst), key: 'pass', scan: null }
}

/** No key has come for `ms` since the last; what no hand types stays held: Enter may come yet. */
export function hush(burst: Burst, ms: number): Step {
  if (isSure(burst)) {
    if (ms < BURST_GAP_MS) return { burst, typed: '', key: 'keep', scan: null }
    const scan = scanIn(burst)
    if (burst.held > 0 && BARE.test(scan.code)) return scanned(scan, burst.at + ms, BURST_GAP_MS)
  }
  return { burst: { ...burst, held: 0 }, typed: heldOf(burst), key: 'keep', scan: null }
}

function continued(burst: Burst, { key, at }: Stroke): Step {
  const gap = at - burst.at
  if (burst.tailMs > 0 || gap >= BURST_GAP_MS) {
    const first = { text: key, held: 1, began: at, at, late: 0, tailMs: 0 }
    return { burst: first, typed: heldOf(burst), key: 'keep', scan: null }
  }
  const isLate = gap >= WEDGE_GAP_MS
  const gives = isLate && !isSure(burst)
  const { text, held, began, late } = burst
  return {
    burst: {
      text: text + key,
      held: gives ? 1 : held + 1,
      began,
      at,
      late: late + (isLate ? 1 : 0),
      tailMs: 0,
    },
    typed: gives ? heldOf(burst) : '',
    key: 'keep',
    scan: null,
  }
}

function ended(burst: Burst, stroke: Stroke): Step {
  const { at } = stroke
  const isTail = burst.tailMs > 0 && at - burst.at < burst.tailMs
  if (isTail) return { burst, typed: '', key: 'keep', scan: null }
  const scan = at - burst.at < BURST_GAP_MS ? scanBefore(burst, stroke) : null
  if (scan) return scanned(scan, at, burst.late === 0 ? TAIL_MS : BURST_GAP_MS)
  return { burst: noBurst, typed: heldOf(burst), key: 'pass', scan: null }
}

const scanned = (scan: Scan, at: number, tailMs: number): Step => ({
  burst: { ...noBurst, at, tailMs },
  typed: '',
  key: 'keep',
  scan,
})

/** What the Enter or Tab ends; null: a person's typing. */
function scanBefore(burst: Burst, { key, at, place }: Stroke): Scan | null {
  const { text, late } = burst
  if (place === 'search' && WORD.test(text)) return null
  const shortest = place === 'nowhere' ? SHORTEST.nowhere : SHORTEST.field
  const isQuick = text.length >= shortest && late === 0 && at - burst.at < WEDGE_GAP_MS
  if (isQuick || isSure(burst)) return scanIn(burst)
  // A PIN or a number looked for is typed at a hand's pace too, and so is what Tab leaves.
  return key === 'Enter' && SLOW[place]?.test(text) ? { code: text, isWhole: true } : null
}

const isSure = (burst: Burst): boolean => scanIn(burst).code.length >= SURE

/** The whole burst, unless a hand typed before the wedge began. */
function scanIn(burst: Burst): Scan {
  // One pause in six may be late: a wedge's by radio are, a hand's are nearly all.
  const isWhole = burst.late * 6 <= burst.text.length
  return { code: isWhole ? burst.text : heldOf(burst), isWhole }
}

const heldOf = ({ text, held }: Burst): string => (held === 0 ? '' : text.slice(-held))
