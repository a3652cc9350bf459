import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'

export const chromium = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** What tests need from the system, for what, where it is looked for, what package brings it. */
const needs = [
  { of: 'browser', what: 'Chromium', paths: chromium, packages: ['chromium'] },
  {
    of: 'browser',
    what: 'Noto fonts',
    paths: ['/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf'],
    packages: ['fonts-noto-core'],
  },
  {
    of: 'postgres',
    what: 'PostgreSQL',
    paths: ['/usr/lib/postgresql/*/bin/initdb'],
    packages: ['postgresql'],
  },
] as const

type Wanted = Record<(typeof needs)[number]['of'], boolean>

const missing = (wanted: Wanted) =>
  needs
    .filter((need) => wanted[need.of])
    .filter(({ paths }) => !paths.some((path) => existsSync(path) || globSync(path).length > 0))

/** Installs what is missing by apt-get. False when something is still missing, and says what. */
export function setUp(wanted: Wanted): boolean {
  const before = missing(wanted)
  if (before.length === 0) return true
  const packages = before.flatMap((need) => need.packages)
  process.stdout.write(`Missing: ${before.map(({ what }) => what).join(', ')}. Installing…\n`)
  aptGet(['update'])
  aptGet(['install', '--yes', '--no-install-recommends', ...packages])
  const after = missing(wanted)
  if (after.length === 0) return true
  const command = after.flatMap((need) => need.packages).join(' ')
  process.stderr.write(
    `Could not install: ${after.map(({ what }) => what).join(', ')}. ` +
      `Install by hand, for example: sudo apt-get install ${command}\n`,
  )
  return false
}

function aptGet(args: string[]): void {
  const command = ['apt-get', '--quiet', ...args]
  // Without a terminal sudo must fail rather than wait for a password.
  if (process.getuid?.() !== 0) command.unshift('sudo', ...(process.stdin.isTTY ? [] : ['-n']))
  const [file = '', ...rest] = command
  const done = spawnSync(file, rest, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (done.error) process.stderr.write(`${file}: ${done.error.message}\n`)
}

if (import.meta.main && !setUp({ browser: true, postgres: true })) process.exitCode = 1
