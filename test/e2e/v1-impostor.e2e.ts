import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type FiscalDocument, seal } from '#core/document/document.ts'
import { kopecks } from '#core/money.ts'
import { sha256 } from '#services/runtime/secret.ts'
import { agrees, sell } from './red-receipt.ts'
import {
  bread,
  button,
  carryOut,
  done,
  handheld,
  newId,
  openShop,
  scene,
  signIn,
  until,
} from './shop.ts'

// V1: the СКО is killed, and somebody else listens in its place. V3: its store is put back.

const DISTRUSTED = 'СКО не прошло проверку'
const shop = await openShop()
await carryOut(shop, 'shift-opening')

const alert = (page: Page) => page.getByRole('alert').filter({ hasText: DISTRUSTED })

const { privateKey } = generateKeyPairSync('ed25519')
const signed = (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64')

/** A document of bread as the device's would be, by a key of its own. */
function madeUp(like: FiscalDocument, operation: string) {
  const line = { name: bread.name, code: bread.code, price: bread.price, quantity: 1000, vat: 10 }
  const sum = bread.price
  const document = {
    ...like,
    number: like.number + 1,
    kind: 'sale',
    operation,
    lines: [{ ...line, discount: 0, markup: 0 }],
    payments: [{ means: 'cash', sum }],
    settlement: { cash: sum, card: 0, other: 0, change: 0 },
    sum,
  } as FiscalDocument
  const sealed = seal(document, { hash: sha256, sign: signed })
  const { number, shift, issuer } = document
  return {
    number,
    uid: sealed.uid,
    shift_number: shift,
    created: '',
    serial: issuer.device,
    register_number: issuer.registerNumber,
    sum: '0.00',
    change: '0.00',
    cash_in: { BYN: '0.00' },
    document: sealed,
  }
}

/** Listens where the СКО did, and says to everything that it went well. */
async function impostor(like: FiscalDocument) {
  const heard: string[] = []
  const server: Server = createServer(async (incoming, outgoing) => {
    let body = ''
    for await (const part of incoming) body += part
    heard.push(JSON.stringify(incoming.headers), body)
    const { action, operation_id: id } = JSON.parse(body).headers
    const response = madeUp(like, id)
    const data = action === 'outcome' ? { verdict: 'done', response } : response
    outgoing.end(JSON.stringify({ type: 'send', address: '', data, headers: {} }))
  })
  server.on('connection', (socket) => socket.unref())
  const { port, hostname } = new URL(shop.addresses.sko)
  await new Promise<void>((resolve) => server.listen(Number(port), hostname, resolve))
  // A scene that fails leaves it behind: it must not keep the file from its end.
  server.unref()
  return {
    heard,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The middle of what somebody would press lies under no message. */
async function isInSight(page: Page, name: string) {
  const box = await page.getByRole('button', { name, exact: true }).first().boundingBox()
  assert.ok(box && box.y + box.height <= handheld.height, `${name}: ${JSON.stringify(box)}`)
}

scene({ ...shop, size: handheld }, 'V1: an impostor in the place of the СКО', async (page) => {
  const before = await agrees(shop)
  const documents = shop.deviceDocuments().length
  const papers = (await shop.papers()).length
  const [opening] = done(await shop.register.operations({})).operations
  const { document: like } = done(await shop.register.operation({ id: opening?.id ?? '' }))
  assert.ok(like)
  await signIn(page, shop)
  await shop.kill('sko')
  const { heard, close } = await impostor(like as FiscalDocument)
  await sell(page, shop)
  await alert(page).waitFor()
  await page.getByText('ООО «Настоящая Цифровая»').first().waitFor()
  await page.getByText('Продажа', { exact: false }).first().waitFor()
  const { open, distrusted, cash } = done(await shop.register.status({}))
  assert.deepEqual(distrusted, ['sko'])
  assert.equal(cash, before)
  const [id] = open
  assert.ok(id)
  await until('красный чек', async () =>
    done(await shop.register.operation({ id })).state === 'red' ? true : undefined,
  )
  // One message at a time (H7): the red receipt waits behind it.
  await page.getByRole('button', { name: /^Ещё/ }).click()
  await button(page, 'Открыть чек').first().waitFor()
  await isInSight(page, 'Открыть чек')
  await page.screenshot({ path: join(tmpdir(), 'v1-360x640.png') })
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.screenshot({ path: join(tmpdir(), 'v1-1280x800.png') })
  assert.equal(shop.deviceDocuments().length, documents)
  assert.equal((await shop.papers()).length, papers)
  assert.ok(heard.length > 2 && !heard.join().includes('credential'))

  await close()
  await shop.start('sko')
  await alert(page).waitFor({ state: 'detached' })
  await until('чек прояснён', async () =>
    done(await shop.register.status({})).open.length === 0 ? true : undefined,
  )
  assert.equal(done(await shop.register.operation({ id })).state, 'failed')
  assert.equal(await agrees(shop), before)
  await carryOut(shop, 'deposit', { sum: 100 })
})

/** Copies the store of the СКО, which must not run, between its folder and another. */
function copyStore(from: string, to: string): void {
  for (const name of readdirSync(to)) if (name.startsWith('sko.sqlite')) rmSync(join(to, name))
  for (const name of readdirSync(from)) {
    if (name.startsWith('sko.sqlite')) cpSync(join(from, name), join(to, name))
  }
}

scene({ ...shop, size: handheld }, 'V3: a СКО that was put back stops the till', async (page) => {
  const own = join(shop.data, 'sko')
  const [older, newest] = ['older', 'newest'].map((name) => {
    return mkdtempSync(join(tmpdir(), `zpos-sko-${name}-`))
  })
  assert.ok(older && newest)
  await signIn(page, shop)
  await shop.kill('sko')
  copyStore(own, older)
  await shop.start('sko')
  await carryOut(shop, 'deposit', { sum: 200 })
  const documents = shop.deviceDocuments().length
  await shop.kill('sko')
  copyStore(own, newest)
  copyStore(older, own)
  await shop.start('sko')

  const diverged = page.getByRole('alert').filter({ hasText: 'разошл' })
  await diverged.getByText('Не меняйте СКО', { exact: false }).waitFor()
  await page.screenshot({ path: join(tmpdir(), 'v3-360x640.png') })
  const refused = await shop.register.begin({ id: newId(), kind: 'deposit', sum: kopecks(100) })
  assert.equal(refused.kind, 'refused')
  assert.match('code' in refused ? refused.code : '', /^(sko|operator)\.diverged$/)
  assert.equal(shop.deviceDocuments().length, documents - 1)

  await shop.kill('sko')
  copyStore(newest, own)
  await shop.start('sko')
  await diverged.waitFor({ state: 'detached' })
  await carryOut(shop, 'deposit', { sum: 100 })
  assert.equal(shop.deviceDocuments().length, documents + 1)
  for (const folder of [older, newest]) rmSync(folder, { recursive: true })
})
