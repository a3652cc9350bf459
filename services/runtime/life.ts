/**
 * Resolves when the process should end: SIGTERM, Ctrl-C, or the death of the stand that started it.
 * A stand killed by SIGKILL tells nobody, but its end of the IPC channel closes.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
    if (process.channel) process.once('disconnect', resolve)
  })
}
