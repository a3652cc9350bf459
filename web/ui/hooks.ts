import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { openStore, type Store } from './store.ts'
import {
  type Before,
  fieldWithFocus,
  isOwnTyping,
  ownTyping,
  placeNow,
  pressSpace,
  restore,
  type,
} from './typing.ts'
import { BURST_GAP_MS, type Burst, HOLD_MS, hush, noBurst, press, type Step } from './wedge.ts'

// The only effects of the pages stand here, each under the name of what it is for.

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))

/**
 * What a store holds. The component is drawn anew when something that it read while it was drawn
 * has changed, and for nothing else; what it reads later, when something is pressed, is the newest.
 */
export function useStore<T extends object>(store: Store<T>): T {
  const [, drawAnew] = useState(0)
  const picture = { of: store.get(), read: new Set<PropertyKey>(), isDrawn: false }
  const latest = useLatest(picture)
  useLayoutEffect(() => {
    picture.isDrawn = true
  })
  useLayoutEffect(() => {
    const look = () => {
      const { of, read } = latest.current
      const now = store.get()
      const isOther = (key: PropertyKey) => Reflect.get(now, key) !== Reflect.get(of, key)
      if ([...read].some(isOther)) drawAnew((count) => count + 1)
    }
    // It may have changed between the first picture and this.
    look()
    return store.subscribe(look)
  }, [store])
  return new Proxy(picture.of, {
    get: (of, key) => {
      if (picture.isDrawn) return Reflect.get(store.get(), key)
      picture.read.add(key)
      return Reflect.get(of, key)
    },
  })
}

/** The part of the address after «#»; `moved` is called when it changes. */
export function useHash(moved?: () => void): string {
  const [hash, show] = useState(location.hash)
  const latest = useLatest(moved)
  useLayoutEffect(() => {
    let shown = location.hash
    const changed = () => {
      if (location.hash === shown) return
      shown = location.hash
      latest.current?.()
      show(shown)
    }
    addEventListener('hashchange', changed)
    addEventListener('click', followLink)
    goers.add(changed)
    // It may have moved between the first picture and this.
    show(shown)
    return () => {
      removeEventListener('hashchange', changed)
      removeEventListener('click', followLink)
      goers.delete(changed)
    }
  }, [])
  return hash
}

// Told at once: the browser's own event comes after a picture of the screen that was left.
const goers = new Set<() => void>()

export const go = (hash: string): void => {
  location.hash = hash
  for (const changed of goers) changed()
}

/** A link within the page leads as `go` does; with a key held the browser does what it is for. */
function followLink(event: MouseEvent): void {
  const { target, defaultPrevented, button, ctrlKey, metaKey, shiftKey, altKey } = event
  if (defaultPrevented || button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return
  const hash = target instanceof Element && target.closest('a[href^="#"]')?.getAttribute('href')
  if (!hash) return
  event.preventDefault()
  go(hash)
}

/** Another address in place of this one: «Back» of the browser does not come here again. */
export const goInstead = (hash: string): void => {
  location.replace(hash)
  for (const changed of goers) changed()
}

/** Leaves an address under `of` that has nothing to show; null: it has. */
export function useInstead(leave: { of: string; to: string } | null): void {
  useLayoutEffect(() => {
    // The page may be on its way elsewhere already, which this picture has not heard of.
    if (leave && location.hash.startsWith(leave.of)) goInstead(leave.to)
  }, [leave === null])
}

/** Always the latest of a function, so that a listener need not be hung anew. */
export function useLatest<T>(value: T): { current: T } {
  const latest = useRef(value)
  latest.current = value
  return latest
}

/** Whether what asks is still on the screen: an answer may come when it is not. */
export function useShown(): () => boolean {
  const shown = useRef(true)
  useEffect(() => {
    shown.current = true
    return () => {
      shown.current = false
    }
  }, [])
  return () => shown.current
}

/** Asks for `key`; an answer that comes after the next question is dropped. Undefined: not yet. */
export function useLoad<T>(key: string, load: () => Promise<T>): [T | undefined, () => void] {
  const [answer, show] = useState<{ key: string; value: T }>()
  const [again, setAgain] = useState(0)
  const latest = useLatest(load)
  // Before the picture that waits for it is drawn: often the answer comes in time for that one.
  useLayoutEffect(() => {
    let wanted = true
    latest.current().then((value) => {
      if (wanted) show({ key, value })
    })
    return () => {
      wanted = false
    }
  }, [key, again])
  return [answer?.value, () => setAgain((count) => count + 1)]
}

/** Runs once when the component appears. */
export function useStart(work: () => void): void {
  useEffect(work, [])
}

/** Keys of the screen. A handler that returns false lets the key through. */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => unknown>): void {
  const latest = useLatest(keys)
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      // A modal dialog keeps its keys to itself.
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return
      const handler = latest.current[event.key]
      if (handler && handler(event) !== false) event.preventDefault()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}

/** The field that takes what is typed beside any field. */
let elsewhere: RefObject<HTMLInputElement | null> | null = null

/** While the screen stands, `field` takes what is typed beside any field and can be seen. */
export function useTypedElsewhere(field: RefObject<HTMLInputElement | null>): void {
  useLayoutEffect(() => {
    elsewhere = field
    return () => {
      if (elsewhere === field) elsewhere = null
    }
  }, [field])
}

/**
 * The one place where keys come in: characters are held back until it is known whether they are a
 * scan. Those of a person go on to the page, a scan goes to `scanned` and nowhere else.
 */
export function useWedge(scanned: (code: string) => void): void {
  const latest = useLatest(scanned)
  // Before the page is seen: the first digits of a scan must find the listener hung.
  useLayoutEffect(() => {
    let burst = noBurst
    let before: (Before & { began: number }) | null = null
    /** A field that types by itself, before the characters that are held. */
    let beforeHeld: Before | null = null
    let timer: ReturnType<typeof setTimeout>
    const take = ({ burst: next, typed, scan }: Step) => {
      const { began, text } = burst
      burst = next
      // A space among other characters is of a code, or of a word: it presses nothing.
      if (text === ' ' && typed === ' ' && !fieldWithFocus()) pressSpace()
      else if (typed !== '' && !isOwnTyping()) {
        const was = type(typed, elsewhere?.current ?? null)
        if (was && before?.began !== began) before = { ...was, began }
      }
      if (!scan) return
      if (!scan.isWhole && beforeHeld) restore(beforeHeld)
      if (scan.isWhole && before?.began === began) restore(before)
      latest.current(scan.code)
    }
    const wait = (ms: number, more: number) => {
      clearTimeout(timer)
      const hushed = () => {
        take(hush(burst, ms + more))
        if (burst.held > 0) wait(BURST_GAP_MS - ms, ms)
      }
      // Keys that came while the page was busy are heard before the silence.
      timer = setTimeout(() => {
        timer = setTimeout(hushed, 0)
      }, ms)
    }
    const pressed = (event: KeyboardEvent) => {
      const key = event.isTrusted ? keyOf(event, burst) : null
      if (key === null) return
      const place = placeNow(elsewhere?.current ?? null)
      const step = press(burst, { key, at: event.timeStamp, place })
      const own = ownTyping(key)
      const { began, held } = step.burst
      if (held === 1) beforeHeld = own
      if (own && before?.began !== began) before = Object.assign(own, { began })
      if (step.key === 'keep' && !own) {
        event.preventDefault()
        event.stopImmediatePropagation()
      }
      take(step)
      wait(HOLD_MS, 0)
    }
    // A space was held back at its first half, so that its second half presses no button.
    const released = (event: KeyboardEvent) => {
      if (event.key === ' ' && !fieldWithFocus()) event.preventDefault()
    }
    // What was typed belongs where the focus still is.
    const pointed = () => take(press(burst, { key: 'Pointer', at: burst.at, place: 'nowhere' }))
    addEventListener('keydown', pressed, true)
    addEventListener('keyup', released, true)
    addEventListener('pointerdown', pointed, true)
    return () => {
      clearTimeout(timer)
      removeEventListener('keydown', pressed, true)
      removeEventListener('keyup', released, true)
      removeEventListener('pointerdown', pointed, true)
    }
  }, [])
}

/** The key as a wedge means it; null: it stands beside what is typed, as Shift does. */
function keyOf(event: KeyboardEvent, { held, tailMs }: Burst): string | null {
  const { key, code, ctrlKey, altKey, metaKey } = event
  const isModifier = /^(Shift|CapsLock|Control|Alt|AltGraph|Meta|NumLock)$/.test(key)
  // With Alt a wedge types characters by their numbers: the system puts them together.
  if (event.isComposing || isModifier || (altKey && !ctrlKey)) return null
  if (key.length > 1) return key
  if (event.repeat || metaKey) return 'Repeat'
  if (!ctrlKey || altKey) return key
  // Control characters: GS of GS1 codes is Ctrl+], line feed Ctrl+J.
  if (code === 'BracketRight') return '\x1d'
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter === undefined || (held === 0 && tailMs === 0)) return 'Shortcut'
  if (letter === 'J' || letter === 'M') return 'Enter'
  return letter === 'I' ? 'Tab' : String.fromCharCode(letter.charCodeAt(0) - 64)
}

/** While the component stands, the latest of `hearer` is the last of `hearers`. */
export function useHearer<A, R>(hearers: ((what: A) => R)[], hearer: (what: A) => R): void {
  const latest = useLatest(hearer)
  useLayoutEffect(() => {
    const hear = (what: A) => latest.current(what)
    hearers.push(hear)
    return () => void hearers.splice(hearers.indexOf(hear), 1)
  }, [hearers])
}

/** Modal dialogs that are open, the topmost last: all else can be neither read nor pressed. */
const modals = openStore<{ open: readonly HTMLDialogElement[] }>({ open: [] })

/** True in the topmost dialog; without one, on the page itself. */
export const useIsTop = (modal: RefObject<HTMLDialogElement | null> | null): boolean =>
  useStore(modals).open.at(-1) === (modal?.current ?? undefined)

/** Opens the dialog it is given to as a modal one. */
export function useModal(onClose: (() => void) | undefined): RefObject<HTMLDialogElement | null> {
  const modal = useRef<HTMLDialogElement>(null)
  const latest = useLatest(onClose)
  useLayoutEffect(() => {
    const dialog = modal.current
    if (!dialog) return
    const canClose = latest.current !== undefined
    // A gesture of the system closes a dialog whatever `cancel` says; newer browsers can be told.
    if (!canClose) dialog.setAttribute('closedby', 'none')
    dialog.showModal()
    modals.set({ open: [...modals.get().open, dialog] })
    const cancelled = (event: Event) => {
      event.preventDefault()
      latest.current?.()
    }
    // Chromium closes on the second Esc whatever `cancel` says, unless the key itself is stopped.
    // The focus may stand beside the dialog, where a click on its text has left it.
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && modals.get().open.at(-1) === dialog) cancelled(event)
    }
    const closed = () => {
      if (latest.current) latest.current()
      else dialog.showModal()
    }
    const clicked = (event: MouseEvent) => {
      if (event.target === dialog) latest.current?.()
    }
    dialog.addEventListener('cancel', cancelled)
    dialog.addEventListener('close', closed)
    addEventListener('keydown', pressed)
    dialog.addEventListener('click', clicked)
    return () => {
      dialog.removeEventListener('close', closed)
      removeEventListener('keydown', pressed)
      dialog.close()
      modals.set({ open: modals.get().open.filter((each) => each !== dialog) })
      keepFocus()
    }
  }, [])
  return modal
}

/**
 * A dialog gives the focus back to what had it before. That may be gone, or go with the answer the
 * dialog was about; the page itself is no place for it, so it comes to the screen's heading then.
 * Watched until the person's next act.
 */
function keepFocus(): void {
  const watch = new MutationObserver(() => {
    const { activeElement, body } = document
    const isLost = !activeElement || activeElement === body || activeElement.matches(':disabled')
    if (isLost && !document.querySelector('dialog[open]')) focusScreen()
  })
  watch.observe(document.body, {
    childList: true,
    subtree: true,
    attributeFilter: ['disabled'],
  })
  const stop = () => {
    watch.disconnect()
    removeEventListener('keydown', stop, true)
    removeEventListener('pointerdown', stop, true)
  }
  addEventListener('keydown', stop, true)
  addEventListener('pointerdown', stop, true)
}

function focusScreen(): void {
  const heading = document.querySelector<HTMLElement>('main h1')
  if (heading) heading.tabIndex = -1
  const place = heading ?? document.querySelector<HTMLElement>('main :is(button, input, a)')
  place?.focus({ preventScroll: true })
}

/** Milliseconds since the page began, told again every `everyMs`. */
export function useElapsed(everyMs: number): number {
  const [elapsed, show] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => show(performance.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return elapsed
}

export const elapsedNow = (): number => performance.now()

/** Calls once, `ms` after `key` last changed; null: never. */
export function useLater(key: unknown, ms: number, work: () => void): void {
  const latest = useLatest(work)
  useEffect(() => {
    if (key === null || key === undefined) return
    const timer = setTimeout(() => latest.current(), ms)
    return () => clearTimeout(timer)
  }, [key, ms])
}

/** Each time that `times` changes, leads to the first field of the form that is wrong. */
export function useLedToFault(times: number): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [times])
  return form
}

/**
 * Puts the focus there when it appears, and again when `place` changes: what was hidden may be
 * seen there. `fine`: only where that opens no keyboard.
 */
export function useFocus<E extends HTMLElement = HTMLInputElement>(
  when: 'always' | 'fine' | 'never' = 'fine',
  place?: string,
): RefObject<E | null> {
  const element = useRef<E>(null)
  useLayoutEffect(() => {
    if (when === 'never') return
    if (when === 'fine' && !matchMedia('(pointer: fine)').matches) return
    // No further than needed: what stands above it is what it answers.
    element.current?.focus({ preventScroll: true })
    element.current?.scrollIntoView({ block: 'nearest' })
    if (element.current instanceof HTMLInputElement) element.current.select()
  }, [when, place])
  return element
}

/** The name of the page's tab, and the language in which it is read aloud. */
export function useDocument(title: string, language: string): void {
  useLayoutEffect(() => {
    document.title = title
    document.documentElement.lang = language
  }, [title, language])
}
