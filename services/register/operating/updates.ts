import type { UpdateView } from '#core/api/register-updates.ts'
import { HOUR, MINUTE } from '#core/time.ts'
import { newerRelease, type Release } from '#core/updating/release.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { Fetched } from '#services/runtime/fetch-file.ts'
import { isFileOf } from '#services/runtime/file-hash.ts'
import type { ReleaseFault, ReleaseLink } from '../links/releases.ts'

export type UpdateWatch = ReturnType<typeof openUpdateWatch>

type Own = { version: string; platform: string; node: number }

/** Pages are told of so many parts of an archive. */
const TOLD_PARTS = 50

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
    /** That are here of the one that is being fetched. */
    bytes: null as number | null,
    asked: null as ReleaseFault | null,
    fetched: null as Exclude<Fetched, 'stored'> | null,
    heardAt: null as number | null,
    dueAt: 0,
  }
  const stopping = new AbortController()
  const tell = (change: Partial<typeof state>): void => {
    Object.assign(state, change)
    changed()
  }
  const asking = oneAtATime(async (from: ReleaseLink) => {
    const heard = await from.ask()
    state.dueAt = clock.elapsed() + (heard.is === 'heard' ? HOUR : 10 * MINUTE)
    if (heard.is !== 'heard') tell({ asked: heard.is })
    else {
      const newest = newerRelease(heard.releases, own)
      tell({ asked: null, newest, heardAt: clock.now() })
    }
  })
  const told = ({ length }: Release): ((bytes: number) => void) => {
    let part = 0
    return (bytes) => {
      state.bytes = bytes
      const now = Math.floor((bytes / length) * TOLD_PARTS)
      if (now !== part) changed()
      part = now
    }
  }
  /** Has the newest lie here, verified. */
  const laying = oneAtATime(async (from: ReleaseLink) => {
    const { newest } = state
    if (newest === null || newest.version === state.ready) return
    if (await isFileOf(newest, from.archiveOf(newest))) {
      tell({ ready: newest.version, fetched: null })
      return
    }
    // Whoever is silent or not believed gives nothing that is worth asking for.
    if (state.asked !== null || stopping.signal.aborted) return
    tell({ bytes: 0, fetched: null })
    const wanted = { told: told(newest), signal: stopping.signal }
    const fetched = await from.fetch(newest, wanted)
    const isStored = fetched === 'stored'
    if (!isStored) state.dueAt = clock.elapsed() + 10 * MINUTE
    const ready = isStored ? newest.version : state.ready
    tell({ bytes: null, ready, fetched: isStored ? null : fetched })
  })
  return {
    view: (): UpdateView | null => {
      if (!link) return null
      const { newest, ready, bytes, asked, fetched, heardAt } = state
      return {
        installed: own.version,
        newest: newest && {
          version: newest.version,
          notes: newest.notes,
          length: newest.length,
          isReady: newest.version === ready,
          bytes,
        },
        fault: asked ?? fetched,
        heardAt,
      }
    },
    /** The newest release lies here verified. */
    isReady: (): boolean => state.newest !== null && state.newest.version === state.ready,
    /** Asks now; what is newer is fetched behind it. */
    check: async (): Promise<void> => {
      if (!link) return
      await asking(link)
      void laying(link)
    },
    /** One look; answers how long to rest before the next. */
    step: async (): Promise<number> => {
      if (!link) return HOUR
      if (clock.elapsed() < state.dueAt) return MINUTE
      await asking(link)
      await laying(link)
      return MINUTE
    },
    /** Breaks off what is being fetched: the next start goes on with it. */
    stop: (): void => stopping.abort(),
  }
}

/** Who asks while it is at work waits for the same. */
function oneAtATime(work: (from: ReleaseLink) => Promise<void>) {
  let running: Promise<void> | null = null
  return (from: ReleaseLink): Promise<void> => {
    running ??= work(from).finally(() => {
      running = null
    })
    return running
  }
}
