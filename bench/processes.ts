import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { paper } from '#core/api/stand.ts'
import { prepareByHand } from '#stand/demo/enrolment.ts'
import { openPrinter } from '#stand/printer.ts'
import { openRoll } from '#stand/roll.ts'

const root = join(import.meta.dirname, '..')
const given = new Set<number>()

/** A port of loopback that is free, and was given to nobody else here. */
export async function freePort(): Promise<number> {
  const port = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
  if (given.has(port)) return freePort()
  given.add(port)
  return port
}

export type Shop = Awaited<ReturnType<typeof openShop>>

type Wished = {
  /** Papers print at once, or wait. */
  printing: boolean
  /** A data folder that stands already; it goes with the shop all the same. */
  data?: string
}

/** Register and device as the real processes on the real disk. */
export async function openShop({
  printing,
  data = mkdtempSync(join(tmpdir(), 'zpos-bench-')),
}: Wished) {
  const enrolment = prepareByHand(data)
  const [registerPort, skoPort, printerPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ]
  const printer = printing ? await aPrinter(data, printerPort) : null
  const start = (entry: string, env: Record<string, string>) =>
    spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, entry)], {
      env: { ...process.env, ZPOS_DATA: data, ZPOS_REQUESTS_PER_SECOND: '0', ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
  const from = performance.now()
  const skoUrl = `http://127.0.0.1:${skoPort}`
  const children = [
    start('services/sko/main.ts', {
      ZPOS_SKO_PORT: String(skoPort),
      ZPOS_SKO_DEVICES: enrolment.byHand.devices,
      // Nobody listens there: a shop without internet sells as fast.
      ZPOS_OPERATOR_URL: 'http://127.0.0.1:9',
    }),
    start('services/register/main.ts', {
      ZPOS_REGISTER_PORT: String(registerPort),
      ZPOS_SKO_URL: skoUrl,
      ZPOS_SKO_DEVICE: enrolment.byHand.device,
      ZPOS_SKO_CREDENTIAL: enrolment.byHand.credential,
      ZPOS_REGISTER_SEED: enrolment.registerSeed,
      ZPOS_PRINTER: `127.0.0.1:${printerPort}`,
    }),
  ]
  const url = `http://127.0.0.1:${registerPort}`
  const [startMs] = await Promise.all(
    [url, skoUrl].map(async (each) => {
      await answering(each)
      return performance.now() - from
    }),
  )
  return {
    /** From the start of the register's process to its first answer. */
    startMs: startMs ?? 0,
    url,
    skoUrl,
    data,
    stop: async () => {
      for (const child of children) child.kill('SIGTERM')
      await Promise.all(
        children.map((child) => new Promise((resolve) => child.once('exit', resolve))),
      )
      await printer?.close()
      rmSync(data, { recursive: true })
    },
  }
}

const aPrinter = (data: string, port: number) =>
  openPrinter(
    { host: '127.0.0.1', port, now: Date.now, hasPaper: () => true },
    openRoll(join(data, 'stand', 'paper.jsonl'), paper, () => {}),
  )

async function answering(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/health`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
