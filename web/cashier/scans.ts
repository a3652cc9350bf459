import { isCarried } from '#core/operator/carried.ts'
import { go } from '#web/ui/hooks.ts'
import { play } from '#web/ui/sounds.ts'
import type { Missed, Why } from './missed.ts'
import { setMissed, till } from './till.ts'

/**
 * What a screen does with a code. Returns why it did nothing, null when it did; `told`: whoever
 * asked for it has said what is wrong.
 */
export type Taker = (code: string) => Promise<Why | 'told' | null>

/** Those of the screens that take codes, while they stand. */
export const takers: Taker[] = []

/** Those that take an answer of the operator's, which is nothing else anywhere (C2b). */
export const answerTakers: Taker[] = []

/** Those of dialogs that ask for a code, while they stand: it goes nowhere else. */
export const askers: Taker[] = []

/** Told of a code at once, while those before it may still be looked up. */
export const heralds: (() => void)[] = []

let last = Promise.resolve()

/** A code from the scanner: the screen takes it, or it is told why not (H1). One after another. */
export function scanned(code: string): void {
  heralds.at(-1)?.()
  last = last.then(async () => {
    const isAnswer = isCarried(code)
    const asker = askers.at(-1)
    const take = asker ?? (isAnswer ? answerTakers : takers).at(-1)
    const why =
      whyNot(asker !== undefined) ?? (take ? await take(code) : isAnswer ? 'answer' : 'elsewhere')
    if (why === null) play('found')
    else if (why === 'told') play('not-found')
    else miss({ code, why })
  })
}

function whyNot(isAsked: boolean): Why | null {
  if (!till.get().session) return 'signed-out'
  // Over the dialog that asks for it another one may stand.
  const most = isAsked ? 1 : 0
  return document.querySelectorAll('dialog[open]').length > most ? 'dialog' : null
}

/** Where no goods are rung up: the sale that the code begins. */
export const beginSale: Taker = async (code) => {
  const { status, scanned: before } = till.get()
  if (status && !status.shift) return 'shift-closed'
  till.set({ scanned: [...before, code] })
  go('#/sale')
  return null
}

/** Tells what was to be rung up and was not, until somebody has read it; with a sound. */
export function miss(missed: Missed): void {
  setMissed([...till.get().missed, missed])
  play('not-found')
}
