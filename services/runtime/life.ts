// Before anything is made: what a process makes is for its own user alone (R31).
process.umask(0o077)

// Heard from the very start: a stand that dies while this process is still opening its store must
// not leave it behind. The channel alone keeps nobody alive.
const parentGone = new Promise<void>((resolve) => {
  if (!process.channel) return
  process.once('disconnect', resolve)
  process.channel.unref()
})

/**
 * Resolves when the process should end: SIGTERM, Ctrl-C, or the death of the stand that started it.
 * A stand killed by SIGKILL tells nobody, but its end of the IPC channel closes.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    // Ctrl-C comes twice, from the terminal and from the parent: the second must not kill half-way.
    // The name of a signal is no answer: whoever races against this tells the end by it.
    const end = () => resolve()
    process.on('SIGTERM', end)
    process.on('SIGINT', end)
    parentGone.then(end)
  })
}
