import { z } from 'zod'
import { staffRoleNames } from '#core/access/roles.ts'
import { hashSecret } from '#services/runtime/secret.ts'
import type { Postgres } from '#services/runtime/sql.ts'

const unp = z.string().min(9).max(9)

/** What stands in the operator's books before its staff can write there: the demo's clients. */
export const operatorSeedFile = z.object({
  clients: z.array(z.object({ unp, company: z.string() })),
  accounts: z.array(
    z.object({
      email: z.string().trim().toLowerCase(),
      password: z.string().min(1),
      role: z.enum(['client', 'staff']).default('client'),
      /** The client whose registers the account sees; null for staff. */
      unp: unp.nullable().default(null),
      /** Of staff alone; an administrator where it is left out. */
      staffRole: z.enum(staffRoleNames).optional(),
    }),
  ),
  registers: z.array(
    z.object({ registerNumber: z.int(), unp, place: z.string(), address: z.string() }),
  ),
  devices: z.array(
    z.object({
      serial: z.string().min(1).max(20),
      registerNumber: z.int(),
      /** PEM of the device's public key. */
      publicKey: z.string(),
    }),
  ),
})
export type OperatorSeed = z.output<typeof operatorSeedFile>

/** Inserts what is missing and changes nothing that is there. */
export async function sowOperator(db: Postgres, seed: OperatorSeed): Promise<void> {
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
    for (const { unp, company } of seed.clients)
      await insert('client(unp, company)', [unp, company])
    for (const { registerNumber, unp, place, address } of seed.registers) {
      await insert('register(number, unp, place, address)', [registerNumber, unp, place, address])
    }
    for (const { serial, registerNumber, publicKey } of seed.devices) {
      const values = [serial, registerNumber, publicKey]
      await insert('device(device, register, public_key)', values)
    }
    for (const { email, role, unp, staffRole } of seed.accounts) {
      const secret = secrets.get(email)
      const values = [
        email,
        role,
        unp,
        secret,
        role === 'staff' ? (staffRole ?? 'administrator') : null,
      ]
      if (secret) await insert('account(email, role, unp, secret, staff_role)', values)
    }
  })
}
