import {
  type PublicKey,
  type ReleaseKey,
  type ReleaseRole,
  type RootFile,
  type SignedFile,
  SPEC_VERSION,
  signFile,
  type TargetsFile,
} from './metadata.ts'
import type { Release } from './release.ts'

// What is signed away from the office: who may sign, and what there is.

type Named = { id: string; publicKey: PublicKey }

/** Of the three people who hold root keys any two make a new root. */
export const ROOT_THRESHOLD = 2

/** A root over these keys; `signers`: root keys of this root, and of the one before it. */
export function signRoot(
  made: {
    version: number
    expires: string
    root: readonly Named[]
    targets: readonly Named[]
    /** The office's own: it says what is the newest. */
    online: Named
  },
  signers: readonly ReleaseKey[],
): SignedFile<RootFile> {
  const { version, expires, root, targets, online } = made
  const all = [...root, ...targets, online].map(({ id, publicKey }) => [id, publicKey] as const)
  const rule = (keys: readonly Named[], threshold = 1): RootFile['roles'][ReleaseRole] => ({
    keyids: keys.map(({ id }) => id),
    threshold,
  })
  const signed: RootFile = {
    _type: 'root',
    spec_version: SPEC_VERSION,
    version,
    expires,
    consistent_snapshot: true,
    keys: Object.fromEntries(all),
    roles: {
      root: rule(root, ROOT_THRESHOLD),
      targets: rule(targets),
      snapshot: rule([online]),
      timestamp: rule([online]),
    },
  }
  return signFile(signed, signers)
}

/** Targets above those of before, with one release more, the one of its version and platform. */
export function signTargets(
  present: TargetsFile | null,
  { release, expires }: { release: Release; expires: string },
  signers: readonly ReleaseKey[],
): SignedFile<TargetsFile> {
  const { path, version, platform, node, notes, sha256, length } = release
  const entry = { length, hashes: { sha256 }, custom: { version, platform, node, notes } }
  const kept = Object.entries(present?.targets ?? {}).filter(
    ([, { custom }]) => custom.version !== version || custom.platform !== platform,
  )
  const signed: TargetsFile = {
    _type: 'targets',
    spec_version: SPEC_VERSION,
    version: (present?.version ?? 0) + 1,
    expires,
    targets: Object.fromEntries([...kept, [path, entry]]),
  }
  return signFile(signed, signers)
}
