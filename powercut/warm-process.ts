import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'

// Lives the lives of other processes, one after another: their real entry points, run as at a
// start, over modules that stand loaded. A start of its own costs half a second of a processor.

const wish = z.object({ entry: z.string(), env: z.record(z.string(), z.string()) })

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context)
    if (!url.includes('?life=')) return loaded
    const source = String(loaded.source).replaceAll('import.meta.main', 'true')
    return { format: loaded.format ?? null, source, shortCircuit: true }
  },
})

// What the lives open may be all gone, and the next one is still to come.
setInterval(() => {}, 2 ** 30)
const own = { ...process.env }
let lives = 0

process.on('message', async (message) => {
  if (message === 'end') return void process.emit('SIGTERM')
  const { entry, env } = wish.parse(message)
  process.env = { ...own, ...env }
  lives += 1
  try {
    await import(`${join(import.meta.dirname, '..', entry)}?life=${lives}`)
    process.removeAllListeners('SIGTERM').removeAllListeners('SIGINT')
    process.send?.('over')
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`, () => process.exit(1))
  }
})
