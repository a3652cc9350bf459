import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { NO_ROOM } from '#core/api/update-files.ts'
import { takeLock } from '#services/runtime/data-folder.ts'
import { untilStopped } from '#services/runtime/life.ts'

// `rehearsal.ts DATA PROGRAMS`: copies the register's data and starts a version of its programs on
// the copy, as the user whom the data belong to. What that version says goes to standard output.

/** What the copy, the new version's work on it and the till's next hours may need. */
const COPIES = 3
const OCCUPIED = 4
const TRIAL = 'trial'
/** Copies and archives are no memory; a lock is its process's. */
const left = /^(updates|backups|trial|lock.*|.*-shm)$/

async function rehearse(folder: string, programs: string): Promise<number> {
  const trial = join(folder, TRIAL)
  rmSync(trial, { recursive: true, force: true })
  const lock = takeLock(join(folder, 'lock'))
  if (lock.kind === 'theirs') return OCCUPIED
  try {
    if (!hasRoom(folder)) return NO_ROOM
    mkdirSync(join(trial, 'register'), { recursive: true, mode: 0o700 })
    for (const name of readdirSync(folder)) {
      if (left.test(name)) continue
      cpSync(join(folder, name), join(trial, 'register', name), { recursive: true })
    }
    return await started(join(programs, 'services', 'register', 'trial.ts'), trial)
  } catch (error) {
    process.stderr.write(`${error}\n`)
    return error instanceof Error && 'code' in error && error.code === 'ENOSPC' ? NO_ROOM : 1
  } finally {
    rmSync(trial, { recursive: true, force: true })
    lock.release()
  }
}

function hasRoom(folder: string): boolean {
  const sizeOf = (path: string) => (existsSync(path) ? statSync(path).size : 0)
  const bytes = ['', '-wal'].reduce(
    (sum, end) => sum + sizeOf(join(folder, `register.sqlite${end}`)),
    0,
  )
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize >= COPIES * bytes
}

/** The channel carries nothing: by its closing the trial ends with this process. */
async function started(entry: string, data: string): Promise<number> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
    env: Object.assign({}, process.env, { ZPOS_DATA: data }),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [code] = await once(child, 'exit')
  return Number(code ?? 1)
}

if (import.meta.main) {
  const [, , data = '', programs = ''] = process.argv
  const ended = rehearse(join(data, 'register'), programs)
  const code = await Promise.race([ended, untilStopped().then(() => 1)])
  process.exit(code)
}
