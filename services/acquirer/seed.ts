import { z } from 'zod'
import { virtualCardNames, virtualCards } from '#core/demo/virtual-card.ts'
import { isActionCode } from '#core/iso8583/action-codes.ts'
import { isLuhn, maskPan } from '#core/iso8583/pan.ts'
import { keyedHash } from '#services/runtime/secret.ts'
import type { Postgres } from '#services/runtime/sql.ts'

const sum = z.int().min(0)

const card = z.object({
  pan: z.string().refine((text) => /^\d{13,19}$/.test(text) && isLuhn(text), 'not a card number'),
  expiry: z.string().regex(/^\d\d(0[1-9]|1[0-2])$/),
  issuer: z.string(),
  balance: sum,
  limit: sum.nullable().default(null),
  declines: z
    .string()
    .refine((text) => isActionCode(text), 'not an action code')
    .nullable()
    .default(null),
  delayMs: z.int().min(0).max(300_000).default(0),
})
/** By its name a card comes into a file without its number. */
const cardByName = z.enum(virtualCardNames).transform((name) => virtualCards[name])

/** Terminals that the bank serves, and virtual cards. A real bank has others for both. */
export const acquirerSeedFile = z.object({
  terminals: z.array(
    z.object({
      terminal: z.string().min(1).max(8),
      merchant: z.string().min(1).max(15),
      serial: z.string(),
      bank: z.string(),
    }),
  ),
  cards: z.array(z.union([cardByName, card])),
})
export type SeedCard = z.input<typeof card>
export type AcquirerSeed = z.input<typeof acquirerSeedFile>

/** Inserts what is missing and changes nothing that is there. */
export async function sowAcquirer(
  db: Postgres,
  seed: AcquirerSeed,
  cardKey: string,
): Promise<void> {
  const { terminals, cards } = acquirerSeedFile.parse(seed)
  await db.transaction(async (sql) => {
    for (const { terminal, merchant, serial, bank } of terminals) {
      await sql.query(
        `insert into terminal(terminal, merchant, serial, bank) values ($1, $2, $3, $4)
         on conflict do nothing`,
        [terminal, merchant, serial, bank],
      )
    }
    for (const { pan, expiry, issuer, balance, limit, declines, delayMs } of cards) {
      await sql.query(
        `insert into card(card, masked, issuer, expiry, balance, sum_limit, declines, delay_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
        [keyedHash(cardKey, pan), maskPan(pan), issuer, expiry, balance, limit, declines, delayMs],
      )
    }
  })
}
