import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { newDevice } from '#core/sko/device.ts'
import { type Clock, repeat, systemClock } from '#services/runtime/clock.ts'
import { dataFolder, host, port, readConfig } from '#services/runtime/config.ts'
import { untilStopped } from '#services/runtime/life.ts'
import { listen } from '#services/runtime/listen.ts'
import { type Log, openLog } from '#services/runtime/log.ts'
import { hashSecret } from '#services/runtime/secret.ts'
import { httpSend } from '#services/runtime/send.ts'
import { VERSION } from '#services/runtime/version.ts'
import { openSkoApp } from './app.ts'
import { openCourier } from './courier.ts'
import type { DevicePort } from './document.ts'
import { openKeys } from './keys.ts'
import { openSkoStore, type SkoStore } from './store.ts'

const settings = z.object({
  ZPOS_HOST: host,
  ZPOS_SKO_PORT: port(1829),
  ZPOS_DATA: dataFolder,
  ZPOS_OPERATOR_URL: z.url().default('http://127.0.0.1:8090'),
  /** JSON file of devices to enrol, see `enrolment`; the demo stand writes one. */
  ZPOS_SKO_DEVICES: z.string().optional(),
})

const enrolment = z.array(
  z.object({
    serial: z.string().min(1).max(20),
    registerNumber: z.int().min(100_000_000).max(799_999_999),
    company: z.string(),
    unp: z.string(),
    place: z.string(),
    address: z.string(),
    pin: z.string().min(4).max(8),
    credentialSha256: z.string().length(64).optional(),
  }),
)
export type Enrolments = z.output<typeof enrolment>

/** Enrols devices that the store does not know yet; a till's new credential replaces the old one. */
export async function enrol(store: SkoStore, devices: Enrolments): Promise<void> {
  for (const { serial, pin, credentialSha256 = null, ...issuer } of devices) {
    const known = store.device(serial)
    if (known) {
      if (known.credential !== credentialSha256) store.setCredential(serial, credentialSha256)
      continue
    }
    const { company, unp, place, address, registerNumber } = issuer
    const device = newDevice({ company, unp, place, address, registerNumber, device: serial })
    store.enrol({ serial, device, pin: await hashSecret(pin), credential: credentialSha256 })
  }
}

type Ports = {
  store: SkoStore
  keys: ReturnType<typeof openKeys>
  operatorUrl: string
  clock: Clock
  log: Log
}

/** The service over its ports: the protocol's handler and a courier for each device. */
export function openSko({ store, keys, operatorUrl, clock, log }: Ports) {
  const send = httpSend(operatorUrl, { deadlineMs: 10_000 })
  const couriers = new Map(
    store.serials().map((serial) => {
      const port = { store, send, chance: Math.random, present: keys.present }
      const courier = openCourier(serial, port)
      const loop = repeat(courier.step, (error) => log.error('courier', { error: String(error) }))
      return [serial, { courier, loop }] as const
    }),
  )
  const port: DevicePort = {
    store,
    now: clock.now,
    version: VERSION,
    signer: keys.signer,
    certificate: keys.certificate,
    uploadFault: (serial) => couriers.get(serial)?.courier.fault() ?? null,
    documented: (serial) => couriers.get(serial)?.loop.wake(),
    authorized: new Set(),
    sessions: new Map(),
    newSession: randomUUID,
  }
  return {
    app: openSkoApp(port, log),
    stop: async () => {
      await Promise.all([...couriers.values()].map(({ loop }) => loop.stop()))
      send.close()
      store.close()
    },
  }
}

if (import.meta.main) {
  const config = readConfig(settings, process.env)
  const log = openLog('sko')
  const folder = join(config.ZPOS_DATA, 'sko')
  const store = openSkoStore(join(folder, 'sko.sqlite'))
  if (config.ZPOS_SKO_DEVICES) {
    await enrol(store, enrolment.parse(JSON.parse(readFileSync(config.ZPOS_SKO_DEVICES, 'utf8'))))
  }
  const sko = openSko({
    store,
    keys: openKeys(join(folder, 'keys')),
    operatorUrl: config.ZPOS_OPERATOR_URL,
    clock: systemClock,
    log,
  })
  const server = await listen(sko.app, { host: config.ZPOS_HOST, port: config.ZPOS_SKO_PORT })
  log.info('listening', { port: server.port })
  await untilStopped()
  await server.close()
  await sko.stop()
}
