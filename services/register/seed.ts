import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { goods as goodsSchema } from '#core/api/register.ts'
import { role } from '#core/api/register-people.ts'
import type { Register } from './register.ts'

const seed = z.object({
  people: z.array(z.object({ name: z.string().min(1).max(64), role, pin: z.string().min(4) })),
  goods: z.array(goodsSchema.omit({ id: true, picture: true }).partial({ colour: true })),
})

/** Adds people who are missing, and goods to an empty list, from a file of JSON. */
export async function fill({ people, goods }: Register, path: string): Promise<void> {
  const wanted = seed.parse(JSON.parse(readFileSync(path, 'utf8')))
  for (const { name, role, pin } of wanted.people) {
    if (!people.isKnown(name)) await people.add(name, role, pin)
  }
  if (goods.count() === 0) goods.add(wanted.goods)
}
