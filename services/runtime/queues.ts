/**
 * Work for one key at a time, at most `longest` more in line behind it. «busy»: the line is full,
 * and nothing was done. Whoever repeats keeps his own line full, and nobody else's.
 */
export function openQueues(longest: number) {
  const queues = new Map<string, { length: number; last: Promise<unknown> }>()
  return async <T>(key: string, work: () => Promise<T>): Promise<T | 'busy'> => {
    const queue = queues.get(key) ?? { length: 0, last: Promise.resolve() }
    if (queue.length > longest) return 'busy'
    queues.set(key, queue)
    queue.length += 1
    // The one before may have failed: that was told to whoever asked for it.
    const turn = queue.last.then(work, work)
    queue.last = turn
    try {
      return await turn
    } finally {
      queue.length -= 1
      if (queue.length === 0) queues.delete(key)
    }
  }
}
