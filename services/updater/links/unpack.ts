import {
  closeSync,
  createReadStream,
  mkdirSync,
  openSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { createGunzip } from 'node:zlib'

/** How much an archive may hold; `bytes` as a disk counts them. */
export type UnpackBounds = { bytes: number; entries: number; path: number; depth: number }

export type UnpackFault =
  | 'too-many-bytes'
  | 'too-many-entries'
  | 'path-too-long'
  | 'path-too-deep'
  | 'path-leads-out'
  | 'name-twice'
  | 'no-file-or-folder'
  | 'malformed'

/** What an archive holds that no release does. */
export class WrongEntry extends Error {
  readonly fault: UnpackFault
  constructor(fault: UnpackFault, path = '') {
    super(`${fault} ${JSON.stringify(path.slice(0, 200))}`)
    this.fault = fault
  }
}

const BLOCK = 512
/** The least that a file or a folder takes on a disk. */
const CLUSTER = 4096

type Entry = { path: string; type: string; size: number; isForAll: boolean; target: string }

/**
 * Lays the files, folders and links within of a gzipped tar into an empty folder that nobody else
 * writes to. Fails with `WrongEntry` at the first that is anything else or beyond the bounds, and
 * as the disk fails; what was laid down by then is the caller's to remove.
 */
export async function layArchive(
  archive: string,
  tree: string,
  bounds: UnpackBounds,
): Promise<void> {
  const packed = createReadStream(archive)
  const chunks = createGunzip()
  packed.once('error', (error) => chunks.destroy(error)).pipe(chunks)
  try {
    const count = tallyOf(bounds)
    const links = await layEntries(blocksOf(chunks), { tree, bounds, count })
    layLinks(links, { tree, count })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EEXIST' || code === 'ENOTDIR') throw new WrongEntry('name-twice')
    throw code.startsWith('Z_') ? new WrongEntry('malformed') : error
  } finally {
    packed.destroy()
    chunks.destroy()
  }
}

type Tree = { tree: string; count: (things: number, bytes: number) => void }

/** Fails when more was counted than may be: files, folders and heads, and what they take. */
function tallyOf(most: UnpackBounds): Tree['count'] {
  let [entries, bytes] = [0, 0]
  return (things, size) => {
    entries += things
    bytes += things * CLUSTER + Math.ceil(size / CLUSTER) * CLUSTER
    if (entries > most.entries) throw new WrongEntry('too-many-entries')
    if (bytes > most.bytes) throw new WrongEntry('too-many-bytes')
  }
}

async function layEntries(
  blocks: Blocks,
  { tree, bounds, count }: Tree & { bounds: UnpackBounds },
): Promise<Entry[]> {
  const links: Entry[] = []
  let longName: string | null = null
  for (;;) {
    const head = await blocks.exactly(BLOCK)
    if (head.every((byte) => byte === 0)) return links
    const entry = entryOf(head)
    // GNU tar writes a name that fits into no head before it, as a file.
    if (entry.type === 'L' && longName === null) {
      count(1, 0)
      longName = await nameIn(blocks, entry, bounds)
      continue
    }
    const { type, size } = entry
    const path = within(longName ?? entry.path, bounds)
    longName = null
    count(1, size)
    const at = join(tree, path)
    if (type === '0' || type === '5') layFolders(type === '5' ? at : dirname(at), count)
    if (type === '0') await layFile(at, entry, blocks)
    else if (size > 0) throw new WrongEntry('no-file-or-folder', path)
    else if (type === '2') links.push(Object.assign(entry, { path }))
    else if (type !== '5') throw new WrongEntry('no-file-or-folder', path)
  }
}

/** Each that was not there is counted. */
function layFolders(path: string, count: Tree['count']): void {
  const first = mkdirSync(path, { recursive: true, mode: 0o755 })
  if (first !== undefined) count(path.slice(first.length).split(sep).length, 0)
}

async function layFile(at: string, entry: Entry, blocks: Blocks): Promise<void> {
  const file = openSync(at, 'wx', entry.isForAll ? 0o755 : 0o644)
  try {
    let left = entry.size
    while (left > 0) {
      const part = await blocks.upTo(left)
      writeFileSync(file, part)
      left -= part.length
    }
    await blocks.exactly(paddingOf(entry))
  } finally {
    closeSync(file)
  }
}

/** Behind all files, so that nothing is written through a link; each leads within. */
function layLinks(links: readonly Entry[], { tree, count }: Tree): void {
  const home = realpathSync(tree)
  for (const { path, target } of links) {
    const at = join(tree, path)
    layFolders(dirname(at), count)
    symlinkSync(target, at)
    if (target.startsWith('/') || !isWithin(at, home)) throw new WrongEntry('path-leads-out', path)
  }
}

function isWithin(at: string, home: string): boolean {
  try {
    return `${realpathSync(at)}${sep}`.startsWith(`${home}${sep}`)
  } catch {
    return false
  }
}

/** A path without its dots at the start and slashes at the end. */
function within(path: string, { path: longest, depth }: UnpackBounds): string {
  const names = path.split('/').filter((name) => name !== '' && name !== '.')
  if (Buffer.byteLength(path) > longest) throw new WrongEntry('path-too-long', path)
  if (names.length > depth) throw new WrongEntry('path-too-deep', path)
  const leadsOut = path.startsWith('/') || names.includes('..') || path.includes('\0')
  if (leadsOut) throw new WrongEntry('path-leads-out', path)
  return names.join('/')
}

async function nameIn(blocks: Blocks, entry: Entry, bounds: UnpackBounds): Promise<string> {
  const { size } = entry
  // Whatever ends it is counted.
  if (size > bounds.path + 1) throw new WrongEntry('path-too-long')
  const name = await blocks.exactly(size)
  await blocks.exactly(paddingOf(entry))
  return textIn(name, 0, size)
}

/** What a head says; the places are those of POSIX.1-1988 (ustar), and of GNU tar. */
function entryOf(head: Buffer): Entry {
  const sum = head.reduce((all, byte, at) => all + (at >= 148 && at < 156 ? 32 : byte), 0)
  if (sum !== numberIn(head, 148, 8)) throw new WrongEntry('malformed')
  const name = textIn(head, 0, 100)
  const isPosix = head.toString('latin1', 257, 263) === 'ustar\0'
  const prefix = isPosix ? textIn(head, 345, 155) : ''
  const type = textIn(head, 156, 1) || '0'
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    type,
    size: numberIn(head, 124, 12),
    isForAll: (numberIn(head, 100, 8) & 0o100) !== 0,
    target: textIn(head, 157, 100),
  }
}

const textIn = (head: Buffer, from: number, length: number): string =>
  head.toString('utf8', from, from + length).replace(/\0.*$/s, '')

function numberIn(head: Buffer, from: number, length: number): number {
  const [, digits] = /^ *([0-7]+)[ \0]*$/.exec(head.toString('latin1', from, from + length)) ?? []
  if (digits === undefined) throw new WrongEntry('malformed')
  return Number.parseInt(digits, 8)
}

/** Of content to the end of its last block, bytes. */
const paddingOf = ({ size }: Entry): number => (BLOCK - (size % BLOCK)) % BLOCK

type Blocks = {
  exactly: (count: number) => Promise<Buffer>
  /** What there is already, at least a byte. */
  upTo: (most: number) => Promise<Buffer>
}

/** A stream in pieces; one that ends before it should is malformed. */
function blocksOf(chunks: AsyncIterable<Buffer>): Blocks {
  const more = chunks[Symbol.asyncIterator]()
  let held = Buffer.alloc(0)
  const take = (count: number): Buffer => {
    const piece = held.subarray(0, count)
    held = held.subarray(count)
    return piece
  }
  const atLeast = async (count: number): Promise<void> => {
    while (held.length < count) {
      const { done, value } = await more.next()
      if (done) throw new WrongEntry('malformed')
      held = Buffer.concat([held, value])
    }
  }
  return {
    exactly: async (count) => {
      await atLeast(count)
      return take(count)
    },
    upTo: async (most) => {
      await atLeast(1)
      return take(most)
    },
  }
}
