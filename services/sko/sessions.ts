import { HOUR } from '#core/time.ts'

// A session (sid) belongs to one device and is for foreign clients. Anybody may ask for one; it is
// open, and the only one, from the moment that the device's PIN is shown in it (fact:tsrv). Whoever
// asks for none is known by the address.

/** Whoever does nothing for so long has gone. */
const IDLE_MS = 12 * HOUR
/** Sessions asked for, in which nobody has shown the PIN yet; the oldest gives way. */
const MOST_ASKED = 4096

/** Sessions of all devices, and who has shown the PIN in them; they end with the service. */
export function openSessions(elapsed: () => number) {
  const asked = new Map<string, Set<string>>()
  const open = new Map<string, string>()
  /** When whoever has shown the PIN of a device was last heard. */
  const heardAt = new Map<string, number>()
  const keyOf = (serial: string, holder: string) => `${serial} ${holder}`
  const isIn = (serial: string, holder: string): boolean => {
    const at = heardAt.get(keyOf(serial, holder))
    return at !== undefined && elapsed() - at < IDLE_MS
  }
  const openOf = (serial: string): string | null => {
    const sid = open.get(serial)
    return sid !== undefined && isIn(serial, sidHolder(sid)) ? sid : null
  }
  return {
    openOf,
    /** The newest that was asked for, where none is open. */
    lastAsked: (serial: string): string | null => [...(asked.get(serial) ?? [])].at(-1) ?? null,
    isAsked: (serial: string, sid: string): boolean => asked.get(serial)?.has(sid) === true,
    hasAny: (serial: string): boolean => openOf(serial) !== null || asked.has(serial),
    ask: (serial: string, sid: string): void => {
      const of = asked.get(serial) ?? new Set()
      asked.set(serial, of.add(sid))
      const [oldest] = of
      if (of.size > MOST_ASKED && oldest !== undefined) of.delete(oldest)
    },
    /** Whether the PIN was shown by the holder, who is heard with this. */
    hears: (serial: string, holder: string): boolean => {
      if (!isIn(serial, holder)) return false
      heardAt.set(keyOf(serial, holder), elapsed())
      return true
    },
    letIn: (serial: string, holder: string, sid: string | null): void => {
      heardAt.set(keyOf(serial, holder), elapsed())
      if (sid === null) return
      open.set(serial, sid)
      asked.delete(serial)
    },
    end: (serial: string, holder: string, sid: string | null): void => {
      heardAt.delete(keyOf(serial, holder))
      if (sid === null) return
      asked.get(serial)?.delete(sid)
      if (open.get(serial) === sid) open.delete(serial)
    },
  }
}

export type Sessions = ReturnType<typeof openSessions>

/** How whoever holds a session is called among those who have shown a PIN. */
export const sidHolder = (sid: string): string => `sid ${sid}`
