import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '..')
const built = join(root, 'dist', 'web', '.vite-built')

/** Builds the pages into dist/web unless what stands there is newer than every source of them. */
export async function buildPages(): Promise<void> {
  const newest = Math.max(
    ...['web', 'core', 'vite.config.ts', 'package-lock.json'].map((name) =>
      newestIn(join(root, name)),
    ),
  )
  if (existsSync(built) && statSync(built).mtimeMs > newest) return
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  writeFileSync(built, '')
}

function newestIn(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}

if (import.meta.main) await buildPages()
