import { z } from 'zod'
import { facts } from './facts.ts'
import { cardDay } from './register-cards.ts'
import * as wire from './wire.ts'

// What the register tells of itself beside others: «Получить данные», and of a red receipt.

/** «Информация о программной кассе» (R9). `sko` is null when the device is silent: «нет данных». */
export const registerFacts = z.object({
  cash: wire.balance,
  skoCash: wire.balance.nullable(),
  /** СКО − БД. */
  discrepancy: wire.balance.nullable(),
  unsent: z.int().nullable(),
  oldestUnsentAt: wire.at.nullable(),
  shift: z.int().nullable(),
  /** What the discrepancy comes from, as far as the register can name it. */
  causes: z.array(facts),
  /** The bank's part; null: no card was taken yet. */
  cards: z
    .object({
      /** The open business day against the bank's; null: the bank does not answer. */
      day: cardDay.nullable(),
      /** Technical reversals that the bank has not acknowledged. */
      reversals: z.int(),
    })
    .nullable(),
})
