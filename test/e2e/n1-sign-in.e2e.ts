import assert from 'node:assert/strict'
import { button, carryOut, choose, done, heading, openShop, scene, signIn } from './shop.ts'

const shop = await openShop()

scene(shop, 'both people sign in by PIN, each in their role, and sign out', async (page) => {
  for (const [user, role] of [
    ['Анна', 'Кассир'],
    ['Ольга', 'Администратор'],
  ] as const) {
    await signIn(page, shop, user)
    await button(page, 'Меню').click()
    const side = page.getByRole('dialog', { name: 'Боковое меню' })
    await side.getByText(user, { exact: true }).waitFor()
    await side.getByText(role, { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await side.waitFor({ state: 'detached' })
    await choose(page, 'Сменить пользователя')
    await heading(page, 'Кто работает?').waitFor()
  }
})

scene(shop, 'a PIN pressed on the keys is entered with Enter', async (page) => {
  await page.goto(shop.addresses.register)
  await button(page, 'Анна').click()
  for (const _ of '1111') await button(page, '1').click()
  await page.keyboard.press('Enter')
  await heading(page, 'Главное меню').waitFor()
})

scene(
  shop,
  'what met an ended session is not begun in the name of the next person',
  async (page) => {
    await carryOut(shop, 'shift-opening')
    await carryOut(shop, 'deposit', { sum: 1000 })
    await signIn(page, shop, 'Ольга')
    await page.goto(`${shop.addresses.register}/#/withdrawal`)
    await page.getByLabel('Сумма', { exact: true }).fill('7')
    // Faster than the page hears of the end of its session.
    await page.route('**/api/session', (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    )
    await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }))
    await button(page, 'Провести').click()
    const told = page.getByRole('alert').filter({ hasText: 'операция не проводилась' })
    await heading(page, 'Кто работает?').waitFor()
    await told.waitFor()
    await button(page, 'Анна').click()
    await page.getByLabel('PIN', { exact: true }).fill('1111')
    await page.keyboard.press('Enter')
    await button(page, 'Меню').waitFor()
    await told.waitFor()
    assert.equal(done(await shop.register.status({})).cash, 1000)
  },
)

scene(shop, 'a request that was lost is not begun anew in another name', async (page) => {
  const { cash } = done(await shop.register.status({}))
  await signIn(page, shop, 'Ольга')
  await page.goto(`${shop.addresses.register}/#/withdrawal`)
  await page.getByLabel('Сумма', { exact: true }).fill('7')
  await page.route('**/api/operations', (route) => route.abort())
  await button(page, 'Провести').click()
  await page.getByText('Касса пока не ответила').waitFor()
  await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }))
  await page.unroute('**/api/operations')
  await heading(page, 'Кто работает?').waitFor()
  await button(page, 'Анна').click()
  await page.getByLabel('PIN', { exact: true }).fill('1111')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').filter({ hasText: 'операция не проводилась' }).waitFor()
  assert.equal(done(await shop.register.status({})).cash, cash)
})

scene(shop, 'a tile tells the role to a reader of screens and to the eye', async (page) => {
  await page.goto(shop.addresses.register)
  for (const [user, role] of [
    ['Анна', 'Кассир'],
    ['Ольга', 'Администратор'],
  ] as const) {
    const tile = button(page, user)
    assert.equal(await tile.getAttribute('aria-description'), role)
  }
})

scene(shop, 'a wrong PIN is told, the right one still enters', async (page) => {
  await page.goto(shop.addresses.register)
  await button(page, 'Ольга').click()
  const pin = page.getByLabel('PIN', { exact: true })
  await pin.fill('1234')
  await pin.press('Enter')
  const alert = page.getByRole('alert')
  assert.match(await alert.innerText(), /^Неверный PIN/)
  assert.equal(await pin.inputValue(), '', 'the field is ready for the next try')
  await pin.fill('9999')
  await pin.press('Enter')
  await heading(page, 'Главное меню').waitFor()
})

scene(shop, 'three wrong PINs lock out and tell the seconds that remain', async (page) => {
  await page.goto(shop.addresses.register)
  await button(page, 'Анна').click()
  const pin = page.getByLabel('PIN', { exact: true })
  const alert = page.getByRole('alert')
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await pin.fill('0000')
    const answered = page.waitForResponse('**/api/session')
    await button(page, 'Войти').click()
    await answered
  }
  await alert.filter({ hasText: 'Неверный PIN' }).waitFor()
  // Even the right PIN waits out the lock.
  await pin.fill('1111')
  await button(page, 'Войти').click()
  await alert.filter({ hasText: 'Слишком много неверных попыток' }).waitFor()
  const [, seconds] = /Повторите через (\d+) с/.exec(await alert.innerText()) ?? []
  assert.ok(Number(seconds) >= 1 && Number(seconds) <= 5, await alert.innerText())
  const timer = alert.getByRole('timer')
  assert.equal(await timer.textContent(), seconds)
  assert.ok(await button(page, 'Войти').isDisabled())
  assert.equal((await shop.register.session({})).kind, 'done', 'others are not thrown out')
  await button(page, 'Ольга').click()
  await page.getByLabel('PIN', { exact: true }).fill('9999')
  await button(page, 'Войти').click()
  await heading(page, 'Главное меню').waitFor()
})

scene(
  shop,
  'the seconds of a lock-out count down, and at their end the PIN enters',
  async (page) => {
    await page.goto(shop.addresses.register)
    await button(page, 'Ольга').click()
    const pin = page.getByLabel('PIN', { exact: true })
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await pin.fill('0000')
      const answered = page.waitForResponse('**/api/session')
      await button(page, 'Войти').click()
      await answered
    }
    await page.getByRole('alert').filter({ hasText: 'Неверный PIN' }).waitFor()
    await pin.fill('9999')
    await button(page, 'Войти').click()
    const timer = page.getByRole('alert').getByRole('timer')
    await timer.getByText('2', { exact: true }).waitFor()
    await timer.getByText('1', { exact: true }).waitFor()
    await pin.fill('9999')
    await page.getByRole('alert').filter({ hasText: 'Можно пробовать снова' }).waitFor()
    await pin.press('Enter')
    await heading(page, 'Главное меню').waitFor()
  },
)
