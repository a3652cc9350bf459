import { runTrial } from './trial.ts'
import type { Wish } from './verdict.ts'

// Trials of a test, one after the other as they are asked for.

process.on('message', async ({ seed, operations }: Wish) => {
  const { tally, fingerprint, violation } = await runTrial(seed, { operations })
  process.send?.({ operations: tally.counts.operations, fingerprint, violation })
})
// A service would end without whoever asks it nothing (life.ts); this one waits to be asked.
process.channel?.ref()
