import { useEffect } from 'preact/hooks'
import { useLatest } from './hooks.ts'

/** Told when another tab has kept something, and when this one is seen again after a sleep. */
export function useShared(changed: () => void): void {
  const latest = useLatest(changed)
  useEffect(() => {
    const told = () => latest.current()
    addEventListener('storage', told)
    addEventListener('pageshow', told)
    document.addEventListener('visibilitychange', told)
    return () => {
      removeEventListener('storage', told)
      removeEventListener('pageshow', told)
      document.removeEventListener('visibilitychange', told)
    }
  }, [])
}
