import { existsSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ReadableStream } from 'node:stream/web'
import { makeFolder, moveFile, syncFile } from './durable-file.ts'
import { isFileOf } from './file-hash.ts'

/** `cut`: what came is gone on with. `wrong`: it was something else, and is thrown away. */
export type Fetched = 'stored' | 'cut' | 'wrong' | 'no-room'

type Wanted = {
  url: string
  path: string
  sha256: string
  length: number
  /** No byte for so long ends it; so does all of it together. */
  stallMs: number
  wholeMs: number
  /** Bytes that stay free for whoever else works on this disk. */
  spare: number
  told: (bytes: number) => void
  /** Breaks it off. */
  signal?: AbortSignal
}

/**
 * Fetches a file of known length and hash, going on where it was cut. It stands under its name,
 * durably, only when it is whole and is what was wanted; others in its folder go then.
 */
export async function fetchFile(wanted: Wanted): Promise<Fetched> {
  const { path, length } = wanted
  const folder = dirname(path)
  const part = `${path}.part`
  try {
    makeFolder(folder)
    if (await isFileOf(wanted, path)) return 'stored'
    if (existsSync(part) && statSync(part).size > length) rmSync(part)
    if (!(await take(wanted, part))) return 'cut'
    if (statSync(part).size < length) return 'cut'
    if (!(await isFileOf(wanted, part))) {
      rmSync(part)
      return 'wrong'
    }
    syncFile(part)
    moveFile(part, path)
    for (const name of readdirSync(folder)) if (name !== basename(path)) rmSync(join(folder, name))
    return 'stored'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code !== 'ENOSPC' && code !== 'EDQUOT') return 'cut'
    rmSync(part, { force: true })
    return 'no-room'
  }
}

/** Takes what is missing; false: nobody gives it. */
async function take(wanted: Wanted, part: string): Promise<boolean> {
  const { url, length, stallMs, wholeMs, spare, told } = wanted
  const asked = wanted.signal ? [wanted.signal] : []
  let have = existsSync(part) ? statSync(part).size : 0
  if (have === length) return true
  const { bavail, bsize } = statfsSync(dirname(part))
  if (bavail * bsize < length - have + spare) {
    throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
  }
  const stalled = new AbortController()
  let timer = setTimeout(() => stalled.abort(), stallMs)
  const signal = AbortSignal.any([stalled.signal, AbortSignal.timeout(wholeMs), ...asked])
  try {
    const headers = { range: `bytes=${have}-` }
    const answer = await fetch(url, { headers, signal, redirect: 'error' })
    if (!answer.ok || !answer.body) return false
    if (answer.status !== 206) have = 0
    // What came before a cut has to lie there: a stream would throw away what it holds yet.
    const file = await open(part, have > 0 ? 'a' : 'w', 0o600)
    try {
      for await (const chunk of answer.body as ReadableStream<Uint8Array>) {
        clearTimeout(timer)
        timer = setTimeout(() => stalled.abort(), stallMs)
        await file.write(chunk)
        have += chunk.length
        // One more than there is to be tells that it is something else.
        if (have > length) break
        told(have)
      }
    } finally {
      await file.close()
    }
    return true
  } finally {
    clearTimeout(timer)
  }
}
