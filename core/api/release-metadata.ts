import { z } from 'zod'
import { version } from './office.ts'

// Metadata of releases as they travel, see core/updating/metadata.ts.

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const keyId = z.string().regex(/^[0-9a-f]{64}$/)
const common = {
  spec_version: z.string().regex(/^1\.0(\.\d{1,3})?$/),
  version: z.int().min(1),
  expires: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
}
const rule = z.object({ keyids: z.array(keyId).min(1).max(16), threshold: z.int().min(1).max(16) })
const publicKey = z.strictObject({
  keytype: z.literal('ed25519'),
  scheme: z.literal('ed25519'),
  keyval: z.strictObject({ public: z.string().regex(/^[0-9a-f]{64}$/) }),
})
const signatures = z
  .array(z.object({ keyid: keyId, sig: z.string().regex(/^[0-9a-f]{128}$/) }))
  .max(32)
const note = z.string().trim().min(1).max(4000)

const root = z.strictObject({
  _type: z.literal('root'),
  ...common,
  consistent_snapshot: z.literal(true),
  keys: z.record(keyId, publicKey),
  roles: z.strictObject({ root: rule, targets: rule, snapshot: rule, timestamp: rule }),
})
const target = z.strictObject({
  length: z.int().min(1),
  hashes: z.strictObject({ sha256 }),
  custom: z.strictObject({
    version,
    platform: z.string().regex(/^[a-z0-9-]{1,32}$/),
    node: z.int().min(1).max(1000),
    notes: z.strictObject({ ru: note, be: note, en: note }),
  }),
})
const targets = z.strictObject({
  _type: z.literal('targets'),
  ...common,
  targets: z.record(z.string().regex(/^[\w.-]{1,100}$/), target),
})

export const rootFile = z.strictObject({ signed: root, signatures })
export const targetsFile = z.strictObject({ signed: targets, signatures })
/** What staff bring, signed elsewhere. */
export const broughtFile = z.union([rootFile, targetsFile])
