import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Release } from '#core/updating/release.ts'
import { fileSha256 } from '#services/runtime/file-hash.ts'
import { buildPages } from './build-pages.ts'
import { root } from './part.ts'
import { programFiles } from './program-files.ts'

// The register's programs as a release: what is installed of them beside the package.

const PROGRAMS = ['services/register/main.ts']

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
  const { version, notes, out } = wanted
  await buildPages()
  const platform = `linux-${process.arch}`
  const path = `zpos-till-${version}-${platform}.tar.gz`
  const file = join(out, path)
  const staging = mkdtempSync(join(tmpdir(), 'zpos-release-'))
  try {
    layTree(staging, wanted)
    const still = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner']
    execFileSync('tar', [...still, '--mode=u=rwX,go=', '-czf', file, '-C', staging, '.'])
  } finally {
    rmSync(staging, { recursive: true })
  }
  const [length, sha256] = [statSync(file).size, await fileSha256(file)]
  const node = Number(process.versions.node.split('.')[0])
  return { version, path: basename(file), sha256, length, platform, node, notes, file }
}

function layTree(staging: string, { version, trustedRoot }: Wanted): void {
  const lay = (from: string) =>
    cpSync(join(root, from), join(staging, from), { recursive: true, dereference: true })
  const { sources, packages } = programFiles(PROGRAMS)
  for (const source of sources) lay(source)
  for (const name of packages) lay(join('node_modules', name))
  for (const part of ['dist/web/cashier', 'dist/web/assets']) lay(part)
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  writeFileSync(join(staging, 'package.json'), JSON.stringify(Object.assign(manifest, { version })))
  writeFileSync(join(staging, EMBEDDED_ROOT), trustedRoot)
}
