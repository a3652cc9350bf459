import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Send, SentRequest } from '#core/api/client.ts'
import { silentLog } from '#services/runtime/log.ts'
import { openPairing } from './pairing.ts'

const shown = {
  statement: {
    says: 'paired',
    device: 'AVQ1',
    registerNumber: 1,
    till: 'K-1',
    agreement: 'a'.repeat(60),
    at: 1,
  },
  key: 'k',
  signature: 's',
} as const
const command: SentRequest = { method: 'POST', path: '/tsrv', body: '{}' }

function aDevice() {
  const heard: string[] = []
  let takes = false
  const send: Send = async ({ path }) => {
    heard.push(path)
    if (path === '/tsrv') return { status: 200, body: '{}' }
    const refusal = { kind: 'refused', code: 'pairing.refused', message: '', next: '' }
    return takes ? { status: 200, body: '{}' } : { status: 409, body: JSON.stringify(refusal) }
  }
  const take = () => {
    takes = true
  }
  return { heard, send, take }
}

test('nothing but its paper leaves for a device that has not taken the till yet', async () => {
  const { heard, send } = aDevice()
  const link = openPairing(send, { pairing: shown }, silentLog)
  assert.equal(typeof (await link.step()), 'number')
  assert.deepEqual(await link.send(command), { unsent: 'not paired' })
  assert.deepEqual(heard, ['/pairing', '/pairing'])
})

test('what is to be sent to a device that has just come back goes at once', async () => {
  const { heard, send, take } = aDevice()
  const link = openPairing(send, { pairing: shown }, silentLog)
  assert.deepEqual(await link.send(command), { unsent: 'not paired' })
  take()
  assert.deepEqual(await link.send(command), { status: 200, body: '{}' })
  assert.equal(await link.step(), null)
  assert.deepEqual(heard, ['/pairing', '/pairing', '/tsrv'])
})

test('a device that hangs while the till is shown to it is silent, not away', async () => {
  const link = openPairing(async () => ({ lost: 'deadline' }), { pairing: shown }, silentLog)
  assert.deepEqual(await link.send(command), { lost: 'not paired' })
})

test('a secret that was given to both by hand needs no pairing', async () => {
  const { heard, send } = aDevice()
  const link = openPairing(send, { pairing: null }, silentLog)
  assert.equal(await link.step(), null)
  assert.deepEqual(await link.send(command), { status: 200, body: '{}' })
  assert.deepEqual(heard, ['/tsrv'])
})
