import { createWriteStream, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { SECOND } from '#core/time.ts'

export type Upload = 'stored' | 'too-big' | 'no-room' | 'cut' | 'busy'

/** When it is worth trying again, milliseconds: about as long as a file takes to come. */
export const UPLOAD_WAIT_MS = 5 * SECOND

/**
 * Takes so many files at once; of one more nothing is read. Whoever sends slowly gives its place
 * up when the request has lasted too long for the server.
 */
export function openUploads(mostAtOnce: number) {
  let count = 0
  return {
    store: async (
      body: ReadableStream<Uint8Array>,
      path: string,
      mostBytes: number,
    ): Promise<Upload> => {
      // Not cancelled: that would cut the line on which the refusal goes back.
      if (count >= mostAtOnce) return 'busy'
      count += 1
      try {
        return await storeUpload(body, path, mostBytes)
      } finally {
        count -= 1
      }
    },
  }
}

/**
 * Writes what somebody sends into a new file that only its owner reads, up to `mostBytes`; of one
 * that is not stored nothing is left. It is not made durable: who sent it can send it again.
 */
async function storeUpload(
  body: ReadableStream<Uint8Array>,
  path: string,
  mostBytes: number,
): Promise<Exclude<Upload, 'busy'>> {
  let count = 0
  const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      count += chunk.length
      if (count > mostBytes) throw new Error('too big')
      yield chunk
    }
  }
  try {
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
    await pipeline(Readable.fromWeb(body), counted, file)
    return 'stored'
  } catch (error) {
    rmSync(path, { force: true })
    if (count > mostBytes) return 'too-big'
    const code = error instanceof Error && 'code' in error ? error.code : null
    return code === 'ENOSPC' || code === 'EDQUOT' ? 'no-room' : 'cut'
  }
}
