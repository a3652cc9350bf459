import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import { signTargets } from '#core/updating/signing.ts'
import { openUpdaterLink } from '#services/register/links/updater.ts'
import { makeFolder, readWhole, syncFile, syncFolder } from '#services/runtime/durable-file.ts'
import { fileSha256 } from '#services/runtime/file-hash.ts'
import { currentVersion, versionFolder } from '#services/runtime/installed.ts'
import { untilStopped } from '#services/runtime/life.ts'
import { listen } from '#services/runtime/listen.ts'
import { openLog } from '#services/runtime/log.ts'
import { openPrograms } from '#services/updater/links/programs.ts'
import { update } from '#services/updater/update.ts'
import { demoNotes, demoUntil, openDemoReleaseKeys } from '#stand/demo/release-keys.ts'

// The folder of installed versions as the updater leaves it, without the versions' own trial: each
// is two files, of which one is the hash of the other.

const PACKAGE = 0
const MANIFEST = 'package.json'
const PROGRAM = 'program'
const PROGRAM_BYTES = 60_000
const EXPIRES = demoUntil(Date.now(), 3650)
const own = { version: `0.${PACKAGE}.0`, platform: 'linux-x64', node: 24 }

/** Opens versions as the updater does before each start of the register, and ends what was cut. */
async function openVersions(data: string) {
  const log = openLog('updater')
  const keys = openDemoReleaseKeys(data)
  const firstRoot = readWhole(keys.rootPath) ?? ''
  const folder = join(data, 'programs')
  const updates = join(data, 'register', 'updates')
  makeFolder(updates)
  const hands = Object.assign(openPrograms({ folder, data, firstRoot, own, log }), {
    tried: async () => null,
  })
  const register = openUpdaterLink({ folder: updates, programs: folder })
  await update(hands)
  return {
    /** The number of the version that would run; null: it is not whole. */
    running: () => wholeVersion(folder),
    install: async (number: number): Promise<void> => {
      const version = `0.${number}.0`
      const archive = join(updates, `${version}.tar.gz`)
      layArchive(version, archive)
      const { platform, node } = own
      const [sha256, length] = [await fileSha256(archive), statSync(archive).size]
      const path = 'till.tar.gz'
      const release = { version, path, sha256, length, platform, node, notes: demoNotes(version) }
      const signed = signTargets(null, { release, expires: EXPIRES }, [keys.targets])
      register.want({ version, roots: [], targets: JSON.stringify(signed), archive })
      await update(hands)
      rmSync(archive)
    },
  }
}

/** As the register leaves what it has fetched: durable before it is asked for. */
function layArchive(version: string, archive: string): void {
  const tree = mkdtempSync(join(tmpdir(), 'zpos-powercut-tree-'))
  const program = Buffer.alloc(PROGRAM_BYTES, version)
  writeFileSync(join(tree, PROGRAM), program)
  writeFileSync(join(tree, MANIFEST), JSON.stringify({ version, program: program.length }))
  const packed = `${tree}.tar.gz`
  execFileSync('tar', ['-czf', packed, '-C', tree, MANIFEST, PROGRAM])
  copyFileSync(packed, archive)
  syncFile(archive)
  syncFolder(join(archive, '..'))
  for (const path of [tree, packed]) rmSync(path, { recursive: true })
}

const manifest = z.object({ version: z.string(), program: z.int() })

function wholeVersion(folder: string): number | null {
  const version = currentVersion(folder)
  if (version === null) return PACKAGE
  const home = versionFolder(folder, version)
  const said = manifest.safeParse(JSON.parse(readWhole(join(home, MANIFEST)) ?? '')).data
  const program = readWhole(join(home, PROGRAM))
  const isWhole = program === Buffer.alloc(PROGRAM_BYTES, version).toString()
  return said?.version === version && isWhole ? Number(version.split('.')[1]) : null
}

if (import.meta.main) {
  const data = z.string().parse(process.env.ZPOS_DATA)
  const { running, install } = await openVersions(data)
  const app = new Hono()
  app.post('/', async (call) => {
    await install((running() ?? PACKAGE) + 1)
    return call.json({ asked: call.req.query('asked'), running: running() })
  })
  app.get('/', (call) => call.json({ asked: call.req.query('asked'), running: running() }))
  const server = await listen(app, { host: '127.0.0.1', port: 0, rate: null })
  openLog('updater').info('listening', { port: server.port })
  await untilStopped()
  await server.close()
}
