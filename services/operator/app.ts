import { Hono } from 'hono'
import { done, type Handlers, refused, together } from '#core/api/contract.ts'
import { operatorApi, operatorRoutes } from '#core/api/operator.ts'
import { cabinetRoutes } from '#core/api/operator-cabinet/exports.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { enrolmentApi } from '#core/api/operator-enrolment.ts'
import { isSealed, type Verify } from '#core/document/document.ts'
import { operatorNotices } from '#core/notices.ts'
import { isFreshQuestion, questionText } from '#core/operator/asking.ts'
import { ingest, type Submitted } from '#core/operator/ingest.ts'
import { outcomeOf } from '#core/operator/outcome.ts'
import { reportText } from '#core/operator/report.ts'
import { acknowledge, attest, isAttested, type SignedHead } from '#core/operator/statement.ts'
import { openAccounts } from '#services/runtime/accounts.ts'
import { isSignedBy } from '#services/runtime/device-keys.ts'
import type { Recognise } from '#services/runtime/listen.ts'
import { noticesHandlers } from '#services/runtime/notices.ts'
import { servePage } from '#services/runtime/pages.ts'
import { openQueues } from '#services/runtime/queues.ts'
import { openSecondFactor } from '#services/runtime/second-factor.ts'
import { newToken, sha256 } from '#services/runtime/secret.ts'
import {
  callersDoor,
  nobodysDoor,
  serve,
  serveAside,
  servePublic,
  turnedAway,
} from '#services/runtime/serve.ts'
import { openSignIn } from '#services/runtime/sign-in.ts'
import type { Sql } from '#services/runtime/sql.ts'
import { readBody, verifierOf } from './body.ts'
import { actsHandlers } from './cabinet/acts.ts'
import { answersHandlers } from './cabinet/answers.ts'
import { documentsHandlers } from './cabinet/documents.ts'
import { cabinetDoor } from './cabinet/door.ts'
import { cabinetEnrolmentHandlers } from './cabinet/enrolment.ts'
import { exportHandlers } from './cabinet/exports.ts'
import { findingsHandlers } from './cabinet/findings.ts'
import { fleetHandlers } from './cabinet/fleet.ts'
import { overviewHandlers } from './cabinet/overview.ts'
import { peopleHandlers, recordAccountAct } from './cabinet/people.ts'
import { registersHandlers } from './cabinet/registers.ts'
import { sessionHandlers } from './cabinet/session.ts'
import { staffHandlers } from './cabinet/staff.ts'
import { viewHandlers } from './cabinet/view.ts'
import { wordsHandlers } from './cabinet/words.ts'
import { followDeviceKeys, isSignedByDevice, keysOfDevice } from './device-keys.ts'
import { answerSuccession, enrolmentHandlers } from './enrolment.ts'
import type { OperatorPorts } from './ports.ts'
import { accountOf } from './store/accounts.ts'
import { askingTill, keepQuestion } from './store/asking.ts'
import { noteRejection } from './store/findings.ts'
import * as store from './store/ingest.ts'
import { measuresOf } from './store/measures.ts'
import { wordOf } from './store/words.ts'
import { openTraffic, type Traffic } from './traffic.ts'

/** Batches of one device that may wait: a courier sends one after the other. */
const LINE = 3

type Counts = { accepted: number; repeated: number; refused: Map<string, number> }

/** The operator over its ports; the schema is brought up to date first. */
export async function openOperator(
  ports: OperatorPorts,
): Promise<{ app: Hono; recognise: Recognise }> {
  await store.prepareOperatorDb(ports.db)
  const counts: Counts = { accepted: 0, repeated: 0, refused: new Map() }
  const traffic = openTraffic(ports.db, ports.clock)
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
  const devices = deviceHandlers(ports, { counts, traffic })
  app.route('/', servePublic(operatorApi, devices, { log }))
  app.route('/', serve(enrolmentApi, enrolmentHandlers(ports), { door: callersDoor, log }))
  const { key, isSecure } = ports.cookies ?? { key: newToken(), isSecure: false }
  const signIn = openSignIn({ name: 'zpos_operator', key, isSecure })
  const { db, clock } = ports
  const factor = openSecondFactor(ports.factorKey ?? newToken(), recordAccountAct)
  const second = factor.atCall(db, clock)
  const accounts = openAccounts({ db, clock, signIn, accountOf, second })
  const cabinetPorts = Object.assign({ accounts, factor }, ports)
  const door = cabinetDoor(cabinetPorts)
  const cabinet = together(
    sessionHandlers(cabinetPorts),
    registersHandlers(ports),
    documentsHandlers(ports),
    answersHandlers(ports),
    wordsHandlers(ports),
    peopleHandlers(cabinetPorts),
    noticesHandlers(db, operatorNotices),
    actsHandlers(ports),
    findingsHandlers(ports),
    fleetHandlers(ports),
    overviewHandlers(ports, traffic),
    staffHandlers(cabinetPorts),
    viewHandlers(cabinetPorts),
    cabinetEnrolmentHandlers(ports),
  )
  serveAside(app, { routes: cabinetRoutes, handlers: exportHandlers(ports, door), door })
  app.route('/', serve(operatorCabinetApi, cabinet, { door, log }))
  return { app, recognise: signIn.knownBrowser }
}

function deviceHandlers(
  ports: OperatorPorts,
  { counts, traffic }: { counts: Counts; traffic: Traffic },
): Handlers<typeof operatorApi, null> {
  const { db, clock, key } = ports
  const inTurn = openQueues(LINE)
  return {
    keyChanges: async () => done({ changes: ports.keyChanges?.() ?? [] }),
    submit: async ({ device, documents, held }) => {
      const work = () => take(ports, device, { batch: documents, held })
      const taken = await inTurn(device, work)
      if (taken === 'busy') throw turnedAway()
      if (!taken) return unknownDevice(device)
      if ('retired' in taken) {
        traffic.note({ accepted: 0, refused: 1 })
        return refused('device.retired', { device, number: taken.retired })
      }
      if ('blocked' in taken) {
        traffic.note({ accepted: 0, refused: 1 })
        return refused('register.blocked', { said: taken.blocked })
      }
      counts.accepted += taken.accepted.length
      counts.repeated += taken.repeated
      const { refused: first, head } = taken
      traffic.note({ accepted: taken.accepted.length, refused: first ? 1 : 0 })
      if (!first) return done(acknowledged({ device, number: head.number, hash: head.hash }))
      const { code, sealed } = first
      counts.refused.set(code, (counts.refused.get(code) ?? 0) + 1)
      ports.log.error('document refused', { device, number: sealed.number, code })
      return refused(code, { number: sealed.number, expected: head.number + 1 })
    },
    head: async ({ device, nonce }) => {
      const row = await store.deviceOf(db, device, clock.now())
      if (!row) return unknownDevice(device)
      return done(acknowledged({ device, number: row.number, hash: row.hash }, nonce))
    },
    followKeys: async ({ device, changes }) => {
      if (!(await store.deviceOf(db, device, clock.now()))) return unknownDevice(device)
      const isTaken = await db.transaction((sql) => followDeviceKeys(sql, device, changes))
      return isTaken ? done({}) : refused('seal.broken')
    },
    report: async ({ signature, ...report }) => {
      const now = clock.now()
      const row = await store.deviceOf(db, report.device, now)
      if (!row) return unknownDevice(report.device)
      const said = { text: reportText(report), signature }
      if (!isSignedByDevice(report.device, row, said)) return refused('seal.broken')
      await store.keepReport(db, report, now)
      return done({})
    },
    outcome: async (asked) => {
      const held = await store.operationOf(db, asked)
      if (!held) return unknownDevice(asked.device)
      const word = held.found ? null : await wordOf(db, asked.device, asked.operation)
      const known = Object.assign({}, held, { word })
      return done(outcomeOf(asked, known, { key, at: clock.now() }))
    },
    succession: async (asked) => {
      const known = await store.deviceOf(db, asked.device, clock.now())
      return known ? done(await answerSuccession(ports, asked)) : unknownDevice(asked.device)
    },
    askMeasures: async ({ signature, ...asked }) => {
      const { device } = asked
      const now = clock.now()
      const row = await store.deviceOf(db, device, now)
      if (!row) return unknownDevice(device)
      const till = await askingTill(db, row.register)
      if (till) {
        const isProven =
          isFreshQuestion(asked, now) && isSignedBy(till.publicKey, questionText(asked), signature)
        if (!isProven) return refused('till.unproven', { at: now })
        await keepQuestion(db, till.till, asked)
      }
      return done({ proof: await laidOn(row.register, asked, now) })
    },
    measures: async (asked) => {
      const { device } = asked
      const now = clock.now()
      const row = await store.deviceOf(db, device, now)
      if (!row) return unknownDevice(device)
      const till = await askingTill(db, row.register)
      if (till && till.askedAt !== null) return refused('till.unproven', { at: now })
      return done({ proof: await laidOn(row.register, asked, now) })
    },
  }

  async function laidOn(
    registerNumber: number,
    { device, nonce }: { device: string; nonce: string },
    at: number,
  ) {
    const measures = (await measuresOf(db, [registerNumber], at))(registerNumber)
    const about = { device, registerNumber, measures }
    return attest({ says: 'measures', ...about, at, nonce }, key)
  }
  function acknowledged(of: { device: string; number: number; hash: string }, nonce?: string) {
    return { acknowledged: of.number, proof: acknowledge(of, { key, at: clock.now(), nonce }) }
  }
}

type Submission = { batch: readonly Submitted[]; held: SignedHead | undefined }

/** Decides on a batch and stores it in one transaction; what it answers is committed. */
async function take(ports: OperatorPorts, device: string, { batch, held }: Submission) {
  const { db, clock, log } = ports
  const known = await store.deviceOf(db, device, clock.now())
  if (!known) return null
  if (known.blocked !== null) {
    const rejection = { device, code: 'register.blocked', number: null, now: clock.now() }
    await noteRejection(db, rejection)
    return { blocked: known.blocked }
  }
  const verify = await verifierOf(keysOfDevice(device, known).keys, batch)
  return db.transaction(async (sql) => {
    const row = await store.lockDevice(sql, device)
    const now = clock.now()
    if (row.retired && batch.some(({ number }) => number > row.number)) {
      return sealedOff(sql, { device, batch, head: row.number, verify, now })
    }
    if (held && isForgotten(ports, held, { device, number: row.number })) {
      const isNews = await store.keepForgotten(sql, { proof: held, held: row.number, now })
      const { number } = held.statement
      if (isNews)
        log.error('store was put back', { device, acknowledged: number, held: row.number })
    }
    const repeats = batch.map(({ number }) => number).filter((number) => number <= row.number)
    const taken = ingest(batch, {
      device,
      registerNumber: row.register,
      unp: row.unp,
      head: row,
      stored: await store.storedHashes(sql, device, repeats),
      read: readBody,
      hash: sha256,
      verify,
      now,
    })
    const { accepted, head, refused: first, fork } = taken
    if (accepted.length > 0) await store.storeBatch(sql, { device, accepted, head, now })
    else if (taken.repeated > 0) await store.noteHeard(sql, device, now)
    if (first) {
      const { code, sealed } = first
      await store.quarantine(sql, { device, code, fork, now })
      await noteRejection(sql, { device, code, number: sealed.number, now })
    }
    return taken
  })
}

type Late = {
  device: string
  batch: readonly Submitted[]
  head: number
  verify: Verify
  now: number
}

/** Nothing is added to a retired device's chain: what it signed all the same is kept, loudly. */
async function sealedOff(sql: Sql, { device, batch, head, verify, now }: Late) {
  const code = 'device.retired'
  const above = batch.filter(({ number }) => number > head)
  const fork = above.filter((sealed) => isSealed(sealed, { hash: sha256, verify }))
  await store.quarantine(sql, { device, code, fork, now })
  await noteRejection(sql, { device, code, number: above[0]?.number ?? null, now })
  return { retired: head }
}

/** An own statement of more than is held: only a store that was put back explains it (V3). */
const isForgotten = (
  { verify }: OperatorPorts,
  proof: SignedHead,
  { device, number }: { device: string; number: number },
): boolean =>
  proof.statement.device === device && proof.statement.number > number && isAttested(proof, verify)

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
