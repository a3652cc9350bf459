import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { client } from '#core/api/client.ts'
import { registerApi } from '#core/api/register.ts'
import { standApi } from '#core/api/stand.ts'
import { httpSend } from '#services/runtime/send.ts'
import { type Stand, startStand } from './stand.ts'

const data = mkdtempSync(join(tmpdir(), 'zpos-stand-'))
after(() => rmSync(data, { recursive: true, force: true }))
const ports = {}

async function asked(stand: Stand) {
  const send = httpSend(stand.addresses.stand, { deadlineMs: 20_000 })
  const api = client(standApi, send)
  const processes = async () => {
    const answer = await api.processes({})
    return answer.kind === 'done' ? answer.value.processes : assert.fail(answer.kind)
  }
  return { api, processes, close: send.close }
}

test('the stand comes up on free ports, obeys its buttons and leaves nothing behind', async (t) => {
  const stand = await startStand({ data, ports })
  t.after(stand.stop)
  const { api, processes, close } = await asked(stand)
  t.after(close)
  assert.deepEqual(
    (await processes()).map(({ name, state, healthy }) => ({ name, state, healthy })),
    ['register', 'sko', 'operator', 'office', 'acquirer'].map((name) => ({
      name,
      state: 'running',
      healthy: true,
    })),
  )

  const users = httpSend(stand.addresses.register, { deadlineMs: 5000 })
  t.after(users.close)
  const people = await client(registerApi, users).users({})
  assert.deepEqual(people.kind === 'done' && people.value.users.map(({ name }) => name).sort(), [
    'Анна',
    'Ольга',
  ])
  assert.deepEqual(await api.paper({}), { kind: 'done', value: { papers: [] } })

  const killed = await api.kill({ name: 'operator' })
  assert.ok(killed.kind === 'done' && killed.value.state === 'stopped')
  const started = await api.start({ name: 'operator' })
  assert.ok(started.kind === 'done' && started.value.state === 'starting')
  assert.equal((await api.kill({ name: 'shop' as 'sko' })).kind, 'invalid')

  const url = `${stand.addresses.stand}/api/faults/sko.unplugged`
  const body = JSON.stringify({ on: true })
  const foreign = { origin: 'http://example.com' }
  assert.equal((await fetch(url, { method: 'PUT', body, headers: foreign })).status, 403)
  const keys = readdirSync(join(data, 'sko', 'keys'))
  assert.equal((await fetch(url, { method: 'PUT', body })).status, 200)
  assert.deepEqual(
    readdirSync(join(data, 'sko', 'keys')),
    keys.filter((key) => !key.includes('AVQ11099999999')),
  )

  const pids = (await processes()).flatMap(({ pid }) => pid ?? [])
  await stand.stop()
  for (const pid of pids) assert.throws(() => process.kill(pid, 0))
})

test('a second start on the same data finds everything as it was left', async (t) => {
  const seed = readFileSync(join(data, 'stand', 'operator-seed.json'), 'utf8')
  const stand = await startStand({ data, ports })
  t.after(stand.stop)
  const { api, processes, close } = await asked(stand)
  t.after(close)
  assert.ok((await processes()).every(({ healthy }) => healthy))
  const faults = await api.faults({})
  assert.ok(faults.kind === 'done' && faults.value['sko.unplugged'].on)
  const reset = await api.reset({})
  assert.ok(reset.kind === 'done' && !reset.value['sko.unplugged'].on)
  assert.equal(readdirSync(join(data, 'sko', 'keys')).length, 2)
  assert.equal(readFileSync(join(data, 'stand', 'operator-seed.json'), 'utf8'), seed)
})
