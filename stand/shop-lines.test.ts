import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { SwitchName } from '#core/api/stand.ts'
import { httpSend } from '#services/runtime/send.ts'
import type { Address } from './line.ts'
import { type LineAddresses, openShopLines } from './shop-lines.ts'

const host = '127.0.0.1'

async function freePlaces(count: number): Promise<Address[]> {
  const held = Array.from({ length: count }, () => createTcpServer())
  const places: Address[] = []
  for (const server of held) {
    await new Promise<void>((resolve) => server.listen(0, host, resolve))
    places.push({ host, port: (server.address() as AddressInfo).port })
  }
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))))
  return places
}

async function aProcess(t: TestContext): Promise<Address> {
  const server = createServer((incoming, outgoing) => incoming.resume() && outgoing.end('{}'))
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { host, port: (server.address() as AddressInfo).port }
}

/** The lines between two live processes, and what a caller meets at each of them. */
async function aShop(t: TestContext) {
  const [skoOwn, operator, office, places] = [
    await aProcess(t),
    await aProcess(t),
    await aProcess(t),
    await freePlaces(5),
  ]
  const [sko, operatorLine, officeLine, internetProbe, acquirer] = places as [
    Address,
    Address,
    Address,
    Address,
    Address,
  ]
  const at: LineAddresses = {
    sko,
    skoOwn,
    operatorLine,
    operator,
    officeLine,
    office,
    internetProbe,
    acquirer,
    acquirerOwn: skoOwn,
  }
  const on = new Set<SwitchName>()
  const faults = { isOn: (name: SwitchName) => on.has(name), spend: () => false }
  const lines = openShopLines(at, { ...faults, declined: async () => {} })
  t.after(lines.close)
  await lines.settle()
  const met = async () => ({
    sko: await metAt(sko),
    operator: await metAt(operatorLine),
    office: await metAt(officeLine),
    internet: await isOnline(internetProbe),
    bank: await isOnline(acquirer),
  })
  return { lines, on, met }
}

/** What a new caller learns: an answer, that it never sent anything, or that all is open. */
async function metAt({ port }: Address): Promise<string | undefined> {
  const send = httpSend(`http://${host}:${port}`, { deadlineMs: 30_000 })
  const [met] = Object.keys(await send({ method: 'GET', path: '/health' }))
  send.close()
  return met
}

async function isOnline(probe: Address): Promise<boolean> {
  const socket = connect(probe)
  const met = await once(socket, 'connect').then(
    () => true,
    () => false,
  )
  socket.destroy()
  return met
}

test('a line to a process that is not there refuses before anything is sent', async (t) => {
  const { lines, met } = await aShop(t)
  const silent = { sko: 'unsent', operator: 'unsent', office: 'unsent' }
  const none = { ...silent, internet: true, bank: false }
  assert.deepEqual(await met(), none)
  await lines.rose('sko')
  assert.deepEqual(await met(), { ...none, sko: 'status' })
  await lines.rose('operator')
  assert.deepEqual(await met(), { ...none, sko: 'status', operator: 'status' })
  await lines.rose('acquirer')
  assert.deepEqual(await met(), { ...none, sko: 'status', operator: 'status', bank: true })
  lines.fell('sko')
  assert.deepEqual(await met(), { ...none, operator: 'status', bank: true })
  lines.fell('operator')
  await lines.rose('sko')
  assert.deepEqual(await met(), { ...none, sko: 'status', bank: true })
  lines.fell('acquirer')
  assert.deepEqual(await met(), { ...none, sko: 'status' })
  await lines.rose('office')
  assert.deepEqual(await met(), { ...none, sko: 'status', office: 'status' })
  lines.fell('office')
  lines.fell('register')
  assert.deepEqual(await met(), { ...none, sko: 'status' })
})

test('each fault of the wire cuts its lines and no other', async (t) => {
  const { lines, on, met } = await aShop(t)
  const processes = ['sko', 'operator', 'office', 'acquirer'] as const
  await Promise.all(processes.map(lines.rose))
  const settled = async (...faults: SwitchName[]) => {
    on.clear()
    for (const fault of faults) on.add(fault)
    await lines.settle()
    return met()
  }
  const heard = { sko: 'status', operator: 'status', office: 'status' }
  const all = { ...heard, internet: true, bank: true }
  const cut = { operator: 'unsent', office: 'unsent', internet: false, bank: false }
  const offline = { ...all, ...cut }
  assert.deepEqual(await settled(), all)
  assert.deepEqual(await settled('operator.down'), { ...all, operator: 'unsent' })
  assert.deepEqual(await settled('billing.down'), { ...all, office: 'unsent' })
  assert.deepEqual(await settled('internet.down'), offline)
  assert.deepEqual(await settled('operator.down', 'internet.down'), offline)
  assert.deepEqual(await settled('printer.no-paper', 'sko.unplugged'), all)
  on.add('internet.down')
  await Promise.all(processes.map(lines.rose))
  assert.deepEqual(await met(), offline)
})
