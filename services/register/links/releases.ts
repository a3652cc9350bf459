import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Updater } from 'tuf-js'
import { DownloadHTTPError, ExpiredMetadataError } from 'tuf-js/dist/error.js'
import { z } from 'zod'
import type { Send } from '#core/api/client.ts'
import { parseJson } from '#core/api/json.ts'
import { rootFile, targetsFile } from '#core/api/release-metadata.ts'
import type { WantedUpdate } from '#core/api/update-files.ts'
import { MINUTE, SECOND } from '#core/time.ts'
import { type Release, releasesIn } from '#core/updating/release.ts'
import { readWhole, writeWhole } from '#services/runtime/durable-file.ts'
import { type Fetched, fetchFile } from '#services/runtime/fetch-file.ts'
import type { Log } from '#services/runtime/log.ts'

// The register's line to the releases of the office: what is believed of them by signatures alone.

export type ReleaseFault = 'silent' | 'expired' | 'distrusted'
export type ReleasesHeard = { is: 'heard'; releases: Release[] } | { is: ReleaseFault }
export type ReleaseLink = ReturnType<typeof openReleaseLink>

const roles = ['root', 'timestamp', 'snapshot', 'targets'] as const
/** What was verified last, each file in its own text. */
const trustedFiles = z.object({
  root: z.string(),
  /** Those that led from the root of the programs to this one, for whoever installs. */
  roots: z.array(z.string()).default([]),
  timestamp: z.string().optional(),
  snapshot: z.string().optional(),
  targets: z.string().optional(),
})
type TrustedFiles = z.output<typeof trustedFiles>

const bounds = {
  maxRootRotations: 32,
  maxDelegations: 1,
  rootMaxLength: 200_000,
  timestampMaxLength: 20_000,
  snapshotMaxLength: 20_000,
  targetsMaxLength: 1_000_000,
}
/** Left for the till's own work. */
const SPARE_BYTES = 300_000_000

type Fetching = { told: (bytes: number) => void; signal: AbortSignal }

type Wire = {
  send: Send
  /** Of the office. */
  base: string
  /** Of what is kept: it survives kills and power cuts. */
  folder: string
  /** The root that came with the programs; null: there is none, and nobody is asked. */
  firstRoot: string
  log: Log
}

/** Asks for releases, and fetches archives; what `tuf-js` did not verify is never told. */
export function openReleaseLink({ send, base, folder, firstRoot, log }: Wire) {
  const path = join(folder, 'trusted.json')
  const asking = join(folder, 'asking')
  const archiveOf = ({ sha256, version }: Release) =>
    join(folder, 'archives', `${version}-${sha256.slice(0, 16)}.tar.gz`)
  const kept = () => trustedIn(readWhole(path), firstRoot)
  return {
    /** What was believed last, whoever is silent now. */
    known: (): Release[] => releasesOf(kept()),
    ask: async (): Promise<ReleasesHeard> => {
      const before = kept()
      rmSync(asking, { recursive: true, force: true })
      mkdirSync(asking, { recursive: true, mode: 0o700 })
      for (const role of roles) {
        const text = before[role]
        if (text !== undefined) writeFileSync(join(asking, `${role}.json`), text)
      }
      const line: Line = { isSilent: false, isEmpty: false, isExpired: false, roots: [] }
      const heard = await refreshed({ asking, base, send, line })
      // What was verified counts, also where the rest was not: a till never goes back behind it.
      const after = filesIn(asking, before, line.roots)
      if (JSON.stringify(after) !== JSON.stringify(before)) writeWhole(path, JSON.stringify(after))
      rmSync(asking, { recursive: true, force: true })
      if (heard === null) return { is: 'heard', releases: releasesOf(after) }
      // Where nothing was ever published there is nothing to hold back.
      if (line.isEmpty && after.timestamp === undefined) return { is: 'heard', releases: [] }
      const fault = line.isSilent ? 'silent' : line.isExpired ? 'expired' : 'distrusted'
      if (fault !== 'silent') log.error('releases not believed', { fault, said: heard })
      return { is: fault }
    },
    archiveOf,
    /** What proves a release to whoever installs it. */
    wanted: (release: Release): Omit<WantedUpdate, 'request'> => {
      const { roots, targets = '' } = kept()
      return { version: release.version, roots, targets, archive: archiveOf(release) }
    },
    /** Fetches the archive of a release that was told here. */
    fetch: (release: Release, { told, signal }: Fetching): Promise<Fetched> =>
      fetchFile({
        url: `${base}/releases/archives/${release.path}`,
        path: archiveOf(release),
        sha256: release.sha256,
        length: release.length,
        stallMs: 30 * SECOND,
        wholeMs: 60 * MINUTE,
        spare: SPARE_BYTES,
        told,
        signal,
      }),
  }
}

/**
 * A torn or foreign file is none. A root that came with newer programs takes the place of an older
 * one: that is how a till gets on when too many root keys were lost.
 */
function trustedIn(text: string | null, firstRoot: string): TrustedFiles {
  const kept = trustedFiles.safeParse(parseJson(text ?? '')).data
  if (!kept || versionOf(firstRoot) > versionOf(kept.root)) return { root: firstRoot, roots: [] }
  return kept
}

const versionOf = (root: string): number =>
  rootFile.safeParse(parseJson(root)).data?.signed.version ?? 0

const releasesOf = ({ targets }: TrustedFiles): Release[] => {
  const file = targetsFile.safeParse(parseJson(targets ?? '')).data
  return file ? releasesIn(file.signed) : []
}

function filesIn(folder: string, before: TrustedFiles, brought: readonly string[]): TrustedFiles {
  // Half a file is left by a disk that was full: what was there before counts.
  const textOf = (role: (typeof roles)[number]) => {
    const text = readWhole(join(folder, `${role}.json`))
    return text !== null && parseJson(text) !== undefined ? text : undefined
  }
  const [timestamp, snapshot, targets] = [
    textOf('timestamp') ?? before.timestamp,
    textOf('snapshot') ?? before.snapshot,
    textOf('targets') ?? before.targets,
  ]
  const root = textOf('root') ?? before.root
  const believed = brought.filter((each) => versionOf(each) <= versionOf(root))
  return Object.assign(
    { root, roots: [...before.roots, ...believed] },
    timestamp === undefined ? {} : { timestamp },
    snapshot === undefined ? {} : { snapshot },
    targets === undefined ? {} : { targets },
  )
}

/** What was heard on it while it was asked. */
type Line = { isSilent: boolean; isEmpty: boolean; isExpired: boolean; roots: string[] }
type Asked = { asking: string; base: string; send: Send; line: Line }

/** Null: all of it was verified; or why not. */
async function refreshed({ asking, base, send, line }: Asked): Promise<string | null> {
  const downloadBytes = async (url: string, most: number): Promise<Buffer> => {
    const answer = await send({ method: 'GET', path: new URL(url).pathname })
    if (!('status' in answer) || answer.status >= 500 || answer.status === 429) {
      line.isSilent = true
      throw new Error('nobody answers')
    }
    if (answer.status === 404 && url.endsWith('/timestamp.json')) line.isEmpty = true
    if (answer.status !== 200) throw new DownloadHTTPError('not there', answer.status)
    const bytes = Buffer.from(answer.body)
    if (bytes.length > most) throw new Error(`${url} is longer than it may be`)
    if (url.endsWith('.root.json')) line.roots.push(answer.body)
    return bytes
  }
  const downloadFile = () => Promise.reject(new Error('archives are fetched by ourselves'))
  try {
    const updater = new Updater({
      metadataDir: asking,
      metadataBaseUrl: `${base}/releases/metadata`,
      fetcher: { downloadBytes, downloadFile },
      config: bounds,
    })
    await updater.refresh()
    return null
  } catch (error) {
    if (error instanceof DownloadHTTPError) line.isSilent = true
    if (error instanceof ExpiredMetadataError) line.isExpired = true
    return error instanceof Error ? `${error.name} ${error.message}` : String(error)
  }
}
