import assert from 'node:assert/strict'
import { cardMoney, payByCard } from './card-money.ts'
import { changeClearing, dialog } from './red-receipt.ts'
import {
  bread,
  button,
  carryOut,
  choose,
  done,
  factOf,
  handheld,
  heading,
  openShop,
  scene,
  signIn,
  until,
} from './shop.ts'

const shop = await openShop('embedded')
await carryOut(shop, 'shift-opening')
await carryOut(shop, 'deposit', { sum: 5000 })

const NOT_DONE = 'Операция на ПКС не выполнена. Свяжитесь с банком для уточнения состояния операции'
const setClearing = (on: boolean) => changeClearing(shop, on)

/** The bank's charges less what came back are the card parts of documents. */
async function moneyAgrees(): Promise<void> {
  await until('деньги и документы сходятся', async () => {
    const { bank, papers } = await cardMoney(shop)
    const { cards, discrepancy } = done(await shop.register.facts({}))
    const isEven = bank === papers && discrepancy === 0 && cards?.reversals === 0
    return (isEven && cards.day?.outcome !== 'differs') || undefined
  })
}

scene(shop, 'N3: a card is tapped, the receipt and both slips are printed', async (page) => {
  await signIn(page, shop)
  await payByCard(page, shop)
  assert.equal((await shop.readerWaits()).sum, bread.price)
  await shop.tap('ok')
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
  await shop.paperWith('ЭКЗЕМПЛЯР КЛИЕНТА')
  await shop.paperWith('ЭКЗЕМПЛЯР ПРОДАВЦА')
  await choose(page, 'Операции по картам')
  await page.getByRole('table', { name: 'Операции по картам' }).getByText('Одобрена').waitFor()
  await choose(page, 'Получить данные')
  await factOf(page, 'Сверка с банком')
    .getByText(/сходится/)
    .waitFor()
  await moneyAgrees()
})

scene(
  shop,
  'N3: a decline is told, a cancel before the tap too, mixed pays both ways',
  async (page) => {
    await signIn(page, shop)
    await payByCard(page, shop)
    await shop.tap('forbidden')
    await page.getByRole('alert').filter({ hasText: '126' }).waitFor()
    await button(page, 'Провести').click()
    await dialog(page, 'Приложите карту').getByRole('button', { name: 'Отмена' }).click()
    await page.getByRole('alert').filter({ hasText: 'отменена до чтения карты' }).waitFor()
    await button(page, 'Назад').click()
    await button(page, 'Смешанная').click()
    await page.getByLabel('Картой', { exact: true }).fill('1')
    await page.getByLabel('Получено', { exact: true }).fill('5')
    await button(page, 'Провести').click()
    await shop.tap('ok')
    await page.getByText(/Документ № \d+ оформлен/).waitFor()
    await moneyAgrees()
  },
)

scene(shop, 'S3.10: a lost answer of the bank ends with both or with neither', async (page) => {
  await signIn(page, shop)
  await setClearing(true)
  await shop.fault('bank.answer-lost', { count: 1 })
  await payByCard(page, shop)
  await shop.tap('ok')
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
  await moneyAgrees()
  await shop.fault('bank.request-lost', { count: 1 })
  await payByCard(page, shop)
  await shop.tap('ok')
  await page.getByRole('alert').filter({ hasText: 'операция не проведена' }).waitFor()
  await page.getByRole('button', { name: 'Понятно' }).first().click()
  await moneyAgrees()
})

scene(
  shop,
  'S3.9: the fiscal step never was: cancelled by hand over kills of all',
  async (page) => {
    await signIn(page, shop)
    await setClearing(false)
    await shop.fault('sko.request-lost', { count: 1 })
    await payByCard(page, shop)
    await shop.tap('ok')
    await page.getByRole('alert').filter({ hasText: NOT_DONE }).waitFor()
    await Promise.all([shop.kill('register'), shop.kill('sko'), shop.kill('acquirer')])
    await Promise.all([shop.start('register'), shop.start('sko')])
    await page.reload()
    await page.getByRole('alert').filter({ hasText: NOT_DONE }).getByRole('button').click()
    await dialog(page, NOT_DONE).getByRole('button', { name: 'ОК', exact: true }).click()
    await button(page, 'Отменить незавершенную операцию').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Да', exact: true }).click()
    await until('деньги ждут банка', async () => {
      const { cards } = done(await shop.register.facts({}))
      return cards?.reversals === 1 || undefined
    })
    await shop.paperWith('ТЕХНИЧЕСКАЯ ОТМЕНА')
    await shop.kill('register')
    await Promise.all([shop.start('register'), shop.start('acquirer')])
    await moneyAgrees()
    const cancelled = (await shop.papers()).filter(({ lines }) =>
      lines.join('\n').includes('ТЕХНИЧЕСКАЯ ОТМЕНА'),
    )
    assert.ok(cancelled.length === 1 || cancelled[1]?.lines.includes('ПОВТОР'), 'printed once')
    await setClearing(true)
  },
)

scene(
  { ...shop, size: handheld },
  'S3.8: both have it: НЕУСПЕШНО is refused, УСПЕШНО stands, on a handheld',
  async (page) => {
    await signIn(page, shop)
    await setClearing(false)
    await shop.fault('sko.answer-lost', { count: 1 })
    await payByCard(page, shop)
    await shop.tap('ok')
    const red = page.getByRole('alert').filter({ hasText: 'Операция продажи не завершена' })
    await red.getByRole('button', { name: 'Открыть чек', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'ОК', exact: true }).click()
    await button(page, 'НЕУСПЕШНО').click()
    await page.getByRole('dialog').getByRole('button', { name: 'ДА', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: 'Документ этой операции есть' }).waitFor()
    await button(page, 'Подставить ответ СКО').click()
    await button(page, 'УСПЕШНО').click()
    await page.getByRole('dialog').getByRole('button', { name: 'ДА', exact: true }).click()
    await heading(page, /Продажа № \d+/).waitFor()
    await setClearing(true)
    await moneyAgrees()
  },
)
