import { z } from 'zod'
import { clientRoleNames } from '#core/access/roles.ts'
import { hashSecret } from '#services/runtime/secret.ts'
import type { Postgres } from '#services/runtime/sql.ts'

const unp = z.string().length(9)

/** What stands in the office's books before its staff can write there: the demo's client. */
export const officeSeedFile = z.object({
  tariffs: z.array(
    z.object({
      tariff: z.string().min(1),
      name: z.string(),
      price: z.int().positive(),
      months: z.int().min(0).default(0),
      days: z.int().min(0).default(0),
    }),
  ),
  contracts: z.array(
    z.object({ number: z.string().min(1), unp, company: z.string(), concludedAt: z.int() }),
  ),
  equipment: z.array(z.object({ serial: z.string().min(1), contract: z.string() })),
  accounts: z.array(
    z.object({
      email: z.string().trim().toLowerCase(),
      password: z.string().min(1),
      role: z.enum(['client', 'staff']).default('client'),
      /** The client's; null for staff. */
      contract: z.string().nullable().default(null),
      clientRole: z.enum(clientRoleNames).default('owner'),
    }),
  ),
})
export type OfficeSeed = z.input<typeof officeSeedFile>

/** Inserts what is missing and changes nothing that is there. */
export async function sowOffice(db: Postgres, wanted: OfficeSeed): Promise<void> {
  const seed = officeSeedFile.parse(wanted)
  const secrets = new Map<string, string>()
  for (const { email, password } of seed.accounts) {
    const [known] = await db.query('select from account where email = $1', [email])
    if (!known) secrets.set(email, await hashSecret(password))
  }
  await db.transaction(async ({ query }) => {
    const insert = (table: string, values: readonly unknown[]) => {
      const marks = values.map((_, i) => `$${i + 1}`).join(', ')
      return query(`insert into ${table} values (${marks}) on conflict do nothing`, values)
    }
    for (const { tariff, name, price, months, days } of seed.tariffs)
      await insert('tariff(tariff, name, price, months, days)', [tariff, name, price, months, days])
    for (const { number, unp, company, concludedAt } of seed.contracts) {
      const [known] = await query('select from contract where number = $1', [number])
      const values = [number, unp, company, concludedAt]
      if (!known) await insert('contract(number, unp, company, concluded_at)', values)
    }
    for (const { serial, contract } of seed.equipment)
      await insert('equipment(serial, contract)', [serial, contract])
    for (const { email, role, contract, clientRole } of seed.accounts) {
      const secret = secrets.get(email)
      const values = [email, role, contract, secret, clientRole]
      if (secret) await insert('account(email, role, contract, secret, client_role)', values)
    }
  })
}
