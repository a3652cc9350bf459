/** Latencies of one piece of work, in milliseconds. */
export type Measured = { perSecond: number; p50: number; p99: number; max: number; count: number }

export function summary(latencies: readonly number[]): Measured {
  const sorted = [...latencies].sort((a, b) => a - b)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const total = latencies.reduce((a, b) => a + b, 0)
  return {
    perSecond: (latencies.length / total) * 1000,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
    count: latencies.length,
  }
}

/** One client: each call begins when the one before has ended. */
export async function oneByOne(count: number, work: () => unknown): Promise<Measured> {
  const latencies: number[] = []
  await timed(count, work, latencies)
  return summary(latencies)
}

/** The same, its latencies put to others. */
export async function timed(count: number, work: () => unknown, into: number[]): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const from = performance.now()
    await work()
    into.push(performance.now() - from)
  }
}

export const shown = ({ perSecond, p50, p99 }: Measured): string =>
  `${perSecond.toFixed(0).padStart(6)} /s   p50 ${p50.toFixed(2)} ms   p99 ${p99.toFixed(2)} ms`
