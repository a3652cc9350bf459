import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { demoShop } from '#core/demo/shop.ts'
import { tillEquipment } from '#stand/demo/enrolment.ts'
import { examine } from './axe.ts'
import { CASH, payByCard, sellByCard } from './card-money.ts'
import { enter, refreshUntil } from './office.ts'
import {
  bread,
  button,
  carryOut,
  handheld,
  heading,
  loaded,
  openShop,
  scene,
  signIn,
  until,
} from './shop.ts'

// C4: what the bank told, and what a client mends by itself.

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await sellByCard(shop)

const TWELVE =
  'Терминал,Банк-эквайер,Дата-Время,№ чека,Карта,Сумма,Операция,Код результата,' +
  'Описание результата,RRN,Код авторизации,Банк-эмитент'

scene(shop, 'a declined card stands in «Транзакции» with 126 and in the file', async (page) => {
  await signIn(page, shop)
  await payByCard(page, shop)
  await shop.tap('forbidden')
  await page.getByRole('alert').filter({ hasText: '126' }).waitFor()

  await enter(page, shop, { hash: '#/transactions' })
  const table = page.getByRole('table', { name: 'Транзакции' })
  const declined = table.getByRole('row').filter({ hasText: 'Операция запрещена' })
  await refreshUntil(page, () => declined.isVisible())
  const cells = await declined.getByRole('cell').allInnerTexts()
  const [terminal, bank, , , card, sum, operation, code, description, rrn, auth] = cells
  assert.deepEqual(
    [terminal, bank, operation, code, description, rrn, auth],
    ['PE4821BV41026', 'ЗАО "МТБАНК"', 'Оплата', '126', 'Операция запрещена', '000000000000', '-'],
  )
  assert.match(card ?? '', /^\*{4} \d{4}$/)
  assert.equal(sum, (bread.price / 100).toFixed(2))
  const heads = await table.getByRole('columnheader').allInnerTexts()
  assert.equal(heads.join(), TWELVE)
  await examine(page, 'Транзакции')

  await page.getByLabel('Результат', { exact: true }).selectOption('approved')
  await declined.waitFor({ state: 'detached' })
  assert.match(page.url(), /result=approved/)
  await table.getByText('Операция одобрена').first().waitFor()
  await button(page, 'Сбросить отбор').click()
  await declined.waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Скачать CSV' }).click(),
  ])
  const csv = readFileSync(await file.path(), 'utf8')
  assert.match(csv, /;126;Операция запрещена;000000000000;;/)
  await declined.getByRole('link').click()
  await heading(page, /Оплата/).waitFor()
  await page.getByText('Операция запрещена').waitFor()
  await page.setViewportSize(handheld)
  await page.goBack()
  await declined.waitFor()
  await examine(page, 'Транзакции на маленьком экране')
})

scene(shop, 'business days and statistics are what was sold', async (page) => {
  await enter(page, shop, { hash: '#/days' })
  await page.getByRole('table', { name: 'Бизнес-дни' }).getByText('открыт').waitFor()
  await page.getByRole('link', { name: 'PE4821BV41026' }).click()
  await heading(page, 'Бизнес-день 1, терминал 30041026').waitFor()
  await page.getByRole('link', { name: 'Статистика' }).click()
  await heading(page, 'По часам').waitFor()
  await page.getByRole('img', { name: /По дням: Оплачено, наибольшее \d/ }).waitFor()
  await examine(page, 'Статистика')
  await page.getByRole('link', { name: 'Вопрос/ответ' }).click()
  await page.getByText('Карту отклонили. Что означает код?').click()
  await page.getByText('126 «Операция запрещена»').waitFor()
})

scene(
  shop,
  'no subscription: mended in the cabinet, asked again, the shift opens',
  async (page) => {
    await carryOut(shop, 'withdrawal', { sum: CASH })
    await carryOut(shop, 'shift-closing')
    await shop.fault('billing.state', { state: 'no-subscription' })
    await enter(page, shop)
    const row = page.getByRole('listitem').filter({ hasText: tillEquipment.serial })
    await row.getByText('нет подписки').waitFor()
    await examine(page, 'Главная')
    await row.getByRole('link', { name: 'Оформить заказ' }).click()
    await button(page, 'Пополнить').click()
    await page.getByLabel('Сумма', { exact: true }).fill('29,00')
    await page.getByRole('dialog').getByRole('button', { name: 'Пополнить' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByLabel('Тариф', { exact: true }).selectOption('month')
    await button(page, 'Рассчитать').click()
    const quote = page.getByRole('dialog', { name: 'Новая подписка' })
    await quote.getByText('Спишется с лицевого счёта сразу').waitFor()
    await examine(page, 'Заказ')
    await quote.getByRole('button', { name: 'Заказать' }).click()
    await page.getByRole('row').filter({ hasText: 'оплачен' }).waitFor()
    await page.getByRole('link', { name: 'Моё оборудование' }).click()
    await page.getByRole('switch', { name: 'Продлевать автоматически' }).waitFor()

    await signIn(page, shop)
    const told = page.getByRole('alert').filter({ hasText: 'в настоящий момент отсутствует' })
    await told.getByRole('button', { name: 'Проверить ещё раз', exact: true }).click()
    await told.waitFor({ state: 'hidden' })
    await button(page, 'Открыть смену').click()
    await page.getByRole('banner').getByText('Смена №').waitFor()
  },
)

scene(shop, 'the office’s people mend the УНП of a contract, and take a payment', async (page) => {
  await carryOut(shop, 'shift-closing')
  await shop.fault('billing.state', { state: 'unp-mismatch' })
  await enter(page, shop, { who: 'staff' })
  await page.getByRole('link', { name: tillEquipment.contract }).click()
  const act = (name: string) => page.getByRole('form', { name })
  await examine(page, 'Договор')
  await act('Сохранить').getByLabel('УНП', { exact: true }).fill(demoShop.unp)
  await act('Сохранить').getByRole('button').click()
  await loaded(page)
  const paying = act('Записать поступление')
  await paying.getByLabel('Сумма', { exact: true }).fill('12,34')
  await paying.getByLabel('Основание', { exact: true }).fill('Платёжное поручение 7')
  await paying.getByRole('button').click()
  await loaded(page)
  await page.getByRole('link', { name: 'Проводки' }).click()
  await page.getByRole('row').filter({ hasText: 'Платёжное поручение 7' }).waitFor()

  await signIn(page, shop)
  const told = page.getByRole('alert').filter({ hasText: 'не совпадает с УНП' })
  await told.getByRole('button', { name: 'Проверить ещё раз', exact: true }).click()
  await told.waitFor({ state: 'hidden' })
})

scene(shop, '⚙️: an accountant is invited by mail, and may not invite', async (page) => {
  await enter(page, shop, { hash: '#/settings' })
  await heading(page, 'Пригласить человека').waitFor()
  const invite = page.locator('.people-invite')
  await invite.getByLabel('Почта', { exact: true }).fill('accountant@demo.by')
  await invite.getByLabel('Роль', { exact: true }).selectOption('Бухгалтер')
  await button(page, 'Пригласить').click()
  await page.getByText('Письмо с этой ссылкой отправлено на accountant@demo.by.').waitFor()
  await examine(page, 'настройки')
  const letter = await until('письмо', async () => {
    const got = await shop.standApi.mail({})
    const letters = got.kind === 'done' ? got.value.mail : []
    return letters.find(({ to }) => to === 'accountant@demo.by')
  })
  const [link = ''] = /http\S+join\S+/.exec(letter.text) ?? []

  const guest = await shop.open(handheld)
  await guest.goto(link)
  await guest.getByLabel('Новый пароль', { exact: true }).fill('a password that is long')
  await button(guest, 'Принять приглашение').click()
  await guest.getByLabel('Почта', { exact: true }).fill('accountant@demo.by')
  await guest.getByLabel('Пароль', { exact: true }).fill('a password that is long')
  await button(guest, 'Войти').click()
  await guest.getByRole('link', { name: '⚙️' }).click()
  await heading(guest, 'Где открыт кабинет').waitFor()
  assert.equal(await heading(guest, 'Люди').count(), 0)
  await button(guest, 'Включить').click()
  await guest.getByText('Отсканируйте код приложением').waitFor()
  await loaded(guest)
  await examine(guest, 'настройки на маленьком экране')
  await guest.context().close()
})
