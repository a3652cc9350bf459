import { createWriteStream, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'

export type Upload = 'stored' | 'too-big' | 'no-room' | 'cut'

/**
 * Writes what somebody sends into a new file that only its owner reads, up to `mostBytes`; of one
 * that is not stored nothing is left. It is not made durable: who sent it can send it again.
 */
export async function storeUpload(
  body: ReadableStream<Uint8Array>,
  path: string,
  mostBytes: number,
): Promise<Upload> {
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
