import { randomUUID } from 'node:crypto'
import { createReadStream, existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { parseJson } from '#core/api/json.ts'
import { broughtFile, rootFile, targetsFile } from '#core/api/release-metadata.ts'
import { isOlder } from '#core/billing/state.ts'
import { DAY, HOUR } from '#core/time.ts'
import {
  type MetadataFault,
  type ReleaseKey,
  type RootFile,
  rootFault,
  type SnapshotFile,
  SPEC_VERSION,
  signFile,
  type TargetsFile,
  type TimestampFile,
  targetsFault,
} from '#core/updating/metadata.ts'
import { MOST_ARCHIVE, releasesIn } from '#core/updating/release.ts'
import { makeFolder, moveFile, syncFile } from '#services/runtime/durable-file.ts'
import { fileSha256 } from '#services/runtime/file-hash.ts'
import { verifyHex } from '#services/runtime/release-keys.ts'
import { sha256 } from '#services/runtime/secret.ts'
import type { Postgres, Sql } from '#services/runtime/sql.ts'
import { openUploads, type Upload } from '#services/runtime/upload.ts'
import type { OfficePorts, ReleasePorts } from './ports.ts'
import {
  archives,
  fileOf,
  lockReleases,
  newestFile,
  putArchive,
  putFile,
  requiredVersions,
} from './store/releases.ts'

/** A frozen repository is noticed by a till after so long. */
const TIMESTAMP_MS = DAY
/** A timestamp younger than this is given out as it is. */
const RENEW_MS = HOUR
const SNAPSHOT_MS = 30 * DAY
/** Archives that are brought at once, of all people; each takes its room before it is known. */
const MOST_BROUGHT = 2

export type Repository = ReturnType<typeof openRepository>
type Ports = Pick<OfficePorts, 'db' | 'clock'> & { releases: ReleasePorts }

/** The releases as tills fetch them, and as staff publish them. */
export function openRepository({ db, clock, releases }: Ports) {
  const { folder, key, firstRoot } = releases
  makeFolder(folder)
  const signing: Signing = { key, now: clock.now }
  const pathOf = (sha: string) => join(folder, sha)
  const isHere = (sha: string, length: number): boolean =>
    existsSync(pathOf(sha)) && statSync(pathOf(sha)).size === length
  const taken = (file: string): Promise<MetadataFault | 'malformed' | 'release-required' | null> =>
    db.transaction(async (sql) => {
      await lockReleases(sql)
      const brought = broughtFile.safeParse(parseJson(file)).data
      if (!brought) return 'malformed'
      const root = await trustedRoot(sql)
      if (!root) return 'release-unsigned'
      const held = { verify: verifyHex, now: clock.now(), isThere: isHere }
      const { signed } = brought
      const fault = isOfRoot(brought)
        ? rootFault(root, brought, held)
        : targetsFault(
            { root, present: await presentTargets(sql) },
            { signed: signed as TargetsFile, signatures: brought.signatures },
            held,
          )
      if (fault) return fault
      if (!isOfRoot(brought) && !(await meetsRequired(sql, signed as TargetsFile))) {
        return 'release-required'
      }
      const row = { version: signed.version, text: file, at: clock.now() }
      await putFile(sql, Object.assign({ role: signed._type }, row))
      await renew(sql, signing, true)
      return null
    })
  const uploads = openUploads(MOST_BROUGHT)
  return {
    /** Lays the first root down, where none is known yet. */
    begin: async (): Promise<void> => {
      const text = firstRoot()
      if (text === null || (await trustedRoot(db))) return
      const version = rootFile.parse(JSON.parse(text)).signed.version
      await putFile(db, { role: 'root', version, text, at: clock.now() })
    },
    standing: async () => {
      const root = await trustedRoot(db)
      const targets = await presentTargets(db)
      return {
        root,
        targets,
        isNamed: root !== null && isNamedIn(root, key),
        at: await archives(db),
      }
    },
    /** Takes up targets or a root that were signed elsewhere; why not, or null. */
    publish: taken,
    /** Keeps an archive under what it holds; it is published by the targets that list it. */
    store: async (body: ReadableStream<Uint8Array>): Promise<Stored> => {
      const draft = join(folder, `${randomUUID()}.new`)
      const stored = await uploads.store(body, draft, MOST_ARCHIVE)
      if (stored !== 'stored') return { is: stored }
      syncFile(draft)
      const [sha, length] = [await fileSha256(draft), statSync(draft).size]
      if (existsSync(pathOf(sha))) rmSync(draft)
      else moveFile(draft, pathOf(sha))
      await putArchive(db, { sha256: sha, length, at: clock.now() })
      return { is: 'stored', sha256: sha, length }
    },
    /** The text of «timestamp.json», «3.root.json», …; null: there is none. */
    metadata: async (name: string): Promise<string | null> => {
      if (name === 'timestamp.json') return timestampNow(db, signing)
      const [, version, role] = /^(\d{1,9})\.(root|snapshot|targets)\.json$/.exec(name) ?? []
      if (role !== 'root' && role !== 'snapshot' && role !== 'targets') return null
      return fileOf(db, { role, version: Number(version) })
    },
    /** The archive from a place on; null: no published release has it. */
    archive: async (path: string, from: number) => {
      const target = (await presentTargets(db))?.targets[path]
      if (!target || !isHere(target.hashes.sha256, target.length)) return null
      const { length } = target
      if (from >= length) return { length, body: null }
      const file = createReadStream(pathOf(target.hashes.sha256), { start: from })
      return { length, body: Readable.toWeb(file) as globalThis.ReadableStream<Uint8Array> }
    },
  }
}

/** Some listed release is as new as each version that is required, or ahead of its day. */
async function meetsRequired(sql: Sql, targets: TargetsFile): Promise<boolean> {
  const listed = releasesIn(targets)
  const required = await requiredVersions(sql)
  return required.every(({ version }) => listed.some((each) => !isOlder(each.version, version)))
}

type Stored = { is: 'stored'; sha256: string; length: number } | { is: Exclude<Upload, 'stored'> }

const isOfRoot = (
  file: ReturnType<typeof broughtFile.parse>,
): file is ReturnType<typeof rootFile.parse> => file.signed._type === 'root'

async function trustedRoot(sql: Sql | Postgres): Promise<RootFile | null> {
  const row = await newestFile(sql, 'root')
  return row && rootFile.parse(JSON.parse(row.text)).signed
}

async function presentTargets(sql: Sql | Postgres): Promise<TargetsFile | null> {
  const row = await newestFile(sql, 'targets')
  return row && targetsFile.parse(JSON.parse(row.text)).signed
}

type Signing = { key: ReleaseKey; now: () => number }

const isNamedIn = (root: RootFile, key: ReleaseKey): boolean =>
  [root.roles.snapshot, root.roles.timestamp].every(({ keyids }) => keyids.includes(key.id))

/** A timestamp that is young; null: nothing is published yet. */
async function timestampNow(db: Postgres, signing: Signing): Promise<string | null> {
  const present = await newestFile(db, 'timestamp')
  if (!present) return null
  const age = signing.now() - present.at
  if (age >= 0 && age < RENEW_MS) return present.text
  return db.transaction(async (sql) => {
    await lockReleases(sql)
    await renew(sql, signing, false)
    return (await newestFile(sql, 'timestamp'))?.text ?? null
  })
}

const inUtc = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`

/** Signs that this is the newest, by the office's own key; nothing where root does not name it. */
async function renew(sql: Sql, { key, now }: Signing, isNew: boolean): Promise<void> {
  const root = await trustedRoot(sql)
  const targets = await newestFile(sql, 'targets')
  if (!root || !targets || !isNamedIn(root, key)) return
  const at = now()
  const held = await newestFile(sql, 'snapshot')
  const isOld = !held || at < held.at || at - held.at > SNAPSHOT_MS / 2
  const snapshot = isNew || isOld ? await newSnapshot(sql, { key, at, targets }) : held
  const before = await newestFile(sql, 'timestamp')
  const signed: TimestampFile = {
    _type: 'timestamp',
    spec_version: SPEC_VERSION,
    version: (before?.version ?? 0) + 1,
    expires: inUtc(at + TIMESTAMP_MS),
    meta: { 'snapshot.json': entryOf(snapshot) },
  }
  const text = JSON.stringify(signFile(signed, [key]))
  await putFile(sql, { role: 'timestamp', version: signed.version, text, at })
}

type Text = { version: number; text: string }

async function newSnapshot(
  sql: Sql,
  { key, at, targets }: { key: ReleaseKey; at: number; targets: Text },
): Promise<Text> {
  const before = await newestFile(sql, 'snapshot')
  const signed: SnapshotFile = {
    _type: 'snapshot',
    spec_version: SPEC_VERSION,
    version: (before?.version ?? 0) + 1,
    expires: inUtc(at + SNAPSHOT_MS),
    meta: { 'targets.json': entryOf(targets) },
  }
  const made = { version: signed.version, text: JSON.stringify(signFile(signed, [key])) }
  await putFile(sql, { role: 'snapshot', version: made.version, text: made.text, at })
  return made
}

const entryOf = ({ version, text }: Text) => ({
  version,
  length: Buffer.byteLength(text),
  hashes: { sha256: sha256(text) },
})
