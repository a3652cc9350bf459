import { type Bucket, fullBucket, isFull, type Rate, take } from '#core/rate.ts'

// More addresses than this are never remembered; a shop has a dozen, an operator some thousands.
const MOST = 10_000

/** How often each client address has asked. Answers how many ms it must wait, 0: it may go on. */
export function openVisits(rate: Rate, now: () => number): (address: string) => number {
  const buckets = new Map<string, Bucket>()
  return (address) => {
    const at = now()
    const { bucket, waitMs } = take(buckets.get(address) ?? fullBucket, rate, at)
    // Put anew, so that the first of the map is who has not asked for longest.
    buckets.delete(address)
    buckets.set(address, bucket)
    if (buckets.size > MOST) forget(buckets, at)
    return waitMs
  }
}

function forget(buckets: Map<string, Bucket>, now: number): void {
  for (const [address, bucket] of buckets) {
    if (buckets.size <= MOST && !isFull(bucket, now)) return
    buckets.delete(address)
  }
}
