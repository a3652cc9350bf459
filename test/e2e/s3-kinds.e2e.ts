import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import {
  ASK,
  agrees,
  changeClearing,
  depositInVain,
  dialog,
  fill,
  found,
  fromCabinet,
  list,
  makeSaleRed,
  openRed,
  say,
  sell,
} from './red-receipt.ts'
import {
  bread,
  button,
  carryOut,
  choose,
  done,
  handheld,
  heading,
  openShop,
  scene,
  sellBread,
  signIn,
  until,
} from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await carryOut(shop, 'deposit', { sum: 10_000 })

const confirmDialog = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

async function refundWhole(page: Page): Promise<void> {
  await button(page, 'Возврат').click()
  await button(page, 'Вернуть всё').click()
  await button(page, 'Провести').click()
}

async function annul(page: Page): Promise<void> {
  await button(page, 'Аннулирование').click()
  await confirmDialog(page, 'ДА')
}

const undoings = [
  ['Возврат', 'возврата', refundWhole],
  ['Аннулирование', 'аннулирования', annul],
] as const

for (const [title, genitive, undo] of undoings) {
  scene(shop, `S3.4–S3.5: a red «${title}» is confirmed by hand`, async (page) => {
    const before = await agrees(shop)
    await signIn(page, shop)
    await changeClearing(shop, false)
    const sale = await sellBread(shop)
    await page.goto(`${shop.addresses.register}/#/receipts/${sale.id}`)
    await shop.fault('sko.answer-lost', { count: 1 })
    await undo(page)
    const alert = page.getByRole('alert').filter({ hasText: found(genitive) })
    await alert.getByRole('button', { name: 'Открыть чек', exact: true }).click()
    await dialog(page, found(genitive)).getByRole('button', { name: 'ОК', exact: true }).click()
    await heading(page, title).waitFor()
    const right = await fromCabinet(shop)
    await fill(page, right)
    await say(page, 'УСПЕШНО')
    await heading(page, `${title} № ${right.number}`).waitFor()
    assert.equal(await agrees(shop), before)
    await sellBread(shop)
  })

  scene(shop, `S3.7: a red «${title}» that never was is denied by hand`, async (page) => {
    await signIn(page, shop)
    await changeClearing(shop, false)
    const sale = await sellBread(shop)
    const before = await agrees(shop)
    await page.goto(`${shop.addresses.register}/#/receipts/${sale.id}`)
    await shop.fault('sko.request-lost', { count: 1 })
    await undo(page)
    await page.getByRole('alert').filter({ hasText: ASK }).getByRole('button').click()
    await dialog(page, ASK).getByRole('button', { name: 'ОК', exact: true }).click()
    await heading(page, title).waitFor()
    await say(page, 'НЕУСПЕШНО')
    await page
      .getByRole('status')
      .filter({ hasText: `${title}: отмечена неуспешной` })
      .waitFor()
    assert.equal(await agrees(shop), before)
    // The sale is whole again: it may be undone once more.
    await page.goto(`${shop.addresses.register}/#/receipts/${sale.id}`)
    await undo(page)
    await page.getByText(/Документ № \d+ оформлен/).waitFor()
    assert.equal(await agrees(shop), before - bread.price)
  })
}

const inSight = (what: Locator) =>
  until('на виду', async () => {
    const box = await what.boundingBox()
    const isSeen = box && box.y >= 0 && box.y + box.height < handheld.height + 1
    return isSeen || undefined
  })

scene(
  { ...shop, size: handheld },
  'S3.6: what is wrong in the form is seen on a handheld, and goes with it',
  async (page) => {
    await signIn(page, shop)
    await changeClearing(shop, false)
    await shop.fault('sko.answer-lost', { count: 1 })
    await sell(page, shop)
    await page.getByRole('alert').filter({ hasText: ASK }).getByRole('button').click()
    await page.getByRole('dialog').getByRole('button', { name: 'ОК', exact: true }).click()
    const wrong = page.getByRole('alert').filter({ hasText: 'нужно целое число' })
    // D18: nobody is asked to be sure of an empty form; what is typed outlives it.
    await page.getByRole('textbox', { name: 'УИ' }).fill('АВ12')
    await page.keyboard.press('Escape')
    await openRed(page)
    await page.getByRole('dialog').getByRole('button', { name: 'ОК', exact: true }).click()
    assert.equal(await page.getByRole('textbox', { name: 'УИ' }).inputValue(), 'АВ12')
    await button(page, 'УСПЕШНО').click()
    assert.equal(await page.getByRole('dialog').count(), 0)
    await inSight(wrong)
    await button(page, 'Подставить ответ СКО').click()
    await wrong.waitFor({ state: 'detached' })
    await say(page, 'НЕУСПЕШНО')
    await inSight(page.getByRole('alert').filter({ hasText: 'Документ этой операции есть' }))
    await page.goto(`${shop.addresses.register}/#/menu`)
    await inSight(heading(page, 'Главное меню'))
    await changeClearing(shop, true)
    const notice = page.getByRole('status').filter({ hasText: 'операция успешна' })
    await notice.getByRole('button', { name: 'Понятно', exact: true }).click()
  },
)

scene(shop, 'S3.1, S3.2: a refusal opens the red receipt, clearing ends it', async (page) => {
  await signIn(page, shop)
  await makeSaleRed(page, shop)
  const refusal = await depositInVain(page, shop)
  await refusal.getByText(/«Продажа» на 1\.98/).waitFor()
  await refusal.getByRole('button', { name: 'Открыть чек', exact: true }).click()
  await dialog(page, found('продажи')).getByRole('button', { name: 'ОК', exact: true }).click()
  await heading(page, 'Продажа').waitFor()
  await changeClearing(shop, true)
  const notice = page.getByRole('status').filter({ hasText: 'Продажа на 1.98: операция успешна' })
  await notice.getByRole('button', { name: 'Понятно', exact: true }).click()
  await choose(page, 'Чеки')
  await list(page).getByRole('row').nth(1).filter({ hasText: '1.98' }).waitFor()
  assert.equal(await list(page).getByText('Не завершена').count(), 0)
  await agrees(shop)
  await sellBread(shop)
})

scene(shop, 'R4: «Отказаться» from what may be done turns red, then is cleared', async (page) => {
  const before = await agrees(shop)
  await signIn(page, shop)
  // The command is on its way into a device that stands still, and dies with it unanswered.
  const thaw = await shop.freeze('sko')
  await sell(page, shop)
  await until('команда ушла', async () => done(await shop.register.status({})).open[0])
  await shop.kill('sko')
  thaw()
  const lost = page.getByRole('dialog')
  await lost.getByRole('button', { name: 'Отказаться', exact: true }).click()
  const red = page.getByRole('alert').filter({ hasText: ASK })
  await red.waitFor()
  await lost.waitFor({ state: 'detached' })
  await red.getByRole('button', { name: 'Открыть чек', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'ОК', exact: true }).click()
  await shop.start('sko')
  const notice = page.getByRole('alert').filter({ hasText: 'операция не проведена' })
  await notice.getByRole('button', { name: 'Понятно', exact: true }).click()
  assert.equal(await agrees(shop), before)
  await sellBread(shop)
})

scene(shop, 'R7: a red closing and a red opening of a shift, by hand', async (page) => {
  await carryOut(shop, 'withdrawal', { sum: await agrees(shop) })
  await signIn(page, shop)
  await changeClearing(shop, false)
  const byHand = async (title: string) => {
    await openRed(page)
    await dialog(page, ASK).getByRole('button', { name: 'ОК', exact: true }).click()
    await heading(page, title).waitFor()
    const right = await fromCabinet(shop)
    await fill(page, right)
    await say(page, 'УСПЕШНО')
    await heading(page, `${title} № ${right.number}`).waitFor()
  }
  await shop.fault('sko.answer-lost', { count: 1 })
  await page.goto(`${shop.addresses.register}/#/close-shift`)
  await confirmDialog(page, 'Да')
  await page.getByRole('alert').filter({ hasText: ASK }).waitFor()
  await byHand('Закрытие смены')
  assert.equal(done(await shop.register.status({})).shift, null)

  await shop.fault('sko.answer-lost', { count: 1 })
  await choose(page, 'Главное меню')
  await button(page, 'Открыть смену').click()
  await page.getByRole('alert').filter({ hasText: ASK }).waitFor()
  await byHand('Открытие смены')
  assert.equal(done(await shop.register.status({})).shift?.number, 2)
  await sellBread(shop)
})
