import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Release } from '#core/updating/release.ts'
import { fileSha256 } from '#services/runtime/file-hash.ts'
import { buildPages } from './build-pages.ts'
import { root } from './part.ts'
import { programFiles } from './program-files.ts'

// The register's programs as a release: what is installed of them beside the package.

const PROGRAMS = ['services/register/main.ts', 'services/register/trial.ts']

/** The root of trust that goes with the programs, where a till has none of its own. */
const EMBEDDED_ROOT = 'release-root.json'

type Wanted = {
  version: string
  notes: Release['notes']
  /** Folder of the archive. */
  out: string
  /** The newest root, in its own text. */
  trustedRoot: string
}

/** Packs the tree as it stands under a version; Node comes with the Debian package. */
export async function packRelease(wanted: Wanted): Promise<Release & { file: string }> {
  const { version, notes, out, trustedRoot } = wanted
  await buildPages()
  const platform = `linux-${process.arch}`
  const path = `zpos-till-${version}-${platform}.tar.gz`
  const file = join(out, path)
  const own = mkdtempSync(join(tmpdir(), 'zpos-release-'))
  try {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const named = JSON.stringify(Object.assign(manifest, { version }))
    writeFileSync(join(own, 'package.json'), named)
    writeFileSync(join(own, EMBEDDED_ROOT), trustedRoot)
    pack(file, own)
  } finally {
    rmSync(own, { recursive: true })
  }
  const [length, sha256] = [statSync(file).size, await fileSha256(file)]
  const node = Number(process.versions.node.split('.')[0])
  return { version, path: basename(file), sha256, length, platform, node, notes, file }
}

/** Straight from the tree: a copy first would cost as much again as packing. */
function pack(file: string, own: string): void {
  const { sources, packages } = programFiles(PROGRAMS)
  const lasting = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner']
  const unread = ['*.md', '*.map', '*.d.ts', '*.d.cts', '*.d.mts'].map(
    (each) => `--exclude=${each}`,
  )
  const parts = [...sources, ...packages.map((name) => join('node_modules', name))]
  const from = ['-C', root, ...parts, 'dist/web/cashier', 'dist/web/assets']
  const beside = ['-C', own, 'package.json', EMBEDDED_ROOT]
  const how = [...lasting, '--mode=u=rwX,go=rX', '--dereference', '--hard-dereference', ...unread]
  execFileSync('tar', [...how, '-czf', file, ...from, ...beside])
}

/** In a process of its own for whoever must not stand still meanwhile. */
if (import.meta.main) {
  const [, , wanted = ''] = process.argv
  process.stdout.write(JSON.stringify(await packRelease(JSON.parse(wanted))))
}
