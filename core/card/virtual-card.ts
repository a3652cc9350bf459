import type { ActionCode } from '../iso8583/action-codes.ts'
import { type Kopecks, kopecks } from '../money.ts'

/** A card of the demo. Its number begins with 999999, which no bank in the world has. */
export type VirtualCard = {
  title: string
  pan: string
  /** YYMM. */
  expiry: string
  issuer: string
  balance: Kopecks
  limit: Kopecks | null
  declines: ActionCode | null
  delayMs: number
}

const MTBANK = 'ЗАО "МТБАНК"'
const BELARUSBANK = 'ОАО "АСБ Беларусбанк"'
const PRIORBANK = '"Приорбанк" ОАО'

const card = (
  title: string,
  pan: string,
  change: Partial<Omit<VirtualCard, 'title' | 'pan'>> = {},
): VirtualCard => ({
  title,
  pan,
  expiry: '4912',
  issuer: MTBANK,
  balance: kopecks(100_000_000),
  limit: null,
  declines: null,
  delayMs: 0,
  ...change,
})

/** Virtual cards by the names that `POST /api/terminal/tap` of the stand knows. */
export const virtualCards = {
  ok: card('Обычная карта', '9999990000000014'),
  other: card('Карта другого банка', '9999990000000022', { issuer: BELARUSBANK }),
  'low-limit': card('Лимит операции 20 рублей', '9999990000000030', { limit: kopecks(2000) }),
  poor: card('На карте 5 рублей', '9999990000000048', { balance: kopecks(500) }),
  expired: card('Срок истёк', '9999990000000055', { expiry: '2401', issuer: PRIORBANK }),
  blocked: card('Заблокирована', '9999990000000063', { declines: '104' }),
  'wrong-pin': card('Неверный ПИН', '9999990000000071', { declines: '117' }),
  forbidden: card('Операция запрещена', '9999990000000089', { declines: '126' }),
  slow: card('Банк думает полторы минуты', '9999990000000097', { delayMs: 90_000 }),
} as const satisfies Record<string, VirtualCard>
export type VirtualCardName = keyof typeof virtualCards
export const virtualCardNames = Object.keys(virtualCards) as VirtualCardName[]
