import { join } from 'node:path'
import { Hono } from 'hono'
import type { z } from 'zod'
import type { Send } from '#core/api/client.ts'
import { usualPrinter } from '#core/api/register-equipment.ts'
import type { TrialReport } from '#core/api/update-files.ts'
import { openClock, rest } from '#services/runtime/clock.ts'
import { readConfig } from '#services/runtime/config.ts'
import { untilStopped } from '#services/runtime/life.ts'
import { listen } from '#services/runtime/listen.ts'
import { type Log, openLog } from '#services/runtime/log.ts'
import { servePage } from '#services/runtime/pages.ts'
import { VERSION } from '#services/runtime/version.ts'
import { registerStatus } from './desk/app.ts'
import { openTillFiles, presentEnrolment } from './enrolment.ts'
import { proveCopy } from './links/copying.ts'
import { deviceKeysIn } from './links/device-keys.ts'
import { enrolmentOf, openRegister, registerSettings } from './main.ts'
import { openRegisterDb } from './memory/store.ts'
import type { RegisterPorts } from './wiring.ts'

// This version on a copy of a till's data, before it is installed (U2): it opens and brings the
// copy up to its own shape, serves its page, and says how it found everything. It speaks to nobody:
// no device, operator, bank or office hears of it.

const MEMORY = 'register.sqlite'

type Checks = TrialReport['checks']

const nobody: Send = async () => ({ unsent: 'a trial' })

/** The till's own ports, with nobody behind them. */
function portsOf(config: z.output<typeof registerSettings>, folder: string, log: Log) {
  const files = openTillFiles(folder)
  const enrolled = enrolmentOf(config, files)
  if (!enrolled) return null
  const db = openRegisterDb(join(folder, MEMORY))
  const { device, credential } = presentEnrolment(db, enrolled, files.secretOf)
  const ports: RegisterPorts = {
    db,
    send: nobody,
    askOperator: nobody,
    operatorKeys: () => false,
    ownSign: () => '',
    ownKey: '',
    office: null,
    internet: async () => null,
    cards: null,
    device,
    keptDeviceKeys: deviceKeysIn(folder),
    credential,
    succeeding: { secretOf: files.secretOf, succeed: () => {} },
    print: async () => ({ kind: 'unsent', why: 'unreachable' }),
    printer: usualPrinter({ host: '', port: 0 }, 32),
    clock: openClock(config.ZPOS_CLOCK_OFFSET_FILE),
    rest,
    log,
  }
  return ports
}

/** Every page of the memory and both chains, after what this version has made of it. */
function memoryCheck(folder: string): Checks[number] {
  const { fault } = proveCopy(join(folder, MEMORY))
  return { name: 'memory', required: true, passed: fault === null, said: fault ?? '' }
}

/** Serves it as the till would, at a port of nobody's, and asks for page and health. */
async function pageCheck(app: Hono): Promise<Checks[number]> {
  const root = new Hono()
  servePage(root, 'cashier')
  root.route('/', app)
  const server = await listen(Promise.resolve(root), { host: '127.0.0.1', port: 0 })
  const said: string[] = []
  for (const path of ['/', '/health']) {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`)
    const body = await answer.text()
    if (!answer.ok || body === '') said.push(`${path}: ${answer.status}`)
  }
  await server.close()
  return { name: 'page', required: true, passed: said.length === 0, said: said.join() }
}

async function tried(folder: string, log: Log): Promise<Checks> {
  const ports = portsOf(readConfig(registerSettings, process.env), folder, log)
  // Nobody's till yet: there is nothing but its page.
  if (!ports) return [await pageCheck(new Hono().get('/health', (call) => call.json({})))]
  const { register, app, stop } = openRegister(ports)
  const { shift } = registerStatus(register)
  const open = register.store.open().length
  const page = await pageCheck(app)
  await stop()
  const said = `shift ${shift?.number ?? 'closed'}, ${open} operations open`
  const passed = shift === null && open === 0
  return [{ name: 'at rest', required: true, passed, said }, page, memoryCheck(folder)]
}

if (import.meta.main) {
  const log = openLog('trial')
  const folder = join(process.env.ZPOS_DATA ?? '', 'register')
  const checks = await Promise.race([tried(folder, log), untilStopped().then(() => [])])
  const report: TrialReport = { version: VERSION, checks }
  process.stdout.write(`${JSON.stringify(report)}\n`)
  process.exit(checks.length > 0 ? 0 : 1)
}
