import type { UpdateView } from '#core/api/register-updates.ts'
import { HOUR, MINUTE } from '#core/time.ts'
import type { InstallFault } from '#core/updating/installing.ts'
import { newerRelease, type Release } from '#core/updating/release.ts'
import type { Clock } from '#services/runtime/clock.ts'
import type { Fetched } from '#services/runtime/fetch-file.ts'
import { isFileOf } from '#services/runtime/file-hash.ts'
import type { ReleaseFault, ReleaseLink } from '../links/releases.ts'
import type { UpdaterLink } from '../links/updater.ts'

export type UpdateWatch = ReturnType<typeof openUpdateWatch>

type Own = { version: string; platform: string; node: number }

type State = {
  newest: Release | null
  /** Whose archive lies verified here. */
  ready: string | null
  /** That are here of the one that is being fetched. */
  bytes: number | null
  asked: ReleaseFault | null
  fetched: Exclude<Fetched, 'stored'> | null
  heardAt: number | null
  dueAt: number
}

const atStart = {
  ready: null,
  bytes: null,
  asked: null,
  fetched: null,
  heardAt: null,
  dueAt: 0,
} satisfies Partial<State>

/** A shop's processes start together: the office may be up a moment after the till. */
const restAfter: Record<'heard' | ReleaseFault, number> = {
  heard: HOUR,
  silent: MINUTE,
  expired: 10 * MINUTE,
  distrusted: 10 * MINUTE,
}

/** Pages are told of so many parts of an archive. */
const TOLD_PARTS = 50

/**
 * Releases of the till's programs (U1): asked for hourly, a minute after a silent office, ten after
 * what else went wrong; a newer one is fetched beside the work, and lies verified on the disk until
 * it is installed. Whatever fails here stops updates, never a sale.
 */
export function openUpdateWatch(ports: {
  /** Null: this till has no root of trust, or no office. */
  link: ReleaseLink | null
  /** Null: nobody installs what this till wants. */
  updater: UpdaterLink | null
  /** Ends the register; whoever supervises it lets the updater work and starts it again. */
  leave: () => void
  auto: () => boolean
  own: Own
  clock: Clock
  changed: () => void
}) {
  const { link, updater, own, clock, changed } = ports
  const state: State = Object.assign({}, atStart, {
    newest: link && newerRelease(link.known(), own),
  })
  const stopping = new AbortController()
  const tell = (change: Partial<typeof state>): void => {
    Object.assign(state, change)
    changed()
  }
  const asking = oneAtATime(async (from: ReleaseLink) => {
    const heard = await from.ask()
    state.dueAt = clock.elapsed() + restAfter[heard.is]
    if (heard.is !== 'heard') tell({ asked: heard.is })
    else {
      const newest = newerRelease(heard.releases, own)
      tell({ asked: null, newest, heardAt: clock.now() })
    }
  })
  const show = (bytes: number): void => tell({ bytes })
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
    const wanted = { told: inParts(newest, show), signal: stopping.signal }
    const fetched = await from.fetch(newest, wanted)
    const isStored = fetched === 'stored'
    if (!isStored) state.dueAt = clock.elapsed() + 10 * MINUTE
    const ready = isStored ? newest.version : state.ready
    tell({ bytes: null, ready, fetched: isStored ? null : fetched })
  })
  const failedOf = openFailures(updater)
  const isReadyFor = (version: string): boolean =>
    state.newest?.version === version && state.ready === version
  const canInstall = (): boolean => link !== null && updater !== null
  return {
    canInstall,
    isReadyFor,
    view: (): UpdateView | null => {
      if (!link) return null
      return viewOf(state, { own, failedOf, canInstall: canInstall(), auto: ports.auto() })
    },
    /** The newest release lies here verified, and nothing is known against installing it. */
    isReady: (): boolean => {
      const version = state.newest?.version
      return version !== undefined && isReadyFor(version) && canInstall() && !failedOf(version)
    },
    /** Leaves the wish for what is ready, and ends the register. */
    install: (): void => {
      if (!link || !updater || !state.newest) return
      updater.want(link.wanted(state.newest))
      ports.leave()
    },
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

type Seen = Pick<UpdateView, 'canInstall' | 'auto'> & {
  own: Own
  failedOf: (version: string) => InstallFault | null
}

function viewOf(state: State, { own, failedOf, canInstall, auto }: Seen): UpdateView {
  const { newest, ready, bytes, asked, fetched, heardAt } = state
  return {
    installed: own.version,
    newest: newest && {
      version: newest.version,
      notes: newest.notes,
      length: newest.length,
      isReady: newest.version === ready,
      bytes,
      failed: failedOf(newest.version),
    },
    fault: asked ?? fetched,
    heardAt,
    canInstall,
    auto,
  }
}

/** Why a version was not installed; read once: while the register is at work the updater is not. */
function openFailures(updater: UpdaterLink | null) {
  const last = updater?.state() ?? null
  return (version: string): InstallFault | null => {
    if (last === null || last.step === 'idle' || last.version !== version) return null
    return last.step === 'failed' ? last.why : 'failed'
  }
}

/** Tells of each part of a release that has come, not of each packet. */
function inParts({ length }: Release, show: (bytes: number) => void): (bytes: number) => void {
  let part = 0
  return (bytes) => {
    const now = Math.floor((bytes / length) * TOLD_PARTS)
    if (now !== part) show(bytes)
    part = now
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
