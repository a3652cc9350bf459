import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
const PLENTY = 8 * 2 ** 30

/** A PostgreSQL for tests alone, of which nothing need be left: in memory where there is plenty. */
export function startPassingPostgres(): ReturnType<typeof startPostgres> {
  const { bavail = 0, bsize = 0 } = existsSync(MEMORY) ? statfsSync(MEMORY) : {}
  const place = bavail * bsize > PLENTY ? MEMORY : tmpdir()
  return startPostgres({ settings: ['fsync=off'], place })
}

/**
 * A private PostgreSQL with default durable settings, for tests and measurements; `settings` are
 * set otherwise. PostgreSQL refuses to run as root, so that root starts it as the user `postgres`.
 * Throws when there is none.
 */
export async function startPostgres({
  settings = [],
  place = tmpdir(),
}: {
  settings?: readonly string[]
  place?: string
} = {}): Promise<{
  url: string
  /** As after a crash of the machine: nobody is waited for. */
  restart: () => Promise<void>
  stop: () => void
}> {
  const folder = mkdtempSync(join(place, 'zpos-postgres-'))
  const root = process.getuid?.() === 0
  if (root) {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
    chownSync(folder, id('-u'), id('-g'))
  }
  chmodSync(folder, 0o700)
  const commandOf = (program: string, rest: string[]): [string, string[]] => {
    const command = [join(binaries(), program), ...rest]
    const [file = '', ...argv] = root ? ['runuser', '-u', 'postgres', '--', ...command] : command
    return [file, argv]
  }
  const run = (program: string, ...rest: string[]) =>
    execFileSync(...commandOf(program, rest), { cwd: '/', stdio: 'ignore' })
  const data = join(folder, 'data')
  run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8')
  const port = await freePort()
  const named = ['listen_addresses=127.0.0.1', ...settings].map((each) => `-c ${each}`).join(' ')
  const options = `-p ${port} -k ${folder} ${named}`
  const started = ['-D', data, '-l', join(folder, 'log'), '-w', '-o', options]
  run('pg_ctl', ...started, 'start')
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    restart: async () => {
      const [file, argv] = commandOf('pg_ctl', [...started, '-m', 'immediate', 'restart'])
      const [code] = await once(spawn(file, argv, { cwd: '/', stdio: 'ignore' }), 'exit')
      if (code !== 0) throw new Error(`PostgreSQL does not start again: ${code}`)
    },
    stop: () => {
      run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function binaries(): string {
  const versions = '/usr/lib/postgresql'
  const newest = readdirSync(versions).sort((a, b) => Number(b) - Number(a))[0] ?? ''
  return join(versions, newest, 'bin')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
