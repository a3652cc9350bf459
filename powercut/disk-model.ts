// What a disk may hold after a power cut, by what a process asked of it before. No I/O.

/** What a process did, in order. Files and folders are named by inode. */
export type Event =
  | { is: 'write'; inode: number; at: number; bytes: Uint8Array }
  | { is: 'truncate'; inode: number; length: number }
  | { is: 'sync'; inode: number }
  /** Of the whole file system. */
  | { is: 'sync-all' }
  | { is: 'make'; folder: number; name: string; inode: number; isFolder: boolean }
  | { is: 'link'; folder: number; name: string; inode: number }
  | { is: 'symlink'; folder: number; name: string; inode: number; target: string }
  | { is: 'rename'; from: number; name: string; to: number; newName: string }
  | { is: 'remove'; folder: number; name: string }
  | { is: 'mapped'; inode: number }
  | { is: 'said'; bytes: Uint8Array }

/** A file, or a folder or symbolic link (`bytes` null), by its path from the root, which is ''. */
export type Entry = { path: string; inode: number; bytes: Uint8Array | null; target?: string }

/**
 * `posix`: a sync makes durable what it is asked for, the bytes of a file or the names in a folder.
 * `ext4`: names and lengths go by one journal in their order, and a sync takes along all before it.
 */
export type Order = 'posix' | 'ext4'

/** What is there of the bytes that nobody synced; `mixed`: something else in each file. */
export const ways = ['none', 'all', 'pages', 'torn', 'last-torn', 'mixed'] as const
export type Way = (typeof ways)[number]
export const namings = ['none', 'all', 'prefix'] as const
export type Cut = { bytes: Way; names: (typeof namings)[number] }

/** A file that was written through a mapping holds nothing that can be told. */
export type Found = { bytes: Uint8Array | null; isMapped: boolean; target?: string | undefined }

/** `step` is the place in the journal of names and lengths. */
type Change =
  | { is: 'write'; at: number; bytes: Uint8Array }
  | { is: 'truncate'; length: number; step: number }
type Node = {
  isMapped: boolean
  /** Durable; of a folder or symbolic link null. */
  bytes: Uint8Array | null
  /** Where a symbolic link leads: it comes to the disk with its name. */
  target?: string | undefined
  /** Since its last sync. */
  changes: Change[]
  /** Durable names of a folder, and those that the process sees. */
  names: Map<string, Node>
  seen: Map<string, Node>
  /** The last step that was about it. */
  step: number
}
/** Names that change in one folder at once: a file, or null where none is left. */
type Naming = { step: number; folder: Node; names: [string, Node | null][] }

const PAGE = 4096
const SECTOR = 512

type State = {
  order: Order
  root: Node
  nodes: Map<number, Node>
  /** Of the journal: so many there are, and up to this one it is durable (ext4). */
  steps: number
  durable: number
  pending: Naming[]
}

export function openDisk(before: readonly Entry[], order: Order) {
  const nodes = new Map<number, Node>()
  const root = enter(before, nodes)
  const state: State = { order, root, nodes, steps: 0, durable: 0, pending: [] }
  return {
    apply: (event: Event): void => apply(state, event),
    /** What may be found by path after a cut now; `chance` gives 0 … 1, 1 itself excepted. */
    cut: (cut: Cut, chance: () => number): Map<string, Found> => afterCut(state, cut, chance),
    /** What the process sees: every byte and every name. */
    seen: (): Map<string, Found> =>
      walked(root, ({ isMapped, bytes, changes, seen }) => ({
        isMapped,
        bytes: bytes && changed(bytes, changes),
        names: seen,
      })),
  }
}

function apply(state: State, event: Event): void {
  if (event.is !== 'write' && event.is !== 'sync' && event.is !== 'sync-all') state.steps += 1
  switch (event.is) {
    case 'write':
      nodeOf(state, event.inode).changes.push(event)
      break
    case 'truncate': {
      const node = nodeOf(state, event.inode)
      node.step = state.steps
      node.changes.push({ is: 'truncate', length: event.length, step: state.steps })
      break
    }
    case 'sync':
      sync(state, nodeOf(state, event.inode))
      break
    case 'sync-all':
      syncAll(state)
      break
    case 'make':
      // Whatever had this inode before is another file.
      state.nodes.set(event.inode, newNode(event.isFolder ? null : new Uint8Array()))
      put(state, event.folder, [[event.name, nodeOf(state, event.inode)]])
      break
    case 'symlink':
      state.nodes.set(event.inode, newNode(null, event.target))
      put(state, event.folder, [[event.name, nodeOf(state, event.inode)]])
      break
    case 'link':
      put(state, event.folder, [[event.name, nodeOf(state, event.inode)]])
      break
    case 'rename':
      move(state, event)
      break
    case 'remove':
      put(state, event.folder, [[event.name, null]])
      break
    case 'mapped':
      nodeOf(state, event.inode).isMapped = true
      break
    case 'said':
      break
    default:
      event satisfies never
  }
}

function nodeOf({ nodes }: State, inode: number): Node {
  const node = nodes.get(inode)
  if (!node) throw new Error(`the recorder missed how file ${inode} was made`)
  return node
}

function syncBytes(node: Node): void {
  if (node.bytes) node.bytes = changed(node.bytes, node.changes)
  node.changes = []
}

function syncAll(state: State): void {
  for (const node of state.nodes.values()) syncBytes(node)
  for (const { folder, names } of state.pending) rename(folder.names, names)
  state.pending = []
  state.durable = state.steps
}

function sync(state: State, node: Node): void {
  syncBytes(node)
  if (state.order === 'ext4') state.durable = Math.max(state.durable, node.step)
  const isDurable = ({ step, folder }: Naming): boolean =>
    state.order === 'ext4' ? step <= state.durable : folder === node
  for (const naming of state.pending) {
    if (isDurable(naming)) rename(naming.folder.names, naming.names)
  }
  state.pending = state.pending.filter((naming) => !isDurable(naming))
}

/** A folder beside the root is none of ours: a name that goes there is gone. */
function put({ nodes, steps, pending }: State, inode: number, names: Naming['names']): void {
  const folder = nodes.get(inode)
  if (!folder) return
  rename(folder.seen, names)
  for (const node of [folder, ...names.map(([, node]) => node)]) if (node) node.step = steps
  pending.push({ step: steps, folder, names })
}

function move(state: State, { from, name, to, newName }: Extract<Event, { is: 'rename' }>): void {
  const node = state.nodes.get(from)?.seen.get(name)
  if (!node) throw new Error(`the recorder missed how «${name}» was made`)
  node.step = state.steps
  if (from === to) {
    put(state, from, [
      [name, null],
      [newName, node],
    ])
  } else {
    put(state, from, [[name, null]])
    put(state, to, [[newName, node]])
  }
}

function afterCut(state: State, cut: Cut, chance: () => number): Map<string, Found> {
  const { order, root, pending } = state
  const isNamed = namesAfter(cut.names, state, chance)
  // Lengths are in ext4's journal too; elsewhere they come and go as bytes do.
  const isLength = (step: number): boolean | null =>
    order === 'ext4' ? isNamed({ step, folder: root, names: [] }) : null
  const known = new Map<Node, Uint8Array>()
  const bytesOf = (node: Node, durable: Uint8Array): Uint8Array => {
    const bytes = known.get(node) ?? survived(durable, node.changes, { cut, isLength, chance })
    known.set(node, bytes)
    return bytes
  }
  return walked(root, (node) => {
    const names = new Map(node.names)
    for (const naming of pending)
      if (naming.folder === node && isNamed(naming)) rename(names, naming.names)
    return { isMapped: node.isMapped, bytes: node.bytes && bytesOf(node, node.bytes), names }
  })
}

const newNode = (bytes: Uint8Array | null, target?: string): Node => ({
  isMapped: false,
  bytes,
  target,
  changes: [],
  names: new Map(),
  seen: new Map(),
  step: 0,
})

function enter(before: readonly Entry[], nodes: Map<number, Node>): Node {
  const byPath = new Map<string, Node>()
  for (const { path, inode, bytes, target } of before) {
    const node = nodes.get(inode) ?? newNode(bytes, target)
    nodes.set(inode, node)
    byPath.set(path, node)
    if (path === '') continue
    const cut = path.lastIndexOf('/')
    const folder = byPath.get(path.slice(0, Math.max(cut, 0)))
    for (const names of [folder?.names, folder?.seen]) names?.set(path.slice(cut + 1), node)
  }
  const root = byPath.get('')
  if (!root) throw new Error('a disk has a root')
  return root
}

function rename(names: Map<string, Node>, changes: Naming['names']): void {
  for (const [name, node] of changes) {
    if (node) names.set(name, node)
    else names.delete(name)
  }
}

type Look = { isMapped: boolean; bytes: Uint8Array | null; names: Map<string, Node> }

function walked(root: Node, look: (node: Node) => Look): Map<string, Found> {
  const found = new Map<string, Found>()
  const visit = (node: Node, path: string) => {
    const { isMapped, bytes, names } = look(node)
    found.set(path, { bytes, isMapped, target: node.target })
    for (const [name, inner] of names) visit(inner, path === '' ? name : `${path}/${name}`)
  }
  visit(root, '')
  return found
}

/** Which of the pending steps are there: in ext4 one prefix of all, else one in each folder. */
function namesAfter(
  names: Cut['names'],
  { order, pending, steps, durable }: State,
  chance: () => number,
): (naming: Naming) => boolean {
  const upTo = (from: number): number =>
    names === 'none' ? from : names === 'all' ? steps : from + whole(steps - from + 1, chance)
  if (order === 'ext4') {
    const last = upTo(durable)
    return ({ step }) => step <= last
  }
  const folders = new Set(pending.map(({ folder }) => folder))
  const last = new Map([...folders].map((folder) => [folder, upTo(0)]))
  return ({ step, folder }) => step <= (last.get(folder) ?? 0)
}

const whole = (below: number, chance: () => number): number => Math.floor(chance() * below)

/** Bytes with changes made to them, in order; a gap is filled with zeros. */
function changed(bytes: Uint8Array, changes: readonly Change[]): Uint8Array {
  if (changes.length === 0) return bytes
  const room = changes.reduce((most, change) => Math.max(most, endOf(change)), bytes.length)
  const made = new Uint8Array(room)
  made.set(bytes)
  let length = bytes.length
  for (const change of changes) {
    if (change.is === 'write') {
      made.set(change.bytes, change.at)
      length = Math.max(length, endOf(change))
    } else {
      if (change.length < length) made.fill(0, change.length, length)
      length = change.length
    }
  }
  return made.subarray(0, length)
}

const endOf = (change: Change): number =>
  change.is === 'write' ? change.at + change.bytes.length : change.length

type Survival = { cut: Cut; isLength: (step: number) => boolean | null; chance: () => number }

/** What is there of a file's bytes. */
function survived(
  bytes: Uint8Array,
  changes: readonly Change[],
  { cut, isLength, chance }: Survival,
): Uint8Array {
  if (changes.length === 0) return bytes
  const some = ways.filter((way) => way !== 'mixed')
  const way = cut.bytes === 'mixed' ? (some[whole(some.length, chance)] ?? 'none') : cut.bytes
  const share = chance()
  const last = changes.findLastIndex(({ is }) => is === 'write')
  const kept = changes.flatMap((change, index): Change[] => {
    if (change.is === 'truncate') {
      const isThere = way === 'all' || way === 'last-torn' || (way !== 'none' && chance() < share)
      return (isLength(change.step) ?? isThere) ? [change] : []
    }
    if (way === 'none') return []
    if (way === 'all' || (way === 'last-torn' && index !== last)) return [change]
    if (way === 'last-torn') return parted(change, SECTOR).slice(0, whole(sectors(change), chance))
    const pages = parted(change, PAGE).filter(() => chance() < share)
    if (way === 'pages') return pages
    return pages.flatMap((page) => parted(page, SECTOR).filter(() => chance() < 0.5))
  })
  const found = changed(bytes, kept)
  // A length may be there before the bytes are.
  const length = changed(bytes, changes).length
  const isLong = way !== 'none' && found.length < length && chance() < 0.5
  return isLong ? changed(found, [{ is: 'truncate', length, step: 0 }]) : found
}

type Write = Extract<Change, { is: 'write' }>

const sectors = (write: Write): number => parted(write, SECTOR).length

/** A write by the units of the file in which it may be torn. */
function parted({ at, bytes }: Write, unit: number): Write[] {
  const parts: Write[] = []
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + unit - ((at + from) % unit))
    parts.push({ is: 'write', at: at + from, bytes: bytes.subarray(from, to) })
    from = to
  }
  return parts
}
