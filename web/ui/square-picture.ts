import { pictureHead } from '#core/goods/picture-head.ts'

/** Why a file is not taken: another kind of file, too much to be unpacked, not to be unpacked. */
export type PictureFault = 'kind' | 'large' | 'broken'

const MOST_BYTES = 10_000_000
const MOST_PIXELS = 50_000_000

/**
 * The middle square of a person's picture, `side` pixels of it, as a PNG in base64: its pixels
 * alone, upright, without what a camera says of where and by whom it was taken.
 */
export async function squarePicture(
  file: Blob,
  side: number,
): Promise<{ png: string } | { fault: PictureFault }> {
  if (file.size > MOST_BYTES) return { fault: 'large' }
  try {
    const head = pictureHead(new Uint8Array(await file.arrayBuffer()))
    if (!head) return { fault: 'kind' }
    if (head.width * head.height > MOST_PIXELS) return { fault: 'large' }
    const typed = file.slice(0, file.size, `image/${head.type}`)
    const picture = await createImageBitmap(typed)
    const png = drawn(picture, side)
    picture.close()
    return png === null ? { fault: 'broken' } : { png }
  } catch {
    return { fault: 'broken' }
  }
}

function drawn(picture: ImageBitmap, side: number): string | null {
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  const brush = canvas.getContext('2d')
  if (!brush) return null
  brush.imageSmoothingQuality = 'high'
  const { width, height } = picture
  const cut = Math.min(width, height)
  brush.drawImage(picture, (width - cut) / 2, (height - cut) / 2, cut, cut, 0, 0, side, side)
  const [, base64 = ''] = canvas.toDataURL('image/png').split(',')
  return base64 === '' ? null : base64
}
