import assert from 'node:assert/strict'
import {
  bread,
  button,
  carryOut,
  choose,
  factOf,
  heading,
  openShop,
  scene,
  sellBread,
  signIn,
  until,
} from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await sellBread(shop)

scene(shop, '«Информация о программной кассе» agrees to the kopeck', async (page) => {
  await signIn(page, shop)
  await choose(page, 'Получить данные')
  await heading(page, 'Информация о программной кассе').waitFor()
  const sum = (bread.price / 100).toFixed(2)
  assert.equal(await factOf(page, 'Наличные в кассе (БД)').textContent(), sum)
  assert.equal(await factOf(page, 'Наличные в смене (СКО)').textContent(), sum)
  assert.equal(await factOf(page, 'Расхождение').textContent(), '0.00')
  const unsent = factOf(page, 'Количество неотправленных документов')
  await until('все документы у оператора', async () => {
    await button(page, 'Обновить').click()
    return (await unsent.textContent()) === '0' || undefined
  })
})

scene(shop, 'documents not sent are counted, and arrive by themselves', async (page) => {
  await signIn(page, shop)
  await choose(page, 'Получить данные')
  const unsent = factOf(page, 'Количество неотправленных документов')
  await unsent.waitFor()
  await shop.kill('operator')
  await sellBread(shop)
  await sellBread(shop)
  await until('два неотправленных', async () => {
    await button(page, 'Обновить').click()
    return (await unsent.textContent()) === '2' || undefined
  })
  await page.getByRole('banner').getByText('Не отправлено: 2').waitFor()
  await shop.start('operator')
  await until('все документы у оператора', async () => {
    await button(page, 'Обновить').click()
    return (await unsent.textContent()) === '0' || undefined
  })
  await page.getByRole('banner').getByText('Не отправлено').waitFor({ state: 'detached' })
})

scene(shop, 'a silent СКО gives no figures rather than wrong ones', async (page) => {
  await signIn(page, shop)
  await shop.kill('sko')
  await choose(page, 'Получить данные')
  const none = 'нет данных'
  assert.equal(await factOf(page, 'Наличные в смене (СКО)').textContent(), none)
  assert.equal(await factOf(page, 'Расхождение').textContent(), none)
  assert.equal(await factOf(page, 'Количество неотправленных документов').textContent(), none)
  await page.getByRole('banner').getByText('Нет связи с СКО').waitFor()
  await shop.start('sko')
})
