import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { leasePorts } from './ports.ts'

const host = '127.0.0.1'
const wanted = { register: 0, sko: 0, stand: 8099 }

test('ports that are not named are free ones, each its own; a named one stays', async (t) => {
  const { ports, release } = await leasePorts(wanted, { host, chance: Math.random })
  t.after(release)
  assert.equal(ports.stand, 8099)
  assert.notEqual(ports.register, ports.sko)
  for (const port of [ports.register, ports.sko]) {
    const server = createServer()
    await once(server.listen(port, host), 'listening')
    server.close()
  }
})

test('two stands never get the same port, though neither listens yet', async (t) => {
  // The dice lead both to the same place first.
  const dice = [0.5, 0.5, 0.7]
  const chance = () => dice.shift() ?? 0
  const one = await leasePorts(wanted, { host, chance })
  const two = await leasePorts(wanted, { host, chance })
  t.after(() => Promise.all([one.release(), two.release()]))
  const taken = [one, two].flatMap(({ ports }) => [ports.register, ports.sko])
  assert.equal(new Set(taken).size, 4)
})

test('a port in use is passed over', async (t) => {
  const chance = () => 0.3
  const first = await leasePorts(wanted, { host, chance })
  await first.release()
  const server = createServer()
  t.after(() => server.close())
  await once(server.listen(first.ports.register, host), 'listening')
  const second = await leasePorts(wanted, { host, chance })
  t.after(second.release)
  assert.ok(![second.ports.register, second.ports.sko].includes(first.ports.register))
})
