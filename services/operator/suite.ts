import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { kopecks } from '#core/money.ts'
import { DAY, HOUR, MINUTE, minskDay, SECOND } from '#core/time.ts'
import { silentLog } from '#services/runtime/log.ts'
import type { Postgres } from '#services/runtime/sql.ts'
import { aChain, aClock, aDocument, aKey, NOW, sealWith } from '#test/fixtures.ts'
import { openOperator } from './app.ts'
import { sowOperator } from './seed.ts'
import { actPromises } from './suite-acts.ts'
import { clientPromises } from './suite-client.ts'
import { enrolmentPromises } from './suite-enrolment.ts'
import { findingPromises } from './suite-findings.ts'
import { fleetPromises } from './suite-fleet.ts'
import { aClient, aVisitor, type Ground, signing, storedIn } from './suite-ground.ts'
import { measurePromises } from './suite-measures.ts'
import { peoplePromises } from './suite-people.ts'
import { retirePromises } from './suite-retire.ts'
import { staffPromises } from './suite-staff.ts'
import { tenantPromises } from './suite-tenants.ts'
import { trustPromises } from './suite-trust.ts'
import { wordPromises } from './suite-words.ts'

const promises: Record<string, (ground: Ground) => Promise<void>> = {
  'documents are acknowledged, and a repeat is acknowledged again and stored once': async (
    ground,
  ) => {
    const { api, device, chain } = await aClient(ground)
    const documents = chain(5)
    const first = await api.submit({ device, documents: documents.slice(0, 3) })
    assert.equal(storedIn(first), 3)
    const again = await api.submit({ device, documents })
    assert.equal(storedIn(again), 5)
    const rows = await ground.db.query(
      'select number, body from document where device = $1 order by 1',
      [device],
    )
    assert.deepEqual(
      rows,
      documents.map(({ number, body }) => ({ number, body })),
    )
    assert.equal(storedIn(await api.head({ device })), 5)
  },

  'batches of one device sent at once are stored in order, each document once': async (ground) => {
    const { api, device, chain } = await aClient(ground)
    const documents = chain(12)
    const batches = [0, 3, 6, 9, 0, 3, 6, 9].map((from) => documents.slice(from, from + 3))
    for (let round = 0; round < 4; round++) {
      await Promise.all(batches.map((batch) => api.submit({ device, documents: batch })))
    }
    assert.equal(storedIn(await api.head({ device })), 12)
    const rows = await ground.db.query<{ hash: string }>(
      'select hash from document where device = $1 order by number',
      [device],
    )
    assert.deepEqual(
      rows.map(({ hash }) => hash),
      documents.map(({ hash }) => hash),
    )
  },

  'the good beginning of a batch is stored though a later document is refused': async (ground) => {
    const { api, device, chain } = await aClient(ground)
    const [one, two, three] = chain(3)
    assert.ok(one && two && three)
    const broken = { ...three, signature: two.signature }
    const answer = await api.submit({ device, documents: [one, two, broken] })
    assert.equal(answer.kind === 'refused' && answer.code, 'seal.broken')
    assert.equal(storedIn(await api.head({ device })), 2)
    const mended = await api.submit({ device, documents: [three] })
    assert.equal(storedIn(mended), 3)
  },

  'a gap is refused and names the number expected': async (ground) => {
    const { api, device, chain } = await aClient(ground)
    const answer = await api.submit({ device, documents: chain(4).slice(2) })
    assert.ok(answer.kind === 'refused' && answer.code === 'document.gap')
    assert.equal(answer.facts.expected, 1)
  },

  'other bytes under a stored number are refused and kept in quarantine once': async (ground) => {
    const { api, device, key, issuer, chain } = await aClient(ground)
    await api.submit({ device, documents: chain(2) })
    const other = sealWith(aDocument({ number: 2, issuer, sum: kopecks(1) }), key)
    for (let time = 0; time < 2; time++) {
      const answer = await api.submit({ device, documents: [other] })
      assert.equal(answer.kind === 'refused' && answer.code, 'document.diverges')
    }
    const kept = await ground.db.query(
      'select number, code, body from quarantine where device = $1',
      [device],
    )
    assert.deepEqual(kept, [{ number: 2, code: 'document.diverges', body: other.body }])
  },

  'an unknown device is told so everywhere': async (ground) => {
    const { api, chain } = await aClient(ground)
    const device = 'NOBODY'
    const asked = { device, operation: randomUUID(), expected: 1 }
    for (const answer of [
      await api.submit({ device, documents: chain(1) }),
      await api.head({ device }),
      await api.outcome(asked),
    ]) {
      assert.equal(answer.kind === 'refused' && answer.code, 'device.unknown')
    }
  },

  'the fate of an operation: done, cannot tell, and never once its number is taken': async (
    ground,
  ) => {
    const { api, device, chain } = await aClient(ground)
    const operation: string = randomUUID()
    const documents = chain(3, (n) => (n === 2 ? { operation } : {}))
    const asked = { device, operation, expected: 2 }
    const answer = async (of: typeof asked) => {
      const heard = await api.outcome(of)
      return heard.kind === 'done' ? heard.value : assert.fail(heard.kind)
    }
    await api.submit({ device, documents: documents.slice(0, 1) })
    assert.deepEqual(await answer(asked), { verdict: 'cannot-tell' }, 'unsigned without a nonce')
    await api.submit({ device, documents })
    const found = await answer({ ...asked, operation: operation.toUpperCase() })
    assert.equal(found.verdict === 'done' && found.sealed.body, documents[1]?.body)
    const absent = { device, operation: randomUUID() }
    assert.deepEqual(await answer({ ...absent, expected: 3 }), { verdict: 'never' })
    assert.deepEqual(await answer({ ...absent, expected: 4 }), { verdict: 'cannot-tell' })
  },

  'a name with a character that PostgreSQL cannot hold does not stop the device': async (
    ground,
  ) => {
    const { api, device, chain } = await aClient(ground)
    const documents = chain(1, () => ({ cashier: 'Ан\0на' }))
    assert.equal((await api.submit({ device, documents })).kind, 'done')
  },

  'the cabinet is closed without a session, and after leaving it': async (ground) => {
    const { cabinet, email, send } = await aClient(ground)
    const closed = await cabinet.registers({})
    assert.equal(closed.kind === 'refused' && closed.code, 'session.required')
    await cabinet.signIn({ email: email.toUpperCase(), password: 'demo' })
    assert.match(send.cookie(), /HttpOnly; SameSite=Strict/)
    assert.equal((await cabinet.registers({})).kind, 'done')
    const cookie = send.cookie()
    await cabinet.signOut({})
    const replayed = await ground.app.request('/api/registers', { headers: { cookie } })
    assert.equal(replayed.status, 401)
  },

  'an account’s language is its own, and comes back with every session': async (ground) => {
    const { cabinet, email } = await aVisitor(ground)
    const languageNow = async () => {
      const answer = await cabinet.session({})
      return answer.kind === 'done' ? answer.value.language : answer.kind
    }
    assert.equal(await languageNow(), null)
    assert.equal((await cabinet.chooseLanguage({ language: 'be' })).kind, 'done')
    assert.equal(await languageNow(), 'be')
    const again = await cabinet.signIn({ email, password: 'demo' })
    assert.equal(again.kind === 'done' && again.value.language, 'be')
  },

  'a session ends after twelve hours': async (ground) => {
    const { cabinet } = await aVisitor(ground)
    ground.clock.advance(12 * HOUR)
    const answer = await cabinet.session({})
    assert.equal(answer.kind === 'refused' && answer.code, 'session.required')
  },

  'wrong passwords lock the account for a growing time, whoever guesses': async (ground) => {
    const { cabinet, email } = await aClient(ground)
    const tryWith = async (password: string) => {
      const answer = await cabinet.signIn({ email, password })
      return answer.kind === 'refused' ? answer.code : answer.kind
    }
    const guesses = await Promise.all(Array.from({ length: 8 }, (_, i) => tryWith(`no${i}`)))
    assert.equal(guesses.filter((code) => code === 'password.wrong').length, 3)
    assert.equal(await tryWith('demo'), 'password.locked')
    ground.clock.advance(MINUTE)
    assert.equal(await tryWith('demo'), 'done')
  },

  'an unknown account and a wrong password look the same': async (ground) => {
    const { cabinet, email } = await aClient(ground)
    const wrong = await cabinet.signIn({ email, password: 'no' })
    const unknown = await cabinet.signIn({ email: 'nobody@demo.by', password: 'no' })
    assert.deepEqual(wrong, unknown)
  },

  'a client sees its own registers and documents alone': async (ground) => {
    const mine = await aVisitor(ground)
    const foreign = await aVisitor(ground)
    const documents = foreign.chain(2)
    await foreign.api.submit({ device: foreign.device, documents })
    const registers = await mine.cabinet.registers({})
    assert.deepEqual(
      registers.kind === 'done' && registers.value.registers.map(({ device }) => device),
      [mine.device],
    )
    const listed = await mine.cabinet.documents({ device: foreign.device })
    assert.deepEqual(listed, { kind: 'done', value: { documents: [], next: null } })
    const uid = documents[1]?.uid ?? ''
    const opened = await mine.cabinet.document({ uid })
    assert.equal(opened.kind === 'refused' && opened.code, 'document.unknown')
    const own = await foreign.cabinet.document({ uid })
    assert.equal(own.kind === 'done' && own.value.document?.number, 2)
  },

  'a register tells its last document and when its device was last heard': async (ground) => {
    const { cabinet, api, device, chain } = await aVisitor(ground)
    const heard = async () => {
      const answer = await cabinet.registers({})
      return answer.kind === 'done' && answer.value.registers[0]
    }
    assert.deepEqual(await heard(), { ...(await heard()), number: 0, lastAt: null, heardAt: null })
    const documents = chain(2, (n) => ({ at: NOW + n * SECOND }))
    await api.submit({ device, documents })
    ground.clock.advance(MINUTE)
    await api.submit({ device, documents })
    const facts = { number: 2, lastAt: NOW + 2 * SECOND, heardAt: ground.clock.now() }
    assert.deepEqual(await heard(), { ...(await heard()), ...facts })
  },

  'documents come newest first, page by page, of all devices, none twice': async (ground) => {
    const { cabinet, api, owned } = await aVisitor(ground, 2)
    for (const { device, key, issuer } of owned) {
      const documents = aChain(key, { count: 7, change: () => ({ issuer }) })
      assert.equal((await api.submit({ device, documents })).kind, 'done')
    }
    const seen: string[] = []
    let before: string | undefined
    do {
      const page = await cabinet.documents({ limit: 4, before })
      assert.ok(page.kind === 'done')
      seen.push(...page.value.documents.map(({ at, device }) => `${at} ${device}`))
      before = page.value.next ?? undefined
    } while (before)
    assert.equal(seen.length, 14)
    assert.deepEqual(seen, [...new Set(seen)].sort().reverse())
  },

  'documents are found by kind, day, number, УИ, sum and device': async (ground) => {
    const { cabinet, api, device, chain } = await aVisitor(ground)
    const documents = chain(4, (n) => ({
      at: NOW + n * DAY,
      ...(n === 3 && { kind: 'deposit' as const, sum: kopecks(777), lines: [] }),
    }))
    await api.submit({ device, documents })
    const found = async (filter: Parameters<typeof cabinet.documents>[0]) => {
      const answer = await cabinet.documents(filter)
      assert.ok(answer.kind === 'done')
      return answer.value.documents.map(({ number }) => number)
    }
    assert.deepEqual(await found({ device }), [4, 3, 2, 1])
    assert.deepEqual(await found({ kind: 'deposit' }), [3])
    assert.deepEqual(await found({ day: minskDay(NOW + 2 * DAY) }), [2])
    assert.deepEqual(await found({ number: 4 }), [4])
    assert.deepEqual(await found({ sum: 777 }), [3])
    assert.deepEqual(await found({ uid: documents[0]?.uid.toLowerCase() ?? '' }), [1])
    const spaced = documents[0]?.uid.slice(0, 10).toLowerCase().replace(/^..../, '$& ') ?? ''
    assert.deepEqual(await found({ uid: spaced }), [1])
    assert.deepEqual(await found({ uid: 'не УИ' }), [])
    assert.deepEqual(await found({ uid: ' ' }), [])
    assert.deepEqual(await found({ kind: 'deposit', number: 4 }), [])
    const bad = await cabinet.documents({ before: 'нет' })
    assert.equal(bad.kind === 'invalid' && bad.field, 'before')
    const huge = await cabinet.documents({ number: 3_000_000_000 })
    assert.equal(huge.kind === 'invalid' && huge.field, 'number')
  },

  'a document is found by its time in Minsk, to the precision typed': async (ground) => {
    const { cabinet, api, device, chain } = await aVisitor(ground)
    // 23:59:59 in Minsk is still the same day there, whatever day it is in UTC.
    const last = Date.parse('2026-11-23T23:59:59.999+03:00')
    const moments = [last - 61_000, last - 60_000, last - 59_000, last, last + 1]
    const documents = chain(5, (n) => ({ at: moments[n - 1] ?? 0 }))
    assert.equal((await api.submit({ device, documents })).kind, 'done')
    const found = async (time: string, day = '2026-11-23') => {
      const answer = await cabinet.documents({ day, time })
      assert.ok(answer.kind === 'done')
      return answer.value.documents.map(({ number }) => number)
    }
    assert.deepEqual(await found('23:58'), [2, 1])
    assert.deepEqual(await found('23:58:59'), [2])
    assert.deepEqual(await found('23:59'), [4, 3])
    assert.deepEqual(await found('23:59:59'), [4])
    assert.deepEqual(await found('0:00', '2026-11-24'), [5])
    assert.deepEqual(await found('12:00'), [])
    const field = async (filter: Parameters<typeof cabinet.documents>[0]) => {
      const answer = await cabinet.documents(filter)
      return answer.kind === 'invalid' && answer.field
    }
    assert.equal(await field({ day: '2026-11-23', time: '24:00' }), 'time')
    assert.equal(await field({ time: '12:00' }), 'day')
  },

  'seeding and the schema twice change nothing': async (ground) => {
    const { cabinet, email, device, unp, registerNumber } = await aClient(ground)
    await openOperator({ ...ground, ...signing, log: silentLog })
    await sowOperator(ground.db, {
      clients: [{ unp, company: 'Другая' }],
      accounts: [{ email, password: 'other', role: 'client', unp }],
      registers: [{ registerNumber, unp, place: 'Другое', address: 'Другой' }],
      devices: [{ serial: device, registerNumber, publicKey: aKey().publicKeyPem }],
    })
    const signed = await cabinet.signIn({ email, password: 'demo' })
    assert.equal(signed.kind === 'done' && signed.value.client, `ООО «${unp}»`)
  },

  'a transaction that fails leaves nothing behind': async (ground) => {
    const { unp } = await aClient(ground)
    const failing = ground.db.transaction(async (sql) => {
      await sql.query('update client set company = $2 where unp = $1', [unp, 'Другая'])
      throw new Error('half-way')
    })
    await assert.rejects(failing, /half-way/)
    const rows = await ground.db.query('select company from client where unp = $1', [unp])
    assert.deepEqual(rows, [{ company: `ООО «${unp}»` }])
  },
}

/** What the operator promises, over any PostgreSQL. Every test has a client of its own. */
export function operatorSuite(open: () => Promise<Postgres>): void {
  let ground: Ground
  before(async () => {
    const db = await open()
    const clock = aClock()
    const { app } = await openOperator({ db, clock, log: silentLog, ...signing })
    ground = { db, app, clock }
  })
  after(() => ground.db.close())
  const all = [
    promises,
    measurePromises,
    trustPromises,
    wordPromises,
    retirePromises,
    fleetPromises,
    actPromises,
    enrolmentPromises,
    findingPromises,
    staffPromises,
    clientPromises,
    tenantPromises,
    peoplePromises,
  ]
  for (const [name, holds] of all.flatMap((each) => Object.entries(each)))
    test(name, () => holds(ground))
}
