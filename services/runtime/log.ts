/** One JSON line per event on standard error; never a card number, a PIN or a key. */
export type Log = {
  info: (what: string, details?: Record<string, unknown>) => void
  error: (what: string, details?: Record<string, unknown>) => void
}

export function openLog(process_: string): Log {
  const write =
    (level: string) =>
    (what: string, details: Record<string, unknown> = {}) => {
      const at = new Date().toISOString()
      process.stderr.write(
        `${JSON.stringify({ at, level, process: process_, what, ...details })}\n`,
      )
    }
  return { info: write('info'), error: write('error') }
}

export const silentLog: Log = { info: () => {}, error: () => {} }
