import childProcess, { type ChildProcess, execFileSync } from 'node:child_process'
import { existsSync, renameSync } from 'node:fs'
import { registerHooks, syncBuiltinESMExports } from 'node:module'
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

// A cut before there was a database leaves initdb to be run anew, which takes two seconds of a
// processor and always makes the same: what the first one here made is copied for those after it.
const initdb = join(import.meta.dirname, '..', 'services', 'runtime', 'postgres-embedded.ts')
const made = join(z.string().parse(process.env.POWERCUT_KEPT), 'database')
const { spawn } = childProcess

Object.assign(childProcess, {
  spawn: (program: string, given: readonly string[], options: object): ChildProcess => {
    const [script, folder] = given
    if (script !== initdb || folder === undefined) return spawn(program, given, options)
    if (existsSync(made)) return spawn('cp', ['-r', made, folder], options)
    const child = spawn(program, given, options)
    // Heard before whoever asked for it moves the folder away.
    child.once('exit', (code) => {
      if (code !== 0) return
      execFileSync('cp', ['-r', folder, `${made}.new`])
      renameSync(`${made}.new`, made)
    })
    return child
  },
})
syncBuiltinESMExports()
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
