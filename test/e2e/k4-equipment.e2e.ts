import assert from 'node:assert/strict'
import {
  button,
  carryOut,
  choose,
  curd,
  done,
  heading,
  openShop,
  scene,
  sellBread,
  signIn,
  signOut,
} from './shop.ts'

const shop = await openShop()

scene(
  shop,
  'K4: a printer is tried, set, and prints what is sold with the drawer',
  async (page) => {
    await carryOut(shop, 'shift-opening')
    await signIn(page, shop, 'Ольга')
    await button(page, 'Настройки').click()
    await page.getByRole('link', { name: /^Оборудование/ }).click()
    await heading(page, 'Принтер чеков').waitFor()
    const form = page.getByRole('form', { name: 'Принтер чеков' })
    const portField = form.getByLabel('Порт', { exact: true })
    await shop.fault('printer.no-paper', { on: true })
    await button(page, 'Проверить принтер').click()
    await page.getByText('Нет бумаги', { exact: true }).first().waitFor()
    await shop.fault('printer.no-paper', { on: false })
    const port = await portField.inputValue()
    await portField.fill('22')
    await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
    await page.getByText('нужно число от 1024 до 65535').waitFor()
    await portField.fill(port)
    await page.getByLabel('Ширина бумаги').selectOption('80 мм, 42 знака')
    await page.getByLabel('Денежный ящик').selectOption('Открывать перед печатью')
    await button(page, 'Проверить принтер').click()
    await page.getByText('Напечатано', { exact: true }).waitFor()
    await button(page, 'Проверить терминал').click()
    await page.getByText(/^Банк на связи · бизнес-день \d+ · Ответ за \d+ мс$/).waitFor()
    assert.ok((await shop.paperWith('ПРОВЕРКА ПРИНТЕРА')).lines.includes('-'.repeat(42)))
    await form.getByRole('button', { name: 'Сохранить', exact: true }).click()
    await page.getByText('Сохранено', { exact: true }).waitFor()
    const { uid } = await sellBread(shop)
    const paper = await shop.paperWith(String(uid))
    assert.equal(paper.drawer, true)
    assert.ok(paper.lines.includes('-'.repeat(42)))
  },
)

scene(shop, 'N10, N13: a scale weighs, the customer sees it, and nothing after', async (page) => {
  await signIn(page, shop)
  const opened = page.waitForEvent('popup')
  await choose(page, 'Экран покупателя')
  const screen = await opened
  await screen.getByText('Добро пожаловать!').waitFor()
  await button(page, 'Продажа').click()
  await page.getByLabel('Поиск товара').fill(curd.name)
  await page.getByRole('button', { name: /^Творог «Рассвет» весовой/ }).click()
  done(await shop.standApi.layOnScale({ grams: 540, state: 'unstable' }))
  await button(page, 'Взвесить').click()
  await page.getByText('Вес не успокоился').waitFor()
  done(await shop.standApi.layOnScale({ grams: 540, state: 'stable' }))
  await button(page, 'Взвесить').click()
  await screen.getByText('0.540 кг').waitFor()
  await button(page, 'К оплате').click()
  await button(page, 'Наличные').click()
  await page.getByLabel('Получено', { exact: true }).fill('50')
  await button(page, 'Провести').click()
  await screen.getByText('Сдача', { exact: true }).waitFor()
  await screen.getByRole('img', { name: 'Электронный чек' }).waitFor()
  await signOut(page)
  await screen.getByText('Добро пожаловать!').waitFor()
})

scene(shop, 'N13, K4: a receipt goes by mail, unless that is switched off', async (page) => {
  const { uid, id } = await sellBread(shop)
  await signIn(page, shop, 'Ольга')
  await page.goto(`${shop.addresses.register}/#/receipts/${id}`)
  await button(page, 'Отправить чек на почту').click()
  const email = page.getByLabel('Электронная почта покупателя')
  await email.fill('anna@demo.by, eve@demo.by')
  await button(page, 'Отправить').click()
  await page.getByText('Нужен один адрес').waitFor()
  await email.fill('anna@demo.by')
  await button(page, 'Отправить').click()
  await page.getByText('Чек отправлен на почту', { exact: true }).waitFor()
  const { mail } = done(await shop.standApi.mail({}))
  const letters = mail.filter(({ text }) => text.includes(String(uid)))
  assert.deepEqual(
    letters.map(({ to }) => to),
    ['anna@demo.by'],
  )
  await page.goto(`${shop.addresses.register}/#/settings/receipt`)
  const paperOnly = page.getByRole('switch', { name: 'Электронный чек' })
  await paperOnly.click()
  await page.getByRole('switch', { name: 'Электронный чек', checked: false }).waitFor()
  await page.goto(`${shop.addresses.register}/#/receipts/${id}`)
  await button(page, 'Копия').waitFor()
  assert.equal(await button(page, 'Отправить чек на почту').count(), 0)
})
