import { createPublicKey, verify as verifyWith } from 'node:crypto'
import { promisify } from 'node:util'
import { parseJson } from '#core/api/json.ts'
import { fiscalDocument } from '#core/api/wire.ts'
import type { FiscalDocument, Sealed, Verify } from '#core/document/document.ts'

const verify = promisify(verifyWith)

/** The document inside a signed body; null when the body is none. */
export function readBody(body: string): FiscalDocument | null {
  const parsed = fiscalDocument.safeParse(parseJson(body))
  return parsed.success ? parsed.data : null
}

/**
 * Checks a batch's signatures by the device's public key in PEM, on other threads: that is more
 * than half of the work of taking documents in. The answer tells of these documents alone.
 */
export async function verifierOf(publicKeyPem: string, batch: readonly Sealed[]): Promise<Verify> {
  const key = createPublicKey(publicKeyPem)
  const signed = new Map<string, string>()
  const check = async ({ body, signature: whole }: Sealed) => {
    const [, signature = ''] = whole.split(':')
    const good = await verify(null, Buffer.from(body), key, Buffer.from(signature, 'base64'))
    if (good) signed.set(signature, body)
  }
  await Promise.all(batch.map(check))
  return (text, signature) => signed.get(signature) === text
}
