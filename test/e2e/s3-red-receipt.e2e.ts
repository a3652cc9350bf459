import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
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
  sum,
} from './red-receipt.ts'
import {
  bread,
  button,
  carryOut,
  choose,
  done,
  factOf,
  heading,
  newId,
  openShop,
  scene,
  sellBread,
  signIn,
  until,
} from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await carryOut(shop, 'deposit', { sum: 10_000 })

scene(
  shop,
  'S3.2: with clearing on there is nothing to do but to read the notice',
  async (page) => {
    const before = await agrees(shop)
    await signIn(page, shop)
    await shop.fault('sko.answer-lost', { count: 1 })
    await sell(page, shop)
    const notice = page.getByRole('status').filter({ hasText: 'операция успешна' })
    await notice.getByText(/документ № \d+ подтвердило СКО/).waitFor()
    await heading(page, 'Продажа').waitFor()
    await page.reload()
    await notice.getByRole('button', { name: 'Понятно', exact: true }).click()
    await notice.waitFor({ state: 'detached' })
    assert.equal(await agrees(shop), before + bread.price)

    await shop.fault('sko.request-lost', { count: 1 })
    await sell(page, shop)
    const gone = page.getByRole('alert').filter({ hasText: 'операция не проведена' })
    await gone.getByText(/СКО подтвердило, что документа нет/).waitFor()
    await gone.getByRole('button', { name: 'Понятно', exact: true }).click()
    await gone.waitFor({ state: 'detached' })
    assert.equal(await agrees(shop), before + bread.price)
  },
)

scene(shop, 'S3.1: a refusal ends with the red receipt that it was about', async (page) => {
  await signIn(page, shop)
  await changeClearing(shop, false)
  await shop.fault('sko.answer-lost', { count: 1 })
  const request = { id: newId(), kind: 'deposit', sum: 600 } as never
  assert.equal(done(await shop.register.begin(request)).state, 'red')
  const refusal = await depositInVain(page, shop)
  await refusal.waitFor()
  await changeClearing(shop, true)
  const notice = page.getByRole('status').filter({ hasText: 'Внесение на 6.00' })
  await notice.getByText('операция успешна').waitFor()
  await refusal.waitFor({ state: 'detached' })
  await notice.getByRole('button', { name: 'Понятно', exact: true }).click()
})

scene(shop, 'S3.1, S3.3–S3.6: a red sale is confirmed by hand with checked data', async (page) => {
  const before = await agrees(shop)
  await signIn(page, shop)
  await makeSaleRed(page, shop)

  const refusal = await depositInVain(page, shop)
  await refusal.waitFor()

  await choose(page, 'Получить данные')
  await heading(page, 'Информация о программной кассе').waitFor()
  assert.equal(await factOf(page, 'Наличные в кассе (БД)').textContent(), sum(before))
  const skoCash = await factOf(page, 'Наличные в смене (СКО)').textContent()
  assert.equal(skoCash, sum(before + bread.price))
  assert.equal(await factOf(page, 'Расхождение').textContent(), sum(bread.price))

  await shop.kill('register')
  await shop.start('register')
  await page.reload()
  await openRed(page)
  await dialog(page, found('продажи')).getByRole('button', { name: 'ОК', exact: true }).click()
  await heading(page, 'Продажа').waitFor()
  await page.getByText('Запрос Оператору ПКС является обязательным').first().waitFor()

  const right = await fromCabinet(shop)
  await fill(page, { ...right, uid: `0123456789ABCDEF${right.uid.slice(16)}` })
  await say(page, 'УСПЕШНО')
  await page.getByRole('alert').filter({ hasText: 'УИ' }).waitFor()
  assert.equal(done(await shop.register.status({})).open.length, 1, 'nothing changed')

  await shop.kill('sko')
  await fill(page, right)
  await say(page, 'УСПЕШНО')
  await heading(page, `Продажа № ${right.number}`).waitFor()
  await shop.start('sko')
  await until('суммы сходятся', async () => {
    const { skoCash: there, cash } = done(await shop.register.facts({}))
    return there === cash || undefined
  })
  assert.equal(await agrees(shop), before + bread.price)
  await sellBread(shop)
})

scene(
  shop,
  'S3.7: a red sale that never was is denied by hand and leaves the list',
  async (page) => {
    const before = await agrees(shop)
    await signIn(page, shop)
    await changeClearing(shop, false)
    await shop.fault('sko.request-lost', { count: 1 })
    await sell(page, shop)
    await page.getByRole('alert').filter({ hasText: ASK }).getByRole('button').click()
    await dialog(page, ASK).getByRole('button', { name: 'ОК', exact: true }).click()
    await say(page, 'НЕУСПЕШНО')
    await page.getByRole('status').filter({ hasText: 'отмечена неуспешной' }).waitFor()
    await choose(page, 'Чеки')
    await list(page).getByRole('row').nth(1).waitFor()
    assert.equal(await list(page).getByText('Не завершена').count(), 0)
    assert.equal(await agrees(shop), before)
    await sellBread(shop)
  },
)

const others: [string, 'deposit' | 'withdrawal', string][] = [
  ['Внесение', 'deposit', 'внесения'],
  ['Изъятие', 'withdrawal', 'изъятия'],
]
for (const [title, kind, genitive] of others) {
  scene(
    shop,
    `S3.4–S3.5: a red ${kind} likewise, СКО and register killed on the way`,
    async (page) => {
      const before = await agrees(shop)
      await signIn(page, shop)
      await changeClearing(shop, false)
      await shop.fault('sko.answer-lost', { count: 1 })
      await page.goto(`${shop.addresses.register}/#/${kind}`)
      await page.getByLabel('Сумма', { exact: true }).fill('7.50')
      await button(page, 'Провести').click()
      await page
        .getByRole('alert')
        .filter({ hasText: found(genitive) })
        .waitFor()
      const right = await fromCabinet(shop)
      await Promise.all([shop.kill('sko'), shop.kill('register')])
      await Promise.all([shop.start('sko'), shop.start('register')])
      await page.reload()
      await openRed(page)
      await dialog(page, found(genitive)).getByRole('button', { name: 'ОК', exact: true }).click()
      await heading(page, title).waitFor()
      await fill(page, right)
      await say(page, 'УСПЕШНО')
      await heading(page, `${title} № ${right.number}`).waitFor()
      assert.equal(await agrees(shop), before + (kind === 'deposit' ? 750 : -750))
    },
  )
}

scene(
  shop,
  'S3.6: with nobody to ask the word is «не проверено», and checked later',
  async (page) => {
    await signIn(page, shop)
    await changeClearing(shop, false)
    await shop.fault('sko.answer-lost', { count: 1 })
    const begun = done(
      await shop.register.begin({ id: newId(), kind: 'deposit', sum: 100 as never }),
    )
    assert.equal(begun.state, 'red')
    const right = await fromCabinet(shop)
    await shop.fault('internet.down', { on: true })
    await shop.kill('sko')
    await page.goto(`${shop.addresses.register}/#/receipts/${begun.id}`)
    await page.getByRole('dialog').getByRole('button', { name: 'ОК', exact: true }).click()
    await fill(page, right)
    await say(page, 'УСПЕШНО')
    await factOf(page, 'Состояние').getByText('Успешно, не проверено').waitFor()
    await shop.fault('internet.down', { on: false })
    await shop.start('sko')
    await until('проверено', async () => {
      const view = done(await shop.register.operation({ id: begun.id }))
      return view.proof === 'proved' || undefined
    })
    await agrees(shop)
  },
)

scene(
  shop,
  'K6: what became of a red receipt is gathered for support into one file',
  async (page) => {
    await signIn(page, shop, 'Ольга')
    await makeSaleRed(page, shop)
    const [red] = done(await shop.register.status({})).open
    assert.ok(red)
    await openRed(page)
    await dialog(page, found('продажи')).getByRole('button', { name: 'ОК', exact: true }).click()
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Собрать для поддержки').click(),
    ])
    assert.match(saved.suggestedFilename(), /^support-[\d-]+\.html$/)
    const file = readFileSync(await saved.path(), 'utf8')
    const [, data = ''] =
      /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(file) ?? []
    const [told] = JSON.parse(data).operations
    assert.deepEqual([told.id, told.state, told.cashier], [red, 'red', 'Ольга'])
    const device = told.heard.find(({ who }: { who: string }) => who === 'sko')
    assert.equal(device.verdict, 'done', 'the device is asked what it holds of it')
    assert.ok(!file.includes(bread.name), 'goods are no matter of support')
    await changeClearing(shop, true)
    await until('разобрано', async () =>
      done(await shop.register.status({})).open.length === 0 ? true : undefined,
    )
    done(await shop.register.acknowledge({ id: red }))
  },
)
