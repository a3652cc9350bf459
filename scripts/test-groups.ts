import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './part.ts'

// A process of its own loads six hundred modules and compiles the same code again, which takes
// longer than most files of tests do: those that leave nothing behind in their process share one.

// What starts processes, hooks or changes its own, or waits before its tests begin.
const LIVES_ALONE =
  /child_process|ZPOS_TEST_POSTGRES|startStand|process\.(env|exit|umask|chdir)|globalThis|^await /m
const HOOKS = /import \{[^}]*\b(after|before|afterEach|beforeEach|mock)\b[^}]*\} from 'node:test'/
/** Rooms whose files are short and many. */
const SHARING = /^(core|web|services|shop|stand)\//
/** Databases in memory of so many files are still held by one process. */
const TOGETHER = 16

/**
 * Files to be run in this order, short ones of a room replaced by a file that imports them; those
 * are laid in a folder of a run's own, given from the root.
 */
export function grouped(units: readonly string[], folder: string): string[] {
  mkdirSync(join(root, folder), { recursive: true })
  const open = new Map<string, string[]>()
  const order: (string | string[])[] = []
  for (const file of units) {
    const room = SHARING.exec(file)?.[1]
    if (!room || livesAlone(file)) {
      order.push(file)
      continue
    }
    let group = open.get(room)
    if (!group || group.length === TOGETHER) {
      group = []
      open.set(room, group)
      order.push(group)
    }
    group.push(file)
  }
  return order.map((each) => (typeof each === 'string' ? each : layGroup(each, folder)))
}

function livesAlone(file: string): boolean {
  const text = readFileSync(join(root, file), 'utf8')
  return LIVES_ALONE.test(text) || HOOKS.test(text)
}

function layGroup(files: readonly string[], folder: string): string {
  const [first = ''] = files
  if (files.length === 1) return first
  const name = first.replaceAll('/', '-').replace('.test.ts', `-and-${files.length - 1}.ts`)
  const path = join(folder, name)
  const up = relative(join(root, folder), root)
  writeFileSync(join(root, path), files.map((file) => `import '${up}/${file}'\n`).join(''))
  return path
}
