// Loaded before each test file. The runner’s own time limit ends a test, but not a file that
// something left running keeps alive: such a file would hold up all that waits for the last line.
const ms = Number(process.env.ZPOS_TEST_DEADLINE_MS ?? 15 * 60_000)

setTimeout(() => {
  process.stderr.write(`The file did not end within ${ms / 1000} s.\n`)
  process.exit(1)
}, ms).unref()

export {}
