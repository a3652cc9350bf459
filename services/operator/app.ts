import { Hono } from 'hono'
import { done, type Handlers, refused } from '#core/api/contract.ts'
import { operatorApi, operatorCabinetApi, operatorRoutes } from '#core/api/operator.ts'
import { type IngestFault, ingest, type Submitted } from '#core/operator/ingest.ts'
import { verdictOn } from '#core/operator/outcome.ts'
import type { Recognise } from '#services/runtime/listen.ts'
import { servePage } from '#services/runtime/pages.ts'
import { openQueues } from '#services/runtime/queues.ts'
import { newToken, sha256 } from '#services/runtime/secret.ts'
import { nobodysDoor, serve, serveAside, servePublic, turnedAway } from '#services/runtime/serve.ts'
import { openSignIn } from '#services/runtime/sign-in.ts'
import { readBody, verifierOf } from './body.ts'
import { cabinetDoor, cabinetHandlers } from './cabinet.ts'
import type { OperatorPorts } from './ports.ts'
import * as store from './store.ts'

/** Batches of one device that may wait: a courier sends one after the other. */
const LINE = 3

type Counts = { accepted: number; repeated: number; refused: Map<string, number> }

/** The operator over its ports; the schema is brought up to date first. */
export async function openOperator(
  ports: OperatorPorts,
): Promise<{ app: Hono; recognise: Recognise }> {
  await store.prepareOperatorDb(ports.db)
  const counts: Counts = { accepted: 0, repeated: 0, refused: new Map() }
  const app = new Hono()
  serveAside(app, {
    routes: operatorRoutes,
    handlers: {
      'GET /health': (call) => call.json({ ok: true, process: 'operator' }),
      'GET /metrics': (call) => call.text(metrics(counts)),
    },
    door: nobodysDoor,
  })
  servePage(app, 'operator')
  const { log } = ports
  const devices = deviceHandlers(ports, counts)
  app.route('/', servePublic(operatorApi, devices, { log }))
  const { key, isSecure } = ports.cookies ?? { key: newToken(), isSecure: false }
  const signIn = openSignIn({ name: 'zpos_operator', key, isSecure })
  const cabinetPorts = Object.assign({ signIn }, ports)
  const door = cabinetDoor(cabinetPorts)
  app.route('/', serve(operatorCabinetApi, cabinetHandlers(cabinetPorts), { door, log }))
  return { app, recognise: signIn.knownBrowser }
}

function deviceHandlers(ports: OperatorPorts, counts: Counts): Handlers<typeof operatorApi, null> {
  const { db } = ports
  const inTurn = openQueues(LINE)
  return {
    submit: async ({ device, documents }) => {
      const taken = await inTurn(device, () => take(ports, device, documents))
      if (taken === 'busy') throw turnedAway()
      if (!taken) return unknownDevice(device)
      if ('blocked' in taken) return refused('register.blocked', { said: taken.blocked })
      counts.accepted += taken.accepted.length
      counts.repeated += taken.repeated
      const { refused: first, head } = taken
      if (!first) return done({ acknowledged: head.number })
      const { code, sealed } = first
      counts.refused.set(code, (counts.refused.get(code) ?? 0) + 1)
      ports.log.error('document refused', { device, number: sealed.number, code })
      return refused(code, { number: sealed.number, expected: head.number + 1 })
    },
    head: async ({ device }) => {
      const row = await store.deviceOf(db, device)
      return row ? done({ acknowledged: row.number }) : unknownDevice(device)
    },
    outcome: async ({ device, operation, expected }) => {
      const found = await store.operationOf(db, device, operation)
      if (!found) return unknownDevice(device)
      return done(verdictOn(found.sealed, found.number, expected))
    },
  }
}

/** Decides on a batch and stores it in one transaction; what it answers is committed. */
async function take({ db, clock }: OperatorPorts, device: string, batch: readonly Submitted[]) {
  const known = await store.deviceOf(db, device)
  if (!known) return null
  if (known.blocked !== null) return { blocked: known.blocked }
  const verify = await verifierOf(known.publicKey, batch)
  return db.transaction(async (sql) => {
    const row = await store.lockDevice(sql, device)
    const now = clock.now()
    const repeats = batch.map(({ number }) => number).filter((number) => number <= row.number)
    const taken = ingest(batch, {
      device,
      registerNumber: row.register,
      head: row,
      stored: await store.storedHashes(sql, device, repeats),
      parse: readBody,
      hash: sha256,
      verify,
    })
    const { accepted, head, refused: first } = taken
    if (accepted.length > 0) await store.storeBatch(sql, { device, accepted, head, now })
    else if (taken.repeated > 0) await store.noteHeard(sql, device, now)
    if (first && isFork(first.code)) await store.quarantine(sql, { device, ...first, now })
    return taken
  })
}

const isFork = (code: IngestFault) => code === 'document.diverges' || code === 'document.chain'

const unknownDevice = (device: string) => refused('device.unknown', { device })

function metrics({ accepted, repeated, refused }: Counts): string {
  return [
    `zpos_operator_documents_accepted_total ${accepted}`,
    `zpos_operator_documents_repeated_total ${repeated}`,
    ...[...refused].map(
      ([code, count]) => `zpos_operator_documents_refused_total{code="${code}"} ${count}`,
    ),
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    '',
  ].join('\n')
}
