import { spawnSync } from 'node:child_process'
import {
  constants,
  createWriteStream,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { rootFile, targetsFile } from '#core/api/release-metadata.ts'
import { CURRENT_LINK, STATE_FILE, type WantedUpdate } from '#core/api/update-files.ts'
import { isOlder } from '#core/billing/state.ts'
import type { InstallFault } from '#core/updating/installing.ts'
import { MOST_ARCHIVE, type Release } from '#core/updating/release.ts'
import { believedRelease } from '#core/updating/wanted.ts'
import { readWhole, syncFile, syncFolder, writeWhole } from '#services/runtime/durable-file.ts'
import { isFileOf } from '#services/runtime/file-hash.ts'
import {
  currentVersion,
  updaterStateIn,
  VERSIONS,
  versionFolder,
  wishOf,
} from '#services/runtime/installed.ts'
import type { Log } from '#services/runtime/log.ts'
import { verifyHex } from '#services/runtime/release-keys.ts'
import type { Hands } from '../update.ts'
import { layArchive, WrongEntry } from './unpack.ts'

/** What is unpacked, and the archive that it comes from, until the version has its name. */
const DRAFT = 'draft'
const ROOT_FILE = 'root.json'
/** For all to read: the register looks here, and writes nothing. */
const SHOWN = 0o644
/** An archive grows to so many times its length; a small one to no more than that. */
const GROWTH = 12
const LEAST_GROWN = 1_000_000
/** Far beyond any release: whoever signed more was mistaken, or had the key and no right to it. */
const BOUNDS = { bytes: 1_000_000_000, entries: 50_000, path: 240, depth: 24 }

type Place = {
  /** Of installed versions; nobody but the updater writes here. */
  folder: string
  /** Where the register's folder is. */
  data: string
  /** The root that came with the package, in its own text. */
  firstRoot: string
  /** Of the package. */
  own: { version: string; platform: string; node: number }
  log: Log
}

/** The installed versions of the programs, and what an update does to them. */
export function openPrograms({ folder, data, firstRoot, own, log }: Place): Omit<Hands, 'tried'> {
  mkdirSync(join(folder, VERSIONS), { recursive: true, mode: 0o755 })
  const statePath = join(folder, STATE_FILE)
  const rootPath = join(folder, ROOT_FILE)
  const draft = join(folder, VERSIONS, DRAFT)
  const link = join(folder, CURRENT_LINK)
  const believedRoot = () => {
    const [first, kept] = [firstRoot, readWhole(rootPath)].map(
      (text) => rootFile.safeParse(parseJson(text ?? '')).data,
    )
    return kept && kept.signed.version > (first?.signed.version ?? 0) ? kept : first
  }
  const present = () => {
    const version = currentVersion(folder)
    return version !== null && isOlder(own.version, version) ? version : own.version
  }
  const bring = async (asked: WantedUpdate): Promise<InstallFault | null> => {
    const brought = broughtBy(asked)
    const root = believedRoot()
    if (!brought || !root) return 'unsigned'
    const held = { root, own: Object.assign({}, own, { version: present() }), verify: verifyHex }
    const believed = believedRelease(brought, held)
    if (believed.is !== 'believed') return believed.is
    writeWhole(rootPath, JSON.stringify(believed.root))
    const { release } = believed
    rmSync(draft, { recursive: true, force: true })
    if (release.length > MOST_ARCHIVE) return 'wrong-archive'
    const bytes = Math.min(BOUNDS.bytes, Math.max(LEAST_GROWN, release.length * GROWTH))
    if (!hasRoom(folder, release.length + bytes)) return 'no-room'
    mkdirSync(join(draft, 'tree'), { recursive: true, mode: 0o755 })
    const archive = join(draft, 'archive')
    const fault = await takeArchive(asked.archive, archive, release)
    if (fault) return fault
    const tree = join(draft, 'tree')
    await layArchive(archive, tree, Object.assign({}, BOUNDS, { bytes }))
    return nameTree(tree, release.version)
  }
  const nameTree = (tree: string, version: string): InstallFault | null => {
    if (versionIn(tree) !== version) return 'wrong-archive'
    // All of it lies there before it has its name.
    if (run('sync', ['-f', tree]) !== null) return 'failed'
    const at = versionFolder(folder, version)
    rmSync(at, { recursive: true, force: true })
    renameSync(tree, at)
    syncFolder(dirname(at))
    return null
  }
  return {
    state: () => updaterStateIn(folder),
    keep: (state) => writeWhole(statePath, JSON.stringify(state), SHOWN),
    wanted: () => wishOf(data),
    unpack: (asked) =>
      bring(asked).catch((error: unknown) => {
        log.error('unpacking', { error: String(error) })
        if (error instanceof WrongEntry) return 'wrong-archive'
        return isFull(error) ? 'no-room' : 'failed'
      }),
    switchTo: (version) => {
      const next = `${link}.new`
      rmSync(next, { force: true })
      symlinkSync(join(VERSIONS, version), next)
      renameSync(next, link)
      syncFolder(folder)
    },
    clear: () => {
      const kept = currentVersion(folder)
      for (const name of readdirSync(join(folder, VERSIONS))) {
        if (name !== kept) rmSync(join(folder, VERSIONS, name), { recursive: true, force: true })
      }
    },
  }
}

function broughtBy({ version, roots, targets }: WantedUpdate) {
  const read = z.array(rootFile).safeParse(roots.map(parseJson)).data
  const listed = targetsFile.safeParse(parseJson(targets)).data
  return read && listed ? { version, roots: read, targets: listed } : null
}

const manifest = z.object({ version: z.string() })

const versionIn = (tree: string): string | null =>
  manifest.safeParse(parseJson(readWhole(join(tree, 'package.json')) ?? '')).data?.version ?? null

/**
 * Takes the archive into the updater's own folder before it looks at it: whoever has laid it there
 * could change it between the look and the unpacking.
 */
async function takeArchive(
  from: string,
  to: string,
  release: Release,
): Promise<InstallFault | null> {
  // A pipe in its place would be waited at for ever.
  const file = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const found = await file.stat()
    if (!found.isFile() || found.size !== release.length) return 'wrong-archive'
    // It may grow while it is read.
    const source = file.createReadStream({ end: release.length - 1, autoClose: false })
    await pipeline(source, createWriteStream(to, { mode: 0o600 }))
  } finally {
    await file.close()
  }
  syncFile(to)
  return (await isFileOf(release, to)) ? null : 'wrong-archive'
}

/** Null: it was done; or what it said. */
function run(command: string, args: readonly string[]): string | null {
  const done = spawnSync(command, args, { encoding: 'utf8' })
  return done.status === 0 ? null : (done.stderr || String(done.error ?? done.status)).slice(0, 500)
}

const hasRoom = (folder: string, bytes: number): boolean => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize >= bytes
}

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
