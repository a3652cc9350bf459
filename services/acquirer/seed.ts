import { z } from 'zod'
import { virtualCardNames, virtualCards } from '#core/demo/virtual-card.ts'
import { isActionCode } from '#core/iso8583/action-codes.ts'
import { isLuhn, maskPan } from '#core/iso8583/pan.ts'
import { keyedHash } from '#services/runtime/secret.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { giveKey } from './terminal-keys.ts'

const sum = z.int().min(0)

const card = z.object({
  pan: z.string().refine((text) => /^\d{13,19}$/.test(text) && isLuhn(text), 'not a card number'),
  expiry: z.string().regex(/^\d\d(0[1-9]|1[0-2])$/),
  issuer: z.string(),
  balance: sum,
  limit: sum.nullable().default(null),
  partial: z.boolean().default(false),
  declines: z
    .string()
    .refine((text) => isActionCode(text), 'not an action code')
    .nullable()
    .default(null),
  delayMs: z.int().min(0).max(300_000).default(0),
})
/** By its name a card comes into a file without its number. */
const cardByName = z.enum(virtualCardNames).transform((name) => virtualCards[name])

const key = z.object({
  id: z.string().regex(/^[0-9a-f]{8}$/, 'must be eight hexadecimal digits'),
  secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes in base64url'),
})

/** Terminals that the bank serves, and virtual cards. A real bank has others for both. */
export const acquirerSeedFile = z.object({
  terminals: z.array(
    z.object({
      terminal: z.string().min(1).max(8),
      merchant: z.string().min(1).max(15),
      /** Who the merchant is; without it its cabinet shows nothing of the terminal. */
      unp: z.string().length(9).optional(),
      serial: z.string(),
      bank: z.string(),
      keys: z.array(key).default([]),
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
  secrets: { cardKey: string; terminalKeys: string },
): Promise<void> {
  const { terminals, cards } = acquirerSeedFile.parse(seed)
  await db.transaction(async (sql) => {
    for (const { terminal, merchant, unp, serial, bank, keys } of terminals) {
      await sql.query(
        `insert into terminal(terminal, merchant, serial, bank) values ($1, $2, $3, $4)
         on conflict do nothing`,
        [terminal, merchant, serial, bank],
      )
      if (unp !== undefined) {
        const merchants = 'insert into merchant(merchant, unp) values ($1, $2)'
        await sql.query(`${merchants} on conflict do nothing`, [merchant, unp])
      }
      for (const key of keys) await giveKey(sql, { terminal, key }, secrets.terminalKeys)
    }
    for (const { pan, expiry, issuer, balance, ...rest } of cards) {
      const id = keyedHash(secrets.cardKey, pan)
      const { limit, partial, declines, delayMs } = rest
      await sql.query(
        `insert into card(card, masked, issuer, expiry, balance, sum_limit, partial, declines,
                          delay_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
        [id, maskPan(pan), issuer, expiry, balance, limit, partial, declines, delayMs],
      )
    }
  })
}
