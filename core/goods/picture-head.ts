/** A picture by the head of its file: what it is, and how many pixels it would be. */
export type PictureHead = { type: 'png' | 'jpeg' | 'webp'; width: number; height: number }

/**
 * Reads the head of a PNG, JPEG or WebP; null: it is none of these, or does not tell its size. A
 * picture is looked at so before anything unpacks it: a file of a kilobyte may be gigapixels.
 */
export function pictureHead(bytes: Uint8Array): PictureHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = pngHead(view) ?? webpHead(view) ?? jpegHead(view)
  return found && found.width > 0 && found.height > 0 ? found : null
}

const has = (view: DataView, at: number, text: string): boolean =>
  at + text.length <= view.byteLength &&
  [...text].every((sign, n) => view.getUint8(at + n) === sign.charCodeAt(0))

function pngHead(view: DataView): PictureHead | null {
  if (!has(view, 0, '\x89PNG\r\n\x1a\n') || !has(view, 12, 'IHDR')) return null
  if (view.byteLength < 24) return null
  return { type: 'png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** WebP is one of three: simple, without loss, or with more in it. */
function webpHead(view: DataView): PictureHead | null {
  if (!has(view, 0, 'RIFF') || !has(view, 8, 'WEBP') || view.byteLength < 30) return null
  const three = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000
  if (has(view, 12, 'VP8X')) {
    return { type: 'webp', width: 1 + three(24), height: 1 + three(27) }
  }
  if (has(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true)
    return { type: 'webp', width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) }
  }
  if (!has(view, 12, 'VP8 ')) return null
  const side = (at: number) => view.getUint16(at, true) & 0x3fff
  return { type: 'webp', width: side(26), height: side(28) }
}

/** The segments before the pixels, one of which tells the size. */
function jpegHead(view: DataView): PictureHead | null {
  if (!has(view, 0, '\xff\xd8\xff')) return null
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    // Filling before a marker.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) {
      return { type: 'jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    }
    const length = view.getUint16(at + 2)
    if (length < 2 || marker === 0xda) return null
    at += 2 + length
  }
  return null
}

/** SOF0 … SOF15, of which three are tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
