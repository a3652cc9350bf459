import { createPublicKey, type KeyObject, verify as verifyWith } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { fiscalDocument } from '#core/api/wire.ts'
import type { Verify } from '#core/document/document.ts'
import { type DeviceKeys, keyOfDocument } from '#core/key-change.ts'
import type { ReadBody, Submitted } from '#core/operator/ingest.ts'

const verify = promisify(verifyWith)

const linkSchema = z.object({ number: z.int().positive(), previous: z.string().length(64) })
// What the columns hold: a document of an honest device never comes near.
const MAX_SHIFT = 2_147_483_647

/** A signed body: the document inside, and what is read of it even where that cannot be. */
export function readBody(body: string): ReadBody {
  const json = parseJson(body)
  const parsed = fiscalDocument.safeParse(json)
  if (parsed.success && parsed.data.shift <= MAX_SHIFT) {
    const { number, previous } = parsed.data
    return { link: { number, previous }, document: parsed.data }
  }
  return { link: linkSchema.safeParse(json).data ?? null, document: null }
}

/**
 * Checks a batch's signatures by the device's key of each number, on other threads: that is more
 * than half of the work of taking documents in. The answer tells of these documents alone.
 */
export async function verifierOf(keys: DeviceKeys, batch: readonly Submitted[]): Promise<Verify> {
  const opened = new Map<string, KeyObject>()
  const keyAt = (number: number): KeyObject | null => {
    const pem = keyOfDocument(keys, number)
    if (pem === null) return null
    const key = opened.get(pem) ?? createPublicKey(pem)
    opened.set(pem, key)
    return key
  }
  const signed = new Map<string, string>()
  const check = async ({ number, body, signature: whole }: Submitted) => {
    const key = keyAt(number)
    if (!key) return
    const [, signature = ''] = whole.split(':')
    const good = await verify(null, Buffer.from(body), key, Buffer.from(signature, 'base64'))
    if (good) signed.set(signature, body)
  }
  await Promise.all(batch.map(check))
  return (text, signature) => signed.get(signature) === text
}
