import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { rootFile, targetsFile } from '#core/api/release-metadata.ts'
import { assert } from '#core/assert.ts'
import type { PublicKey } from '#core/updating/metadata.ts'
import { signRoot, signTargets } from '#core/updating/signing.ts'
import { openReleaseKey, releaseKeyId } from '#services/runtime/release-keys.ts'
import { packRelease } from './release-archive.ts'

// `npm run release -- keys | root | pack`: what is made away from the office, on a machine that is
// on no network. docs/runbook.md, «Releases», says who does it and when.

const DAY_MS = 86_400_000
const ROOT_DAYS = 730
const TARGETS_DAYS = 365

const until = (days: number): string =>
  `${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 19)}Z`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Folder of keys: root-1.pem, root-2.pem, root-3.pem, targets-1.pem, and what is public. */
    keys: { type: 'string' },
    /** The office's office-release-key.pem.pub. */
    online: { type: 'string' },
    /** The root, or the targets, of before. */
    previous: { type: 'string' },
    root: { type: 'string' },
    version: { type: 'string' },
    /** JSON {ru, be, en}. */
    notes: { type: 'string' },
    out: { type: 'string', default: 'dist' },
  },
})

function needed(name: keyof typeof values): string {
  const value = values[name]
  assert(value, `--${name} is needed`)
  return value
}

/** Of the keys whose names begin so: all public halves, and the private ones that are there. */
function keysOf(folder: string, role: 'root' | 'targets') {
  const names = readdirSync(folder).filter((name) => name.startsWith(`${role}-`))
  const all = names
    .filter((name) => name.endsWith('.pem.pub'))
    .map((name) => publicKeyIn(join(folder, name)))
  const own = names
    .filter((name) => name.endsWith('.pem'))
    .map((name) => openReleaseKey(join(folder, name)))
  return { all, own }
}

function publicKeyIn(path: string) {
  const publicKey: PublicKey = JSON.parse(readFileSync(path, 'utf8'))
  return { id: releaseKeyId(publicKey), publicKey }
}

/** Makes the keys that are not there. */
function makeKeys(): void {
  const folder = needed('keys')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of ['root-1', 'root-2', 'root-3', 'targets-1']) {
    const path = join(folder, `${name}.pem`)
    // A public half without its private one is a key that somebody else holds.
    if (!existsSync(`${path}.pub`)) openReleaseKey(path)
  }
}

function makeRoot(): string {
  const folder = needed('keys')
  const previous = values.previous
    ? rootFile.parse(JSON.parse(readFileSync(values.previous, 'utf8'))).signed
    : null
  const [root, targets] = [keysOf(folder, 'root'), keysOf(folder, 'targets')]
  const made = {
    version: (previous?.version ?? 0) + 1,
    expires: until(ROOT_DAYS),
    root: root.all,
    targets: targets.all,
    online: publicKeyIn(needed('online')),
  }
  const file = join(values.out, `${made.version}.root.json`)
  writeFileSync(file, JSON.stringify(signRoot(made, root.own)))
  return file
}

const notes = z.object({ ru: z.string(), be: z.string(), en: z.string() })

async function makeRelease(): Promise<string[]> {
  const folder = needed('keys')
  const present = values.previous
    ? targetsFile.parse(JSON.parse(readFileSync(values.previous, 'utf8'))).signed
    : null
  const { file, ...release } = await packRelease({
    version: needed('version'),
    notes: notes.parse(JSON.parse(readFileSync(needed('notes'), 'utf8'))),
    out: values.out,
    trustedRoot: readFileSync(needed('root'), 'utf8'),
  })
  const signers = keysOf(folder, 'targets').own
  const signed = signTargets(present, { release, expires: until(TARGETS_DAYS) }, signers)
  const targets = join(values.out, `${signed.signed.version}.targets.json`)
  writeFileSync(targets, JSON.stringify(signed))
  return [file, targets]
}

if (import.meta.main) {
  const [what = ''] = positionals
  mkdirSync(values.out, { recursive: true })
  switch (what) {
    case 'keys':
      makeKeys()
      break
    case 'root':
      process.stdout.write(`${makeRoot()}\n`)
      break
    case 'pack':
      process.stdout.write(`${(await makeRelease()).join('\n')}\n`)
      break
    default:
      process.stderr.write(`npm run release -- keys | root | pack, not «${basename(what)}»\n`)
      process.exit(2)
  }
}
