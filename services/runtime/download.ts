import type { Context as Call } from 'hono'
import { refused } from '#core/api/contract.ts'
import { MINUTE, SECOND } from '#core/time.ts'
import { answerRefused } from './serve.ts'

/** Files that are made while they are read, of all people at once. */
const AT_ONCE = 4
/** Whoever has not read a file by then gives its place to others. */
const LASTS_MS = 10 * MINUTE

type File = { name: string; type: string; chunks: AsyncIterator<Uint8Array> }

/**
 * Gives out files piece by piece, as fast as they are read and no faster: nothing of them is held
 * in memory. One at a time for each person; who asks for a second is told that nothing was done.
 */
export function openDownloads() {
  const people = new Set<string>()
  return (call: Call, person: string, open: () => File): Response => {
    if (people.has(person) || people.size >= AT_ONCE) {
      return answerRefused(call, refused('server.busy', { waitMs: 5 * SECOND }))
    }
    people.add(person)
    const { name, type, chunks } = open()
    const end = () => {
      clearTimeout(timer)
      people.delete(person)
    }
    const giveUp = async () => {
      end()
      await chunks.return?.()
    }
    let stop = (_: Error): void => {}
    const timer = setTimeout(() => {
      stop(new Error('the file was not read in time'))
      void giveUp()
    }, LASTS_MS)
    timer.unref()
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        stop = (error) => controller.error(error)
      },
      pull: async (controller) => {
        const next = await chunks.next().catch((error: unknown) => {
          end()
          throw error
        })
        if (!next.done) {
          controller.enqueue(next.value)
          return
        }
        end()
        controller.close()
      },
      cancel: giveUp,
    })
    const disposition = `attachment; filename="${name}"`
    return new Response(body, {
      headers: {
        'content-type': type,
        'content-disposition': disposition,
        'cache-control': 'no-store',
      },
    })
  }
}
