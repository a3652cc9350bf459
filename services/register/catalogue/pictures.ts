import { createHash } from 'node:crypto'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { tilePictureOf } from '#services/runtime/tile-picture.ts'

/** Pictures of no goods: somebody may be about to save the goods that they are for. */
const MOST_UNUSED = 20

/** Pictures of goods, each once, by the hash of its bytes. They are copied with the goods. */
export function openPictures(db: Sqlite) {
  const keep = db.prepare('insert or replace into picture(hash, image) values (?, ?)')
  const select = db.prepare('select image from picture where hash = ?')
  // Of the new ones beside those of goods: what was there before them goes first.
  const forget = db.prepare(
    `delete from picture where id in (
       select id from picture where not exists (
         select 1 from goods where goods.picture = picture.hash)
       order by id desc limit -1 offset ${MOST_UNUSED})`,
  )
  return {
    /** Keeps the pixels of a PNG and tells what they are called by; null: it is no picture. */
    keep: (png: Buffer): string | null => {
      const image = tilePictureOf(png)
      if (!image) return null
      const hash = createHash('sha256').update(image).digest('hex')
      keep.run(hash, image)
      forget.run()
      return hash
    },
    /** PNG; null: there is none, or not any more. */
    image: (hash: string): Uint8Array<ArrayBuffer> | null =>
      (select.get(hash)?.image as Uint8Array<ArrayBuffer> | undefined) ?? null,
  }
}

export type Pictures = ReturnType<typeof openPictures>
