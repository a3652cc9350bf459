import { openStream, type StreamAsked, type StreamTold, type Told } from './stream.ts'

// One for all pages of an origin: a browser has six connections to it, and a stream takes one for
// good. It outlives each page, and unlike a page in the background it is never put to sleep.

const URL_OF_EVENTS = '/api/events'
const pages = new Set<MessagePort>()
let live: (() => void) | null = null
let connecting: (() => void) | null = null

function tellAll(told: StreamTold): void {
  for (const page of pages) page.postMessage(told)
}

/**
 * A page that comes must be told what is: that comes with a stream of its own time. The one before
 * ends as soon as that is there, so that nothing old is heard after it.
 */
function connect(names: readonly string[]): void {
  if (connecting) return
  const close = openStream(URL_OF_EVENTS, names, (told) => {
    if (told.kind === 'link') linked(close, told)
    tellAll(told)
  })
  connecting = close
}

function linked(close: () => void, { live: isLive, over }: Extract<Told, { kind: 'link' }>): void {
  if (isLive && connecting === close) {
    live?.()
    live = close
    connecting = null
  }
  if (!over) return
  close()
  if (live === close) live = null
  if (connecting === close) connecting = null
}

function leave(page: MessagePort): void {
  pages.delete(page)
  if (pages.size > 0) return
  live?.()
  connecting?.()
  live = null
  connecting = null
}

addEventListener('connect', (event) => {
  const [page] = (event as MessageEvent).ports
  if (!page) return
  page.onmessage = ({ data }: MessageEvent<StreamAsked>) => {
    if (data.kind === 'leave') return leave(page)
    pages.add(page)
    page.postMessage({ kind: 'here' } satisfies StreamTold)
    connect(data.names)
  }
})
