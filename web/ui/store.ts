/** One value that the page draws from; whoever changes it tells everyone who looks. */
export type Store<T> = {
  get: () => T
  set: (change: Partial<T>) => void
  subscribe: (changed: () => void) => () => void
}

export function openStore<T extends object>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (change) => {
      value = { ...value, ...change }
      for (const listener of listeners) listener()
    },
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
}

/** Keeps a value over reloads of this tab; null forgets it. */
export function keep(key: string, value: unknown): void {
  try {
    if (value === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(value))
  } catch {
    // A full or forbidden storage costs the reload, not the work.
  }
}

/** What each value was as this tab has read or kept it last. */
const known = new Map<string, string | null>()

/** Keeps a value for every tab of this browser, over its restarts. */
export function keepShared(key: string, value: unknown): void {
  try {
    const text = JSON.stringify(value)
    localStorage.setItem(key, text)
    known.set(key, text)
  } catch {
    // A full or forbidden storage costs the other tabs, not the work.
  }
}

/** What a tab of this browser kept last, unparsed by any schema; undefined: nothing readable. */
export function keptShared(key: string): unknown {
  try {
    const text = localStorage.getItem(key)
    known.set(key, text)
    return JSON.parse(text ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** Whether another tab has kept it since this one has read or kept it. */
export function isKeptAnew(key: string): boolean {
  try {
    return localStorage.getItem(key) !== known.get(key)
  } catch {
    return false
  }
}

/** What was kept, unparsed by any schema; undefined when there is nothing readable. */
export function kept(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}
