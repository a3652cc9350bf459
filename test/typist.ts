import {
  BURST_GAP_MS,
  HOLD_MS,
  hush,
  noBurst,
  type Place,
  press,
  type Step,
} from '#web/ui/wedge.ts'

// Keys as they come to a page, and what the page is left with, by the rules of `useWedge`.

export type Keystroke = { key: string; gapMs: number }

/** Text key by key, each `gapMs` after the one before. */
export const keysOf = (text: string, gapMs: number): Keystroke[] =>
  [...text].map((key) => ({ key, gapMs }))

/** Plays the keys to their end and a silence behind it, into one field or beside any. */
export function play(keys: readonly Keystroke[], place: Place = 'field') {
  let [burst, at, text, textBefore] = [noBurst, 1000, '', { began: 0, text: '' }]
  const [passed, scans]: [string[], string[]] = [[], []]
  const take = (step: Step) => {
    const { began } = burst
    burst = step.burst
    if (step.typed !== '' && textBefore.began !== began) textBefore = { began, text }
    text += step.typed
    if (!step.scan) return
    if (step.scan.isWhole && textBefore.began === began) text = textBefore.text
    scans.push(step.scan.code)
  }
  const wait = (ms: number) => {
    if (ms > HOLD_MS) take(hush(burst, HOLD_MS))
    if (ms > BURST_GAP_MS && burst.held > 0) take(hush(burst, BURST_GAP_MS))
  }
  for (const { key, gapMs } of keys) {
    wait(gapMs)
    at += gapMs
    const step = press(burst, { key, at, place })
    if (step.key === 'pass') passed.push(key)
    take(step)
  }
  wait(2 * BURST_GAP_MS)
  return { text, passed, scans }
}
