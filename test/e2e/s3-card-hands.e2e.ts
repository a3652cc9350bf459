import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { allAgrees, cameOf, mixedSale, payByCard, sellByCard } from './card-money.ts'
import { changeClearing, dialog, say } from './red-receipt.ts'
import { button, carryOut, done, newId, openShop, scene, signIn, until } from './shop.ts'

// The cells of card faults and kills where a person decides: by her words on the page.

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await carryOut(shop, 'deposit', { sum: 10_000 })

const ASK_BANK = 'Операция на ПКС не выполнена. Свяжитесь с банком для уточнения состояния операции'
const LOST = 'Произошла потеря связи с СКО! Проверьте подключение и нажмите Продолжить'

const setClearing = (on: boolean) => changeClearing(shop, on)
const viewOf = async (id: string) => done(await shop.register.operation({ id }))
const comesTo = (id: string, wanted: string) =>
  until(`${wanted} ${id}`, async () => ((await viewOf(id)).state === wanted ? true : undefined))
const cancelledPapers = async () =>
  (await shop.papers()).filter(({ lines }) => lines.join('\n').includes('ТЕХНИЧЕСКАЯ ОТМЕНА'))

async function openRed(page: Page, id: string): Promise<void> {
  await page.goto(`${shop.addresses.register}/#/receipts/${id}`)
  await page.getByRole('dialog').getByRole('button', { name: 'ОК', exact: true }).click()
}

async function cancelByHand(page: Page, id: string): Promise<void> {
  await openRed(page, id)
  await button(page, 'Отменить незавершенную операцию').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Да', exact: true }).click()
  await page.getByRole('status').filter({ hasText: 'Незавершенная операция отменена' }).waitFor()
}

/** The wish of a kind, with its sale where it undoes one; the card lies on the reader. */
async function wish(kind: 'sale' | 'refund' | 'annulment') {
  if (kind !== 'sale') return { kind, of: (await sellByCard(shop)).id }
  await shop.tap('ok')
  return mixedSale
}

for (const kind of ['sale', 'refund', 'annulment'] as const) {
  scene(
    shop,
    `S3.10, ${kind}: the bank’s answer is lost and the register dies: cancelled by hand`,
    async (page) => {
      await setClearing(false)
      const asked = await wish(kind)
      await signIn(page, shop)
      await shop.fault('bank.answer-lost', { count: 1 })
      const thaw = await shop.freeze('acquirer')
      const id = newId()
      const underWay = shop.register.begin({ ...asked, id } as never)
      await until(
        'сбой',
        async () => (await shop.faults())['bank.answer-lost'].count === 0 || undefined,
      )
      await shop.kill('register')
      thaw()
      await underWay
      await shop.start('register')
      await comesTo(id, 'red')
      await cancelByHand(page, id)
      await comesTo(id, 'cancelled')
      assert.equal(await cameOf(shop, id), 'neither')
      await allAgrees(shop)
    },
  )

  scene(
    shop,
    `S3.9, ${kind}: not at the СКО, cancelled by hand while the bank is dead`,
    async (page) => {
      await setClearing(false)
      const asked = await wish(kind)
      await signIn(page, shop)
      await shop.fault('sko.request-lost', { count: 1 })
      const id = newId()
      assert.equal(done(await shop.register.begin({ ...asked, id } as never)).state, 'red')
      await page.getByRole('alert').filter({ hasText: ASK_BANK }).waitFor()
      await shop.kill('acquirer')
      const printed = (await cancelledPapers()).length
      await cancelByHand(page, id)
      await comesTo(id, 'reversing')
      // R8: cash goes on meanwhile, a card does not, and is told what helps.
      await refusedWhileReversing(page)
      await until('бумага отмены', async () =>
        (await cancelledPapers()).length > printed ? true : undefined,
      )
      await shop.start('acquirer')
      await comesTo(id, 'cancelled')
      assert.equal(await cameOf(shop, id), 'neither')
      assert.equal((await cancelledPapers()).length, printed + 1, 'печатается один раз')
      await allAgrees(shop)
    },
  )

  scene(
    shop,
    `S3.8, ${kind}: done at the СКО, the register dies, «УСПЕШНО» by hand`,
    async (page) => {
      await setClearing(false)
      const asked = await wish(kind)
      await signIn(page, shop)
      await shop.fault('sko.answer-lost', { count: 1 })
      const id = newId()
      assert.equal(done(await shop.register.begin({ ...asked, id } as never)).state, 'red')
      await shop.kill('register')
      await shop.start('register')
      await page.reload()
      await openRed(page, id)
      await button(page, 'Подставить ответ СКО').click()
      await say(page, 'УСПЕШНО')
      await comesTo(id, 'registered')
      assert.equal(await cameOf(shop, id), 'both')
      await allAgrees(shop)
    },
  )

  scene(
    shop,
    `S1.4, ${kind}: «Отказаться» after the bank’s approval gives the money back by itself`,
    async (page) => {
      await setClearing(true)
      const asked = await wish(kind)
      await signIn(page, shop)
      await shop.fault('sko.unplugged', { on: true })
      const id = newId()
      const begun = done(await shop.register.begin({ ...asked, id } as never))
      assert.deepEqual([begun.state, begun.facts.paid !== null], ['waiting', true])
      await dialog(page, LOST).getByRole('button', { name: 'Отказаться', exact: true }).click()
      const alert = page.getByRole('alert').filter({ hasText: 'Ошибка операции' })
      await alert.getByText(kind === 'sale' ? /деньги возвра/ : /возврат на карту/).waitFor()
      await dialog(page, LOST).waitFor({ state: 'detached' })
      await comesTo(id, 'cancelled')
      await shop.fault('sko.unplugged', { on: false })
      assert.equal(await cameOf(shop, id), 'neither')
      await allAgrees(shop)
    },
  )
}

async function refusedWhileReversing(page: Page): Promise<void> {
  const refused = await shop.register.begin({ ...mixedSale, id: newId() } as never)
  assert.ok(refused.kind === 'refused' && refused.code === 'reversal.pending')
  await page.goto(`${shop.addresses.register}/#/menu`)
  const { cash } = done(await shop.register.status({}))
  await carryOut(shop, 'deposit', { sum: 100 })
  assert.equal(done(await shop.register.status({})).cash, cash + 100)
}

scene(shop, 'S1.4 by hand: a tapped card, «Отказаться», the basket goes on', async (page) => {
  await setClearing(true)
  await signIn(page, shop)
  await shop.kill('sko')
  await payByCard(page, shop)
  await shop.tap('ok')
  await dialog(page, LOST).getByRole('button', { name: 'Отказаться', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: 'Ошибка операции' }).waitFor()
  await shop.start('sko')
  await allAgrees(shop)
  await button(page, 'Провести').click()
  await dialog(page, 'Приложите карту').waitFor()
  await shop.tap('ok')
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
  await allAgrees(shop)
})
