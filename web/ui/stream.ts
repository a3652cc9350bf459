/** What comes of a stream of events: its link, or an event by its name. */
export type Told =
  | { kind: 'link'; live: boolean /** It does not connect again by itself. */; over: boolean }
  | { kind: 'event'; name: string; data: unknown }

/** What a page asks of the browser's one stream. */
export type StreamAsked = { kind: 'listen'; names: readonly string[] } | { kind: 'leave' }
/** `here`: whoever keeps the stream has heard the page. */
export type StreamTold = Told | { kind: 'here' }

/** Listens to server-sent events at an address; the answer ends it. */
export function openStream(
  url: string,
  names: readonly string[],
  tell: (told: Told) => void,
): () => void {
  const source = new EventSource(url)
  source.onopen = () => tell({ kind: 'link', live: true, over: false })
  source.onerror = () =>
    tell({ kind: 'link', live: false, over: source.readyState === EventSource.CLOSED })
  for (const name of names) {
    source.addEventListener(name, (event) => {
      tell({ kind: 'event', name, data: parse(event.data) })
    })
  }
  return () => source.close()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
