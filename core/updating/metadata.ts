// Metadata of releases in the form of The Update Framework (TUF 1.0), as far as releases need it:
// who may sign what (root), what there is (targets), what of it is the newest (snapshot), and that
// this is still so (timestamp). Each is signed over its canonical JSON.

export type PublicKey = { keytype: 'ed25519'; scheme: 'ed25519'; keyval: { public: string } }
type KeyRule = { keyids: string[]; threshold: number }

type Common = {
  spec_version: string
  version: number
  /** «2026-11-27T13:00:00Z». */
  expires: string
}
export type RootFile = Common & {
  _type: 'root'
  consistent_snapshot: boolean
  keys: Record<string, PublicKey>
  roles: Record<'root' | 'targets' | 'snapshot' | 'timestamp', KeyRule>
}
export type ReleaseRole = keyof RootFile['roles']
export type TargetEntry = {
  length: number
  hashes: { sha256: string }
  custom: {
    version: string
    /** What of programs it is for: «linux-x64». */
    platform: string
    /** The Node that it wants, by its first number. */
    node: number
    notes: { ru: string; be: string; en: string }
  }
}
export type TargetsFile = Common & { _type: 'targets'; targets: Record<string, TargetEntry> }
type MetaEntry = { version: number; length: number; hashes: { sha256: string } }
export type SnapshotFile = Common & {
  _type: 'snapshot'
  meta: { 'targets.json': MetaEntry }
}
export type TimestampFile = Common & {
  _type: 'timestamp'
  meta: { 'snapshot.json': MetaEntry }
}
export type ReleaseFile = RootFile | TargetsFile | SnapshotFile | TimestampFile

type Signature = { keyid: string; sig: string }
export type SignedFile<File extends ReleaseFile = ReleaseFile> = {
  signed: File
  signatures: Signature[]
}

/** Hexadecimal Ed25519 over a text; false: it did not sign this. */
export type VerifyHex = (publicKey: string, text: string, signature: string) => boolean
/** A private half, under the id that root knows it by. */
export type ReleaseKey = { id: string; sign: (text: string) => string }

export const SPEC_VERSION = '1.0.34'

/** Canonical JSON as TUF signs it: keys in order, no spaces, nothing but `"` and `\` escaped. */
export function canonicalText(value: unknown): string {
  if (typeof value === 'string') return `"${value.replaceAll(/["\\]/g, '\\$&')}"`
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const rows = Object.entries(value).filter(([, each]) => each !== undefined)
  const sorted = rows.sort(([a], [b]) => (a < b ? -1 : 1))
  const pairs = sorted.map(([name, each]) => `${canonicalText(name)}:${canonicalText(each)}`)
  return `{${pairs.join(',')}}`
}

/** A file with the signatures of these keys. */
export function signFile<File extends ReleaseFile>(
  signed: File,
  keys: readonly ReleaseKey[],
): SignedFile<File> {
  const text = canonicalText(signed)
  return { signed, signatures: keys.map(({ id, sign }) => ({ keyid: id, sig: sign(text) })) }
}

/** As many keys of the role as its threshold asks for have signed this, each counted once. */
export function isSignedFor(
  root: RootFile,
  role: ReleaseRole,
  { file, verify }: { file: SignedFile; verify: VerifyHex },
): boolean {
  const { keyids, threshold } = root.roles[role]
  const text = canonicalText(file.signed)
  const hasSigned = (keyid: string): boolean => {
    const key = root.keys[keyid]
    const signature = file.signatures.find((each) => each.keyid === keyid)
    return key !== undefined && signature !== undefined
      ? verify(key.keyval.public, text, signature.sig)
      : false
  }
  // A key under two names would count twice.
  const publics = new Set(
    [...new Set(keyids)].filter(hasSigned).map((keyid) => root.keys[keyid]?.keyval.public),
  )
  return publics.size >= threshold
}

/** Why a file is not taken up by the office. */
export type MetadataFault =
  | 'release-unsigned'
  | 'release-not-next'
  | 'release-expired'
  | 'release-archive'
  | 'release-version'

type Held = { verify: VerifyHex; now: number }

/** A new root follows the old by one, and both thresholds have signed it; null: it is taken. */
export function rootFault(
  present: RootFile,
  next: SignedFile<RootFile>,
  { verify, now }: Held,
): MetadataFault | null {
  if (next.signed.version !== present.version + 1) return 'release-not-next'
  const isWhole = [present, next.signed].every((root) =>
    isSignedFor(root, 'root', { file: next, verify }),
  )
  if (!isWhole) return 'release-unsigned'
  return hasExpired(next.signed, now) ? 'release-expired' : null
}

/**
 * New targets rise above the old, are signed by the keys that root names, and what they list lies
 * there as they say; null: they are taken.
 */
export function targetsFault(
  { root, present }: { root: RootFile; present: TargetsFile | null },
  next: SignedFile<TargetsFile>,
  held: Held & { isThere: (sha256: string, length: number) => boolean },
): MetadataFault | null {
  const { signed } = next
  if (!isSignedFor(root, 'targets', { file: next, verify: held.verify })) return 'release-unsigned'
  if (signed.version <= (present?.version ?? 0)) return 'release-not-next'
  if (hasExpired(signed, held.now)) return 'release-expired'
  const entries = Object.values(signed.targets)
  const names = entries.map(({ custom }) => `${custom.version} ${custom.platform}`)
  if (new Set(names).size !== names.length) return 'release-version'
  const isWhole = entries.every(({ hashes, length }) => held.isThere(hashes.sha256, length))
  return isWhole ? null : 'release-archive'
}

export const hasExpired = ({ expires }: Common, now: number): boolean => Date.parse(expires) <= now
