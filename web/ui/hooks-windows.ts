import { useEffect } from 'preact/hooks'
import { useLatest } from './hooks.ts'

// Windows of one page speak to each other: the one that opened, and the one that was opened.

/** Hears what another window of this page says; what `heard` answers goes back to it. */
export function useWindowHeard(heard: (said: unknown) => unknown): void {
  const latest = useLatest(heard)
  useEffect(() => {
    const told = ({ data, origin, source }: MessageEvent) => {
      if (origin !== location.origin) return
      const answer = latest.current(data)
      if (answer !== undefined) source?.postMessage(answer, { targetOrigin: origin })
    }
    addEventListener('message', told)
    return () => removeEventListener('message', told)
  }, [])
}

/** Says it to the window that opened this one; false: there is none any more. */
export function tellOpener(said: unknown): boolean {
  const opener: Window | null = window.opener
  if (!opener || opener.closed) return false
  opener.postMessage(said, location.origin)
  return true
}
