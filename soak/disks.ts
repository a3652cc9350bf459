import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DiskName, diskNames } from './plan.ts'

export type Disks = ReturnType<typeof openDisks>

// Enough for what a round writes; the embedded databases begin with 40 MB each.
const SIZES: Record<DiskName, string> = {
  shop: '96m',
  register: '48m',
  operator: '256m',
  office: '256m',
  acquirer: '256m',
  log: '24m',
}

/**
 * Small disks in memory under a data folder, one for each store that can be, so that each can be
 * filled alone. `can` is false where this system lets nobody mount: then they are plain folders.
 */
export function openDisks(data: string) {
  const folderOf = (name: DiskName) => (name === 'shop' ? data : join(data, name))
  const mounted: DiskName[] = []
  // The outer one first: what is mounted within lies on it.
  const order = ['shop', ...diskNames.filter((name) => name !== 'shop')] as const
  for (const name of order) {
    mkdirSync(folderOf(name), { recursive: true, mode: 0o700 })
    if (!isMounted(folderOf(name), SIZES[name])) break
    mounted.push(name)
  }
  const filler = (name: DiskName) => join(folderOf(name), 'filler')
  return {
    can: mounted.length === diskNames.length,
    /** Fills a disk so far that `left` bytes can still be written. */
    fill: (name: DiskName, left: number): void => {
      const { bavail, bsize } = statfsSync(folderOf(name))
      try {
        writeFileSync(filler(name), Buffer.alloc(Math.max(0, bavail * bsize - left)))
      } catch {
        // Somebody else wrote the last bytes meanwhile: it is full.
      }
    },
    clear: (name: DiskName): void => rmSync(filler(name), { force: true }),
    close: (): void => {
      for (const name of mounted.reverse()) {
        execFileSync('umount', ['-l', folderOf(name)], { stdio: 'ignore' })
      }
    },
  }
}

function isMounted(folder: string, size: string): boolean {
  try {
    const options = `size=${size},mode=0700`
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
