import { type PassedScan, passedScan, takenScan } from '#core/api/customer-view.ts'

// A scanner types into the window that has the focus, and that may be the customer's: the code goes
// to the till, which does with it what it does with every scan (H2).

/** What the customer's window says of a code. */
export const scanTold = (id: string, code: string): PassedScan => ({ zpos: 'scan', id, code })

/** Gives a code on to the till; what is to be answered, undefined: that was said of no code. */
export function takePassed(said: unknown, scanned: (code: string) => void): unknown {
  const read = passedScan.safeParse(said)
  if (!read.success) return undefined
  scanned(read.data.code)
  return { zpos: 'scan-taken', id: read.data.id }
}

/** Which code the till says that it has; null: it says nothing of one. */
export function takenId(said: unknown): string | null {
  const read = takenScan.safeParse(said)
  return read.success ? read.data.id : null
}
