import { beep } from '#web/ui/beep.ts'
import { go } from '#web/ui/hooks.ts'
import { type Missed, setMissed, till } from './till.ts'

/** What a screen does with a code. Returns why it did nothing, null when it did. */
export type Taker = (code: string) => Promise<string | null>

/** The screen's own, while it stands and takes codes. */
export const takers: Taker[] = []

let last = Promise.resolve()

/** A code from the scanner: the screen takes it, or it is told why not (H1). One after another. */
export function scanned(code: string): void {
  last = last.then(async () => {
    const take = takers.at(-1)
    const why = whyNot() ?? (take ? await take(code) : ELSEWHERE)
    if (why !== null) miss({ code, why })
  })
}

const ELSEWHERE = 'Здесь код не нужен. Товары сканируют на экране «Продажа».'

function whyNot(): string | null {
  if (!till.get().session) return 'Сначала войдите, потом отсканируйте снова.'
  return document.querySelector('dialog[open]')
    ? 'Закончите с окном на экране и отсканируйте снова.'
    : null
}

/** Where no goods are rung up: the sale that the code begins. */
export const beginSale: Taker = async (code) => {
  const { status, scanned } = till.get()
  if (status && !status.shift) return 'Смена закрыта. Откройте её и отсканируйте снова.'
  till.set({ scanned: [...scanned, code] })
  go('#/sale')
  return null
}

function miss(missed: Missed): void {
  setMissed([...till.get().missed, missed])
  beep()
}
