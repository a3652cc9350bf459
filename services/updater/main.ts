import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { parseJson } from '#core/api/json.ts'
import { NO_ROOM, trialReport } from '#core/api/update-files.ts'
import { MINUTE } from '#core/time.ts'
import type { InstallFault } from '#core/updating/installing.ts'
import { dataFolder, readConfig } from '#services/runtime/config.ts'
import { takeLock } from '#services/runtime/data-folder.ts'
import { readWhole } from '#services/runtime/durable-file.ts'
import { versionFolder } from '#services/runtime/installed.ts'
import { type Log, openLog } from '#services/runtime/log.ts'
import { VERSION } from '#services/runtime/version.ts'
import { openPrograms } from './links/programs.ts'
import { update } from './update.ts'

// Installs what the register asks for (U2). Whoever supervises the register runs it before each
// start of the register, and starts the register whatever it says.

const settings = z.object({
  ZPOS_DATA: dataFolder,
  /** Of installed versions. */
  ZPOS_PROGRAMS: z.string().min(1),
  /** The root that releases are believed by; without it the one that came with the package. */
  ZPOS_RELEASE_ROOT: z.string().min(1).optional(),
})

const OWN_ROOT = join(import.meta.dirname, '../../release-root.json')
const TRIAL_MS = 10 * MINUTE

/** Starts a version on a copy of the data; null: it is well. */
async function rehearsed(
  data: string,
  { programs, log }: { programs: string; log: Log },
): Promise<InstallFault | null> {
  const rehearsal = join(import.meta.dirname, 'links', 'rehearsal.ts')
  const how = ['--disable-warning=ExperimentalWarning', rehearsal, data, programs]
  const child = spawn(process.execPath, how, {
    env: process.env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    timeout: TRIAL_MS,
    killSignal: 'SIGKILL',
    ...ownerOf(data),
  })
  const ended = once(child, 'exit')
  const said = child.stdout === null ? '' : await text(child.stdout)
  const [code] = await ended
  if (code === NO_ROOM) return 'no-room'
  const report = trialReport.safeParse(parseJson(said)).data
  for (const check of report?.checks ?? []) if (!check.passed) log.error('trial', check)
  const isWell = report?.checks.every(({ required, passed }) => passed || !required) === true
  return code === 0 && isWell && programs.endsWith(`/${report.version}`) ? null : 'unhealthy'
}

/** Data are touched by their own user alone; whose they are says the folder that root has made. */
function ownerOf(folder: string): { uid?: number; gid?: number } {
  const { uid, gid } = statSync(folder)
  return process.geteuid?.() === uid ? {} : { uid, gid }
}

if (import.meta.main) {
  // Whoever has started it is gone: a step that was cut short is taken up by the next.
  if (process.channel) process.once('disconnect', () => process.exit(1))
  // Of what is installed the register's user has everything to read.
  process.umask(0o022)
  const config = readConfig(settings, process.env)
  const { ZPOS_DATA: data, ZPOS_PROGRAMS: folder } = config
  const log = openLog('updater')
  const firstRoot = readWhole(config.ZPOS_RELEASE_ROOT ?? OWN_ROOT)
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const isAlone = takeLock(join(folder, 'lock')).kind === 'ours'
  if (isAlone && firstRoot !== null && existsSync(join(data, 'register'))) {
    const node = Number(process.versions.node.split('.')[0])
    const own = { version: VERSION, platform: `linux-${process.arch}`, node }
    const programs = openPrograms({ folder, data, firstRoot, own, log })
    const tried = (version: string) =>
      rehearsed(data, { programs: versionFolder(folder, version), log })
    const before = programs.state()
    const after = await update(Object.assign(programs, { tried }))
    if (after.request !== before.request) log.info('update', after.installing)
  }
  process.exit(0)
}
