import { createPublicKey, verify } from 'node:crypto'
import { parseJson } from '#core/api/json.ts'
import { fiscalDocument } from '#core/api/wire.ts'
import type { FiscalDocument, Verify } from '#core/document/document.ts'

/** The document inside a signed body; null when the body is none. */
export function readBody(body: string): FiscalDocument | null {
  const parsed = fiscalDocument.safeParse(parseJson(body))
  return parsed.success ? parsed.data : null
}

/** Checks base64 signatures by a device's public key in PEM. */
export function verifier(publicKeyPem: string): Verify {
  const key = createPublicKey(publicKeyPem)
  return (text, signature) => verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
}
