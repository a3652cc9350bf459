import { crc32, deflateSync } from 'node:zlib'

/** One chunk of a PNG, its sum right. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const head = Buffer.alloc(4)
  head.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(typed))
  return Buffer.concat([head, typed, sum])
}

/** A PNG of one colour, made wrong as a test asks; as it comes it may be a picture of goods. */
export function aPng(asked: {
  side?: number
  channels?: 3 | 4
  bits?: number
  interlaced?: boolean
  filter?: number
  colour?: number
  /** Chunks between head and pixels. */
  beside?: readonly Buffer[]
  pieces?: number
  packed?: Buffer
}): Buffer {
  const { side = 128, channels = 3, bits = 8, filter = 0, colour = 200, pieces = 1 } = asked
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head[8] = bits
  head[9] = channels === 4 ? 6 : 2
  head[12] = asked.interlaced ? 1 : 0
  const row = Buffer.alloc(1 + (side * channels * bits) / 8, colour)
  row[0] = filter
  const packed = asked.packed ?? deflateSync(Buffer.concat(Array(side).fill(row)))
  const size = Math.max(1, Math.ceil(packed.length / pieces))
  const parts: Buffer[] = []
  for (let at = 0; at < packed.length; at += size) parts.push(packed.subarray(at, at + size))
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', head),
    ...(asked.beside ?? []),
    ...parts.map((part) => pngChunk('IDAT', part)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}
