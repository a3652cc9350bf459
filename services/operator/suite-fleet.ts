import assert from 'node:assert/strict'
import { sign as signWith } from 'node:crypto'
import { kopecks } from '#core/money.ts'
import { LATE_MS, RED_MS, registerStates, SILENT_MS } from '#core/operator/health.ts'
import { type DeviceReport, reportText } from '#core/operator/report.ts'
import { SECOND } from '#core/time.ts'
import { aDocument, NOW, sealWith } from '#test/fixtures.ts'
import { aClient, aStaff, aVisitor, codeOf, doneOf, type Ground } from './suite-ground.ts'
import { asked, aTillAt } from './suite-measures.ts'

/** What the operator's people see of all clients. */
export const fleetPromises: Record<string, (ground: Ground) => Promise<void>> = {
  'staff find any register by its number, serial, УНП, company and place': async (ground) => {
    const { cabinet } = await aStaff(ground)
    const { unp, device, registerNumber } = await aClient(ground)
    const company = `ООО «${unp}»`
    for (const search of [
      String(registerNumber),
      String(registerNumber).slice(0, 8),
      device.toLowerCase(),
      unp,
      company.toLowerCase().slice(4),
    ]) {
      const { registers } = doneOf(await cabinet.fleet({ search, limit: 200 }))
      assert.ok(
        registers.some((row) => row.registerNumber === registerNumber && row.company === company),
        search,
      )
    }
    const place = doneOf(await cabinet.fleet({ search: 'МАГАЗИН', unp }))
    assert.equal(place.registers.length, 1)
    for (const search of ['%', '_', '\\', "'"]) {
      assert.deepEqual(doneOf(await cabinet.fleet({ search, unp })).registers, [], search)
    }
    const clients = doneOf(await cabinet.clients({ search: unp })).clients
    assert.deepEqual(clients, [{ unp, company, registers: 1 }])
  },

  'the fleet comes in the order of its numbers, page by page, none twice': async (ground) => {
    const { cabinet } = await aStaff(ground)
    const { unp, owned } = await aClient(ground, 5)
    const seen: number[] = []
    let after: string | undefined
    do {
      const page = doneOf(await cabinet.fleet({ unp, limit: 2, after }))
      seen.push(...page.registers.map(({ registerNumber }) => registerNumber))
      after = page.next ?? undefined
    } while (after)
    assert.deepEqual(
      seen,
      owned.map(({ registerNumber }) => registerNumber),
    )
    const bad = await cabinet.fleet({ after: 'нет' })
    assert.equal(bad.kind === 'invalid' && bad.field, 'after')
    const companies: string[] = []
    do {
      const page = doneOf(await cabinet.clients({ limit: 1, after }))
      companies.push(...page.clients.map((client) => client.unp))
      after = page.next ?? undefined
    } while (after)
    assert.deepEqual(companies, [...new Set(companies)].toSorted())
    assert.ok(companies.includes(unp))
  },

  'a device tells what it has not sent and its version; only its own key is heard': async (
    ground,
  ) => {
    const { cabinet: staff } = await aStaff(ground)
    const { unp, device, key, chain, api, cabinet } = await aVisitor(ground)
    await api.submit({ device, documents: chain(2) })
    const now = ground.clock.now()
    const told = { device, number: 5, oldestUnsentAt: now - LATE_MS - 1, version: '1.2.3', at: now }
    const sign = (report: DeviceReport) =>
      signWith(null, Buffer.from(reportText(report)), key.privateKey).toString('base64')
    const own = async () => doneOf(await cabinet.registers({})).registers[0]
    assert.deepEqual([(await own())?.unsent, (await own())?.version], [null, null])
    const forged = await api.report({ ...told, signature: sign({ ...told, number: 9 }) })
    assert.equal(codeOf(forged), 'seal.broken')
    doneOf(await api.report({ ...told, signature: sign(told) }))
    const old = { ...told, number: 2, at: now - 1 }
    doneOf(await api.report({ ...old, signature: sign(old) }))
    const row = await own()
    assert.deepEqual(
      [row?.unsent, row?.version, row?.oldestUnsentAt],
      [3, '1.2.3', now - LATE_MS - 1],
    )
    const late = doneOf(await staff.fleet({ unp, state: 'late' })).registers
    assert.deepEqual(
      late.map(({ states }) => states),
      [['late', 'unsent']],
    )
    assert.equal(late[0]?.device?.unsent, 3)
    await api.submit({ device, documents: chain(5) })
    const after = await own()
    assert.deepEqual([after?.unsent, after?.oldestUnsentAt], [0, null], 'what came since counts')
    assert.deepEqual(doneOf(await staff.fleet({ unp, state: 'unsent' })).registers, [])
  },

  'a register is found by each state that it is in, and by no other': async (ground) => {
    const { cabinet, email } = await aStaff(ground)
    const { unp, device, registerNumber: register, key, issuer, chain, api } = await aClient(ground)
    const found = async () => {
      const all = doneOf(await cabinet.fleet({ unp })).registers[0]?.states
      for (const state of registerStates) {
        const { registers } = doneOf(await cabinet.fleet({ unp, state }))
        assert.equal(registers.length, all?.includes(state) ? 1 : 0, state)
      }
      return all
    }
    assert.deepEqual(await found(), ['silent'], 'never heard')
    await api.submit({ device, documents: chain(3) })
    assert.deepEqual(await found(), ['working'])
    doneOf(await cabinet.block({ register, reason: 'долг' }))
    assert.deepEqual(await found(), ['blocked'])
    doneOf(await cabinet.unblock({ register }))
    doneOf(await cabinet.warn({ register, reason: 'договор кончается' }))
    assert.deepEqual(await found(), ['warned'])
    doneOf(await cabinet.unwarn({ register }))
    const till = await aTillAt(ground, register)
    const tells = async (red: number, since: number) => {
      const redSince = red === 0 ? null : since
      ground.clock.advance(SECOND)
      doneOf(await api.askMeasures(asked(till, { device, at: ground.clock.now(), red, redSince })))
    }
    const redSince = ground.clock.now() - RED_MS
    await tells(2, redSince)
    assert.deepEqual(await found(), ['red'])
    const [row] = doneOf(await cabinet.fleet({ unp })).registers
    const page = doneOf(await cabinet.fleetRegister({ register }))
    assert.deepEqual([row?.red, row?.redSince], [2, redSince])
    assert.deepEqual([page.red, page.redSince, page.states], [2, redSince, ['red']])
    await tells(0, 0)
    assert.deepEqual(await found(), ['working'])
    const other = sealWith(aDocument({ number: 2, issuer, sum: kopecks(1) }), key)
    await api.submit({ device, documents: [other] })
    ground.clock.advance(SILENT_MS + 1)
    doneOf(await cabinet.signIn({ email, password: 'demo' }))
    assert.deepEqual(await found(), ['forked', 'silent'])
  },

  'a register’s page tells its devices, their heads and what speaks against them': async (
    ground,
  ) => {
    const { cabinet } = await aStaff(ground)
    const { device, registerNumber: register, unp, chain, api } = await aClient(ground)
    ground.clock.jump(NOW + 10 * SECOND - ground.clock.now())
    await api.submit({ device, documents: chain(3) })
    const page = doneOf(await cabinet.fleetRegister({ register }))
    assert.deepEqual(page.devices.length, 1)
    const [only] = page.devices
    assert.equal(only?.hash, chain(3)[2]?.hash)
    assert.match(only?.key ?? '', /^[0-9a-f]{64}$/)
    assert.equal(only?.delayMs, 7 * SECOND)
    assert.deepEqual([page.unp, only?.number, only?.forks], [unp, 3, 0])
    assert.equal(codeOf(await cabinet.fleetRegister({ register: 1 })), 'register.unknown')
  },

  'the overview counts every register by its states and contact, and documents by minute': async (
    ground,
  ) => {
    const { cabinet } = await aStaff(ground)
    const { api, device, registerNumber: register, chain } = await aClient(ground)
    const before = doneOf(await cabinet.overview({}))
    const documents = chain(5)
    await api.submit({ device, documents: documents.slice(0, 3) })
    await api.submit({ device, documents: documents.slice(4) })
    doneOf(await cabinet.block({ register, reason: 'долг' }))
    const after = doneOf(await cabinet.overview({}))
    const count = ({ states }: typeof after, state: (typeof registerStates)[number]) =>
      states.find((each) => each.state === state)?.count ?? 0
    assert.equal(after.registers, before.registers)
    assert.equal(count(after, 'blocked') - count(before, 'blocked'), 1)
    assert.equal(count(before, 'silent') - count(after, 'silent'), 1)
    assert.equal((after.heard[0]?.count ?? 0) - (before.heard[0]?.count ?? 0), 1)
    const heard = after.heard.reduce((sum, each) => sum + each.count, 0)
    assert.equal(heard, after.registers, 'each register stands in one span')
    const inAll = ({ traffic }: typeof after) =>
      traffic.reduce(
        (sum, { accepted, refused }) => [sum[0] + accepted, sum[1] + refused] as const,
        [0, 0] as readonly [number, number],
      )
    const [stored, refused] = inAll(after)
    const [storedBefore, refusedBefore] = inAll(before)
    assert.deepEqual([stored - storedBefore, refused - refusedBefore], [3, 1])
    assert.equal(after.traffic.length, 180)
    assert.ok(after.rejections.some(({ code }) => code === 'document.gap'))
  },

  'no client sees the fleet, nor that another client is there': async (ground) => {
    const foreign = await aClient(ground)
    const { cabinet } = await aVisitor(ground)
    const { registerNumber: register, unp } = foreign
    assert.equal(codeOf(await cabinet.fleet({ unp })), 'right.required')
    assert.equal(codeOf(await cabinet.clients({})), 'right.required')
    assert.equal(codeOf(await cabinet.overview({})), 'right.required')
    assert.equal(codeOf(await cabinet.fleetRegister({ register })), 'right.required')
  },
}
