import { statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Release } from '#core/updating/release.ts'
import { fileSha256 } from '#services/runtime/file-hash.ts'
import { buildPackage } from './package.ts'

type Wanted = {
  version: string
  notes: Release['notes']
  /** Folder of the archive. */
  out: string
  /** The newest root, in its own text: a till that has none, or an older one, gets on by it. */
  trustedRoot: string
}

/** Packs the tree as it stands under a version: a release is the till's Debian package. */
export async function packRelease(wanted: Wanted): Promise<Release & { file: string }> {
  const { version, notes, out, trustedRoot } = wanted
  const file = await buildPackage({ version, out, trustedRoot })
  const [length, sha256] = [statSync(file).size, await fileSha256(file)]
  const node = Number(process.versions.node.split('.')[0])
  const platform = `linux-${process.arch}`
  return { version, path: basename(file), sha256, length, platform, node, notes, file }
}

/** In a process of its own for whoever must not stand still meanwhile. */
if (import.meta.main) {
  const [, , wanted = ''] = process.argv
  process.stdout.write(JSON.stringify(await packRelease(JSON.parse(wanted))))
}
