// The one door: any Node >= 20.19 may open it. It installs what is missing, then hands over to
// the Node 24 that the lock file pins (ruling R22), because the house runs TypeScript unbuilt.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')
const stamp = join(root, 'node_modules', '.zpos-lock')
const node = join(root, 'node_modules', '.bin', 'node')

if (!existsSync(node) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.log('zPOS: installing what it depends on (npm ci)…')
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' })
  if (done.status !== 0) process.exit(done.status ?? 1)
  writeFileSync(stamp, lock)
}

// The stripped and compiled sources of last time; half a second of a processor each start.
const NODE_COMPILE_CACHE = process.env.NODE_COMPILE_CACHE ?? join(root, 'dist', 'compiled')
const [entry, ...rest] = process.argv.slice(2)
const quiet = ['--disable-warning=ExperimentalWarning']
const child = spawn(node, [...quiet, join(root, entry), ...rest], {
  cwd: root,
  env: { ...process.env, NODE_COMPILE_CACHE },
  // The channel tells the child, by closing, that this door was killed (services/runtime/life.ts).
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
