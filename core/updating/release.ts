import type { Day } from '../billing/calendar.ts'
import { isOlder } from '../billing/state.ts'
import type { Language } from '../words/language.ts'
import type { TargetEntry, TargetsFile } from './metadata.ts'

/** The longest archive that is published or installed, bytes. */
export const MOST_ARCHIVE = 200_000_000

/** A version of the till's programs, as it was published. */
export type Release = {
  version: string
  /** Of its archive among the targets. */
  path: string
  sha256: string
  length: number
  platform: string
  node: number
  notes: Record<Language, string>
}

export const releaseOf = (path: string, { length, hashes, custom }: TargetEntry): Release => ({
  version: custom.version,
  path,
  sha256: hashes.sha256,
  length,
  platform: custom.platform,
  node: custom.node,
  notes: custom.notes,
})

/** All that targets list, the newest first. */
export const releasesIn = ({ targets }: TargetsFile): Release[] =>
  Object.entries(targets)
    .map(([path, entry]) => releaseOf(path, entry))
    .sort((a, b) => (isOlder(a.version, b.version) ? 1 : -1))

/** The newest that this machine runs and that is newer than what it has; null: there is none. */
export function newerRelease(
  releases: readonly Release[],
  own: { version: string; platform: string; node: number },
): Release | null {
  const [newest = null] = releases
    .filter(({ platform, node }) => platform === own.platform && node <= own.node)
    .filter(({ version }) => isOlder(own.version, version))
    .sort((a, b) => (isOlder(a.version, b.version) ? 1 : -1))
  return newest
}

/** A version that was required, from a day on or (null) at once. */
export type RequiredVersion = { version: string; from: Day | null }

/** The highest version that is required by that day; null: every version may work. */
export function requiredOn(all: readonly RequiredVersion[], today: Day): string | null {
  const due = all.filter(({ from }) => from === null || from <= today)
  return due.reduce<string | null>(
    (highest, { version }) => (highest === null || isOlder(highest, version) ? version : highest),
    null,
  )
}
