import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const source = join(import.meta.dirname, 'recorder.c')
const library = join(import.meta.dirname, '..', 'dist', 'powercut', 'recorder.so')

/** Why nothing can be recorded here; null: it can. */
export function whyNoRecorder(): string | null {
  if (process.platform !== 'linux') return 'recording stands before the libc of Linux'
  try {
    execFileSync('gcc', ['--version'], { stdio: 'ignore' })
    return null
  } catch {
    return 'no gcc here: apt-get install build-essential'
  }
}

/** The library to be preloaded, built when it is older than its source. */
export function buildRecorder(): string {
  const isFresh = existsSync(library) && statSync(library).mtimeMs > statSync(source).mtimeMs
  if (isFresh) return library
  mkdirSync(dirname(library), { recursive: true })
  const draft = `${library}.${process.pid}`
  const flags = ['-O2', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC']
  execFileSync('gcc', [...flags, '-o', draft, source, '-ldl', '-lpthread'], { stdio: 'inherit' })
  renameSync(draft, library)
  return library
}

export type Recording = {
  /** What is recorded is appended here; a later life goes on in the same log. */
  log: string
  /** The folder of interest, a real path. */
  root: string
  /** The process is killed in place of its n-th sync; 0: it is not. */
  killAt: number
}

/** What makes a process record itself; nothing may go by a ring, which libc does not see. */
export const recordingEnv = ({ log, root, killAt }: Recording): Record<string, string> => ({
  LD_PRELOAD: buildRecorder(),
  POWERCUT_LOG: log,
  POWERCUT_ROOT: root,
  POWERCUT_KILL: String(killAt),
  UV_USE_IO_URING: '0',
})
