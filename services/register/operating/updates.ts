import { existsSync } from 'node:fs'
import type { UpdateView } from '#core/api/register-updates.ts'
import { HOUR, MINUTE } from '#core/time.ts'
import { newerRelease, type Release } from '#core/updating/release.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { Fetched } from '#services/runtime/fetch-file.ts'
import { fileSha256 } from '#services/runtime/file-hash.ts'
import type { ReleaseFault, ReleaseLink } from '../links/releases.ts'

export type UpdateWatch = ReturnType<typeof openUpdateWatch>

type Own = { version: string; platform: string; node: number }

/**
 * Releases of the till's programs (U1): asked for hourly, ten minutes after what went wrong; a
 * newer one is fetched beside the work, and lies verified on the disk until it is installed.
 * Whatever fails here stops updates, never a sale.
 */
export function openUpdateWatch(ports: {
  /** Null: this till has no root of trust, or no office. */
  link: ReleaseLink | null
  own: Own
  clock: Clock
  changed: () => void
}) {
  const { link, own, clock, changed } = ports
  const state = {
    newest: link && newerRelease(link.known(), own),
    /** Whose archive lies verified here. */
    ready: null as string | null,
    bytes: null as number | null,
    fault: null as ReleaseFault | Exclude<Fetched, 'stored'> | null,
    heardAt: null as number | null,
    dueAt: 0,
  }
  const tell = (change: Partial<typeof state>): void => {
    Object.assign(state, change)
    changed()
  }
  let running: Promise<void> | null = null
  const work = async (): Promise<void> => {
    if (!link) return
    const heard = await link.ask()
    if (heard.is !== 'heard') {
      tell({ fault: heard.is })
    } else {
      const newest = newerRelease(heard.releases, own)
      tell({ fault: null, newest, heardAt: clock.now() })
    }
    await lay(link)
    state.dueAt = clock.elapsed() + (state.fault === null ? HOUR : 10 * MINUTE)
  }
  /** Has the newest lie here, verified. */
  const lay = async (from: ReleaseLink): Promise<void> => {
    const { newest } = state
    const isDone = newest === null || (await isVerified(newest, from.archiveOf(newest)))
    if (isDone) {
      const ready = newest?.version ?? null
      if (ready !== state.ready) tell({ ready, bytes: null })
      return
    }
    // What was verified before is no longer the newest, and is taken away only by its successor.
    if (state.fault !== null) return
    tell({ bytes: 0, ready: null })
    const fetched = await from.fetch(newest, (bytes) => {
      state.bytes = bytes
    })
    const isStored = fetched === 'stored'
    const fault = isStored ? null : fetched
    tell({ bytes: null, ready: isStored ? newest.version : null, fault })
  }
  return {
    view: (): UpdateView | null => {
      if (!link) return null
      const { newest, ready, bytes, fault, heardAt } = state
      return {
        installed: own.version,
        newest: newest && {
          version: newest.version,
          notes: newest.notes,
          length: newest.length,
          isReady: newest.version === ready,
          bytes,
          file: link.archiveOf(newest),
        },
        fault,
        heardAt,
      }
    },
    /** A newer release lies here verified. */
    isReady: (): boolean => state.ready !== null,
    /** Asks now, and fetches what is newer; who asks meanwhile waits for the same. */
    check: (): Promise<void> => {
      running ??= work().finally(() => {
        running = null
      })
      return running
    },
    /** One look; answers how long to rest before the next. */
    step: async (): Promise<number> => {
      if (!link) return HOUR
      if (clock.elapsed() >= state.dueAt) {
        running ??= work().finally(() => {
          running = null
        })
        await running
      }
      return MINUTE
    },
  }
}

const isVerified = async ({ sha256 }: Release, path: string): Promise<boolean> =>
  existsSync(path) && (await fileSha256(path)) === sha256
