import { crc32, deflateSync } from 'node:zlib'
import { encode } from 'uqr'

const SCALE = 6
const GREY_BIT = [1, 0, 0, 0, 0]

/** A QR code as a PNG, black on white, with its quiet border. */
export function qrPicture(text: string): Uint8Array {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const width = size * SCALE
  const row = Math.ceil(width / 8)
  const bits = Buffer.alloc((row + 1) * width)
  for (let y = 0; y < width; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (data[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)]) continue
      // A one is white; the first byte of a row names its filter, none.
      const at = y * (row + 1) + 1 + (x >> 3)
      bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(width, 4)
  head.set(GREY_BIT, 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(bits)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const whole = Buffer.alloc(8 + body.length)
  whole.writeUInt32BE(data.length, 0)
  whole.set(body, 4)
  whole.writeUInt32BE(crc32(body), 4 + body.length)
  return whole
}
