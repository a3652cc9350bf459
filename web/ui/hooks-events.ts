import { useEffect } from 'preact/hooks'
import { useLatest } from './hooks.ts'
import { openStream, type StreamAsked, type StreamTold, type Told } from './stream.ts'

/** A worker that does not say that it is there is not; then the page has a stream of its own. */
const WORKER_MS = 4000
const AGAIN_MS = 2000

/**
 * Listens to the server's events and connects again by itself; false: does not listen. All pages of
 * an origin share one stream where the browser can (stream-worker.ts).
 */
export function useEvents(
  listening: boolean,
  on: {
    names: readonly string[]
    heard: (name: string, data: unknown) => void
    link: (live: boolean) => void
  },
): void {
  const latest = useLatest(on)
  useEffect(() => {
    if (!listening) return
    let timer: ReturnType<typeof setTimeout>
    let again = () => {}
    const tell = (told: Told) => {
      if (told.kind === 'event') return latest.current.heard(told.name, told.data)
      latest.current.link(told.live)
      clearTimeout(timer)
      if (told.over) timer = setTimeout(() => again(), AGAIN_MS)
    }
    const alone = () => {
      let close = () => {}
      again = () => {
        close()
        close = openStream('/api/events', latest.current.names, tell)
      }
      again()
      return () => close()
    }
    let leave = () => {}
    const shared = shareStream(latest.current.names, tell, () => {
      leave = alone()
    })
    if (shared) {
      again = shared.listen
      leave = shared.leave
    } else leave = alone()
    // A page that is kept in memory to come back to listens again when it does.
    const hidden = () => leave()
    const shown = ({ persisted }: PageTransitionEvent) => persisted && again()
    addEventListener('pagehide', hidden)
    addEventListener('pageshow', shown)
    return () => {
      clearTimeout(timer)
      leave()
      removeEventListener('pagehide', hidden)
      removeEventListener('pageshow', shown)
    }
  }, [listening])
}

/** The browser's one stream; null where it has none. `failed`: there turned out to be none. */
function shareStream(names: readonly string[], tell: (told: Told) => void, failed: () => void) {
  if (typeof SharedWorker === 'undefined') return null
  const worker = new SharedWorker(new URL('./stream-worker.ts', import.meta.url), {
    type: 'module',
  })
  let isOver = false
  const giveUp = () => {
    if (isOver) return
    leave()
    failed()
  }
  const late = setTimeout(giveUp, WORKER_MS)
  const ask = (asked: StreamAsked) => worker.port.postMessage(asked)
  const leave = () => {
    isOver = true
    clearTimeout(late)
    ask({ kind: 'leave' })
  }
  const listen = () => {
    isOver = false
    ask({ kind: 'listen', names })
  }
  worker.onerror = giveUp
  worker.port.onmessage = ({ data }: MessageEvent<StreamTold>) => {
    if (isOver) return
    if (data.kind === 'here') clearTimeout(late)
    else tell(data)
  }
  listen()
  return { listen, leave }
}
