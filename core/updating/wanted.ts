import { isOlder } from '../billing/state.ts'
import {
  isSignedFor,
  type RootFile,
  type SignedFile,
  type TargetsFile,
  type VerifyHex,
} from './metadata.ts'
import { type Release, releasesIn } from './release.ts'

export type Brought = {
  version: string
  /** Each follows the one before by one. */
  roots: readonly SignedFile<RootFile>[]
  targets: SignedFile<TargetsFile>
}
type Held = {
  /** The newest root that was believed here. */
  root: SignedFile<RootFile>
  own: { version: string; platform: string; node: number }
  verify: VerifyHex
}

export type Believed =
  | { is: 'believed'; release: Release; root: SignedFile<RootFile> }
  | { is: 'unsigned' | 'not-newer' }

/**
 * Whether what is to be installed was signed for release, by the signatures alone: the one who asks
 * for it is not believed. When it expires is asked by who fetches it, not here.
 */
export function believedRelease(brought: Brought, { root, own, verify }: Held): Believed {
  const newest = brought.roots.reduce((present, next) => {
    const isNext = next.signed.version === present.signed.version + 1
    const isSigned = [present.signed, next.signed].every((each) =>
      isSignedFor(each, 'root', { file: next, verify }),
    )
    return isNext && isSigned ? next : present
  }, root)
  const file = brought.targets
  if (!isSignedFor(newest.signed, 'targets', { file, verify })) return { is: 'unsigned' }
  const release = releasesIn(file.signed).find(
    ({ version, platform }) => version === brought.version && platform === own.platform,
  )
  if (!release) return { is: 'unsigned' }
  const isFit = isOlder(own.version, release.version) && release.node <= own.node
  return isFit ? { is: 'believed', release, root: newest } : { is: 'not-newer' }
}
