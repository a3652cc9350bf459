import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'

// What comes into sight, and what is brought there.

/** Calls when the element comes near the sight, and again as long as it stays there. */
export function useSeen(seen: (() => void) | undefined): RefObject<HTMLParagraphElement | null> {
  const element = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (!element.current || !seen) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) seen()
      },
      { rootMargin: '600px' },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [seen])
  return element
}

/** Scrolls the element into sight whenever `key` changes; null: leaves it where it is. */
export function useInSight<E extends HTMLElement>(key: string | null): RefObject<E | null> {
  const element = useRef<E>(null)
  useLayoutEffect(() => {
    if (key !== null) element.current?.scrollIntoView({ block: 'nearest' })
  }, [key])
  return element
}
