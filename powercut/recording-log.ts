import type { Event } from './disk-model.ts'

const HEADER = 32

/** Reads what powercut/recorder.c wrote; a record that a kill cut short never came about. */
export function readLog(log: Buffer): Event[] {
  const events: Event[] = []
  for (let at = 0; at + HEADER <= log.length; ) {
    const [kind, size] = [log.readUInt32LE(at), log.readUInt32LE(at + 4)]
    const [inode, other, offset] = [8, 16, 24].map((field) =>
      Number(log.readBigUInt64LE(at + field)),
    ) as [number, number, number]
    const end = at + HEADER + size
    if (end > log.length) break
    const bytes = log.subarray(at + HEADER, end)
    events.push(eventOf(kind, { inode, other, at: offset, bytes }))
    at = end
  }
  return events
}

type Record = { inode: number; other: number; at: number; bytes: Buffer }

function eventOf(kind: number, { inode, other, at, bytes }: Record): Event {
  const [name = '', newName = ''] = [1, 2, 3, 8, 9, 11].includes(kind)
    ? []
    : bytes.toString().split('\0')
  switch (kind) {
    case 1:
      return { is: 'write', inode, at, bytes }
    case 2:
      return { is: 'truncate', inode, length: at }
    case 3:
      return { is: 'sync', inode }
    case 4:
      return { is: 'make', folder: inode, name, inode: other, isFolder: at === 1 }
    case 5:
      return { is: 'rename', from: inode, name, to: other, newName }
    case 6:
      return { is: 'remove', folder: inode, name }
    case 7:
      return { is: 'link', folder: inode, name, inode: other }
    case 8:
      return { is: 'mapped', inode }
    case 9:
      return { is: 'said', bytes }
    case 10:
      return { is: 'symlink', folder: inode, name, inode: other, target: newName }
    case 11:
      return { is: 'sync-all' }
    default:
      throw new Error(`the recorder wrote a record of kind ${kind}`)
  }
}
