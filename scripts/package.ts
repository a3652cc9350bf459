import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { assert } from '#core/assert.ts'
import project from '../package.json' with { type: 'json' }
import { buildPages } from './build-pages.ts'
import { root } from './part.ts'
import { programFiles } from './program-files.ts'

// `npm run package`: the till as a Debian package in dist/, of this machine's architecture.

const PROGRAMS = [
  'services/register/main.ts',
  'services/sko/main.ts',
  'services/updater/main.ts',
  'services/updater/links/rehearsal.ts',
]
const HOME = 'usr/lib/zpos'
/** Where till and updater look for it where no setting names one. */
const ROOT_OF_TRUST = 'release-root.json'
const scripts = ['postinst', 'prerm', 'postrm']
const architectures: Partial<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/** Builds the package; answers its path. Needs dpkg-deb, which every Debian has. */
export async function buildPackage({
  trustedRoot = null,
}: {
  /** The root that releases are believed by, in its own text; null: none comes with it. */
  trustedRoot?: string | null
} = {}): Promise<string> {
  const architecture = architectures[process.arch]
  assert(architecture, `no package for ${process.arch}: x64 and arm64 are built`)
  await buildPages()
  const staging = mkdtempSync(join(tmpdir(), 'zpos-package-'))
  try {
    layPrograms(staging)
    if (trustedRoot !== null) writeFileSync(join(staging, HOME, ROOT_OF_TRUST), trustedRoot)
    laySystem(staging)
    layControl(staging, architecture)
    const path = join(root, 'dist', `zpos-till_${project.version}_${architecture}.deb`)
    // A folder made by mkdtemp is closed to others, and the package's root would be.
    chmodSync(staging, 0o755)
    const how = ['--root-owner-group', '-Zgzip', '-z6', '--build', staging, path]
    execFileSync('dpkg-deb', how, { stdio: ['ignore', 'ignore', 'inherit'] })
    return path
  } finally {
    rmSync(staging, { recursive: true })
  }
}

/** What the two programs load, nothing else, and the Node that runs them. */
function layPrograms(staging: string): void {
  const lay = (from: string, to = from) =>
    cpSync(join(root, from), join(staging, HOME, to), { recursive: true, dereference: true })
  const { sources, packages } = programFiles(PROGRAMS)
  for (const source of sources) lay(source)
  for (const name of packages) lay(join('node_modules', name))
  for (const part of ['dist/web/cashier', 'dist/web/assets', 'package.json']) lay(part)
  lay(join('node_modules', `node-linux-${process.arch}`, 'bin', 'node'), 'node')
  // Pages may have been built by the stand, which closes what it makes to other users.
  execFileSync('chmod', ['-R', 'u=rwX,go=rX', join(staging, HOME)])
}

/** Services, settings, the kiosk, documents. */
function laySystem(staging: string): void {
  const install = join(root, 'install')
  const lay = (from: string, to: string, mode: number) => {
    mkdirSync(dirname(join(staging, to)), { recursive: true })
    writeFileSync(join(staging, to), readFileSync(from))
    chmodSync(join(staging, to), mode)
  }
  for (const unit of globSync('*.service', { cwd: install })) {
    lay(join(install, unit), `usr/lib/systemd/system/${unit}`, 0o644)
  }
  for (const name of ['kiosk', 'register']) lay(join(install, name), `${HOME}/${name}`, 0o755)
  lay(join(install, 'till.env'), 'etc/zpos/till.env', 0o644)
  for (const name of ['runbook.md', 'install-till.md']) {
    lay(join(root, 'docs', name), `usr/share/doc/zpos-till/${name}`, 0o644)
  }
  lay(join(root, 'LICENSE'), 'usr/share/doc/zpos-till/copyright', 0o644)
}

function layControl(staging: string, architecture: string): void {
  const control = join(staging, 'DEBIAN')
  const kilobytes = execFileSync('du', ['-sk', staging], { encoding: 'utf8' }).split('\t')[0] ?? ''
  const filled = readFileSync(join(root, 'install', 'control'), 'utf8')
    .replace('@VERSION@', project.version)
    .replace('@ARCHITECTURE@', architecture)
    .replace('@SIZE@', kilobytes)
  mkdirSync(control)
  writeFileSync(join(control, 'control'), filled)
  writeFileSync(join(control, 'conffiles'), '/etc/zpos/till.env\n')
  for (const name of scripts) {
    cpSync(join(root, 'install', name), join(control, name))
    chmodSync(join(control, name), 0o755)
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { root: { type: 'string' } } })
  const trustedRoot = values.root === undefined ? null : readFileSync(values.root, 'utf8')
  process.stdout.write(`${await buildPackage({ trustedRoot })}\n`)
}
