import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { PICTURE_SIDE } from '#core/goods/tile.ts'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
/** Bytes of a pixel by the colour type of PNG: colours as they are, with or without their cover. */
const channelsOf: Readonly<Record<number, number>> = { 2: 3, 6: 4 }
const FILTERS = 5

/**
 * A picture of a tile made anew of its pixels alone: a PNG of 8 bits, PICTURE_SIDE square, without
 * whatever else was in it. Null: it is no such PNG, or not a whole one.
 */
export function tilePictureOf(png: Buffer): Buffer | null {
  const chunks = chunksOf(png)
  const [head, ...others] = chunks ?? []
  const channels = head?.type === 'IHDR' ? channelsIn(head.data) : null
  if (!chunks || channels === null || others.at(-1)?.type !== 'IEND') return null
  // What a picture cannot be shown without begins with a capital letter; of that we take pixels.
  const needed = others.slice(0, -1).filter(({ type }) => /^[A-Z]/.test(type))
  if (needed.length === 0 || needed.some(({ type }) => type !== 'IDAT')) return null
  const row = 1 + PICTURE_SIDE * channels
  const pixels = inflated(Buffer.concat(needed.map(({ data }) => data)), row * PICTURE_SIDE)
  if (!pixels) return null
  for (let at = 0; at < pixels.length; at += row) {
    if ((pixels[at] ?? FILTERS) >= FILTERS) return null
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', headOf(channels)),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

type Chunk = { type: string; data: Buffer }

/** Every chunk to the last byte, its sum checked; null: they are broken. */
function chunksOf(png: Buffer): Chunk[] | null {
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return null
  const chunks: Chunk[] = []
  for (let at = SIGNATURE.length; at < png.length; ) {
    if (png.length - at < 12) return null
    const end = at + 12 + png.readUInt32BE(at)
    if (end > png.length) return null
    const typed = png.subarray(at + 4, end - 4)
    if (crc32(typed) !== png.readUInt32BE(end - 4)) return null
    chunks.push({ type: typed.toString('latin1', 0, 4), data: typed.subarray(4) })
    at = end
  }
  return chunks
}

function channelsIn(head: Buffer): number | null {
  const channels = channelsOf[head[9] ?? -1]
  return channels !== undefined && head.equals(headOf(channels)) ? channels : null
}

/** The head of a picture of ours: its sides, 8 bits, the colour type, nothing interlaced. */
function headOf(channels: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(PICTURE_SIDE, 0)
  head.writeUInt32BE(PICTURE_SIDE, 4)
  head[8] = 8
  head[9] = channels === 4 ? 6 : 2
  return head
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(typed.length + 8)
  whole.writeUInt32BE(data.length, 0)
  typed.copy(whole, 4)
  whole.writeUInt32BE(crc32(typed), typed.length + 4)
  return whole
}

/** Exactly so many bytes, none more are unpacked; null: it is anything else. */
function inflated(packed: Buffer, length: number): Buffer | null {
  try {
    const bytes = inflateSync(packed, { maxOutputLength: length })
    return bytes.length === length ? bytes : null
  } catch {
    return null
  }
}
