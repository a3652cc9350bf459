import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { fiscalDocument } from '#core/api/wire.ts'
import type { Sealed } from '#core/document/document.ts'
import type { Signed } from '#core/register/operation.ts'
import { type Asked, checkSigned, type PinnedDevice } from '#core/register/seal-check.ts'
import { sha256 } from '#services/runtime/secret.ts'

/** The till's device as its enrolment left it. */
export const ownDevice = z.object({
  serial: z.string().min(1).max(20),
  unp: z.string().length(9),
  registerNumber: z.int(),
  /** Ed25519, PEM. */
  publicKey: z.string(),
})
export type OwnDevice = z.output<typeof ownDevice>

/** Believes no other device, by a key of its; throws when the key is none of Ed25519. */
function pin({ serial, unp, registerNumber }: OwnDevice, publicKey: string): PinnedDevice {
  const device = { serial, unp, registerNumber }
  const key = createPublicKey(publicKey)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the key of the device is not Ed25519')
  return {
    ...device,
    hash: sha256,
    verify: (text, signature) => {
      const bytes = Buffer.from(signature, 'base64')
      // Node reads base64 leniently: one signature must not have two forms.
      return bytes.toString('base64') === signature && verify(null, Buffer.from(text), key, bytes)
    },
  }
}

/** Opens a document that somebody shows; why it is not believed otherwise (V1). */
export type OpenSealed = (
  sealed: Sealed,
  asked: Asked,
) => Signed | { fault: 'malformed' | NonNullable<ReturnType<typeof checkSigned>> }

/** The key that seals the device's document of a number, PEM; null: none is known. */
export type KeyAt = (number: number) => string | null

/** Opens sealed documents of the enrolled device alone, each by the key of its number. */
export function openSeals(device: OwnDevice, keyAt: KeyAt = () => device.publicKey): OpenSealed {
  const pins = new Map([[device.publicKey, pin(device, device.publicKey)]])
  const pinnedAt = (number: number): PinnedDevice | null => {
    const publicKey = keyAt(number)
    if (publicKey === null) return null
    const pinned = pins.get(publicKey) ?? pin(device, publicKey)
    pins.set(publicKey, pinned)
    return pinned
  }
  return (sealed, asked) => {
    const document = fiscalDocument.safeParse(parseJson(sealed.body))
    if (!document.success) return { fault: 'malformed' }
    const signed = { sealed, document: document.data }
    const pinned = pinnedAt(document.data.number)
    const fault = pinned ? checkSigned(pinned, signed, asked) : 'seal'
    return fault ? { fault } : signed
  }
}
