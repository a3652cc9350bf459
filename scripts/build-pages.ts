import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

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
  // Every stand asks, and hardly any has to build.
  const { build } = await import('vite')
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  packPages(join(root, 'dist', 'web'))
  writeFileSync(built, '')
}

// Below this a packed file saves no packet.
const WORTH_PACKING = 1024

/** Puts a brotli and a gzip copy beside every text, as small as they get: they are made once. */
export function packPages(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) packPages(path)
    else if (/\.(html|js|css|svg|json)$/.test(entry.name)) {
      const text = readFileSync(path)
      if (text.length < WORTH_PACKING) continue
      writeFileSync(`${path}.br`, brotliCompressSync(text))
      writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }))
    }
  }
}

function newestIn(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}

if (import.meta.main) await buildPages()
