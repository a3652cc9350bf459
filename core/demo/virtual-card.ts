import type { ActionCode } from '../iso8583/action-codes.ts'
import { type Kopecks, kopecks } from '../money.ts'

/** A card of the demo. Its number begins with 999999, which no bank in the world has. */
export type VirtualCard = {
  pan: string
  /** YYMM. */
  expiry: string
  issuer: string
  balance: Kopecks
  limit: Kopecks | null
  partial: boolean
  declines: ActionCode | null
  delayMs: number
}

const MTBANK = 'ЗАО "МТБАНК"'
const BELARUSBANK = 'ОАО "АСБ Беларусбанк"'
const PRIORBANK = '"Приорбанк" ОАО'

const card = (pan: string, change: Partial<Omit<VirtualCard, 'pan'>> = {}): VirtualCard => ({
  pan,
  expiry: '4912',
  issuer: MTBANK,
  balance: kopecks(100_000_000),
  limit: null,
  partial: false,
  declines: null,
  delayMs: 0,
  ...change,
})

/** Virtual cards by the names that `POST /api/terminal/tap` of the stand knows. */
export const virtualCards = {
  ok: card('9999990000000014'),
  other: card('9999990000000022', { issuer: BELARUSBANK }),
  'low-limit': card('9999990000000030', { limit: kopecks(2000) }),
  poor: card('9999990000000048', { balance: kopecks(500) }),
  partial: card('9999990000000105', { balance: kopecks(1000), partial: true }),
  expired: card('9999990000000055', { expiry: '2401', issuer: PRIORBANK }),
  blocked: card('9999990000000063', { declines: '104' }),
  'wrong-pin': card('9999990000000071', { declines: '117' }),
  forbidden: card('9999990000000089', { declines: '126' }),
  slow: card('9999990000000097', { delayMs: 90_000 }),
} as const satisfies Record<string, VirtualCard>
export type VirtualCardName = keyof typeof virtualCards
export const virtualCardNames = Object.keys(virtualCards) as VirtualCardName[]
