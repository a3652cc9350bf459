import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'

/** The first that there is: the one without a window's machinery takes half the processor. */
export const chromium = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** What tests need from the system, for what, where it is looked for, which packages bring it. */
const needs = [
  {
    of: 'browser',
    what: 'Chromium',
    paths: chromium,
    packages: ['chromium-headless-shell', 'chromium'],
  },
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
  process.stdout.write(`Missing: ${before.map(({ what }) => what).join(', ')}. Installing…\n`)
  aptGet(['update'])
  // Not every release has the first of them.
  for (const { packages } of before) {
    packages.some((name) => aptGet(['install', '--yes', '--no-install-recommends', name]))
  }
  const after = missing(wanted)
  if (after.length === 0) return true
  const command = after.flatMap(({ packages }) => packages.at(-1) ?? []).join(' ')
  process.stderr.write(
    `Could not install: ${after.map(({ what }) => what).join(', ')}. ` +
      `Install by hand, for example: sudo apt-get install ${command}\n`,
  )
  return false
}

function aptGet(args: string[]): boolean {
  const command = ['apt-get', '--quiet', ...args]
  // Without a terminal sudo must fail rather than wait for a password.
  if (process.getuid?.() !== 0) command.unshift('sudo', ...(process.stdin.isTTY ? [] : ['-n']))
  const [file = '', ...rest] = command
  const done = spawnSync(file, rest, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (done.error) process.stderr.write(`${file}: ${done.error.message}\n`)
  return done.status === 0
}

if (import.meta.main && !setUp({ browser: true, postgres: true })) process.exitCode = 1
