import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { examine } from './axe.ts'
import { button, done, handheld, heading, newId, openShop, scene, signIn } from './shop.ts'

const shop = await openShop()

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
const row = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const open = async (page: Page, hash: string, name: string) => {
  await page.goto(`${shop.addresses.register}/#/${hash}`)
  await heading(page, name).waitFor()
}

async function openPeople(page: Page): Promise<void> {
  await signIn(page, shop, 'Ольга')
  await open(page, 'settings', 'Настройки')
  await page.getByRole('link', { name: 'Сотрудники' }).click()
  await heading(page, 'Сотрудники').waitFor()
}

async function enter(page: Page, name: string, pin: string): Promise<void> {
  await page.goto(shop.addresses.register)
  await button(page, name).click()
  await field(page, 'PIN').fill(pin)
  await button(page, 'Войти').click()
}

scene(shop, 'K3: somebody is added with a PIN that nobody guesses, and signs in', async (page) => {
  await openPeople(page)
  await examine(page, 'сотрудники')
  await button(page, 'Добавить сотрудника').click()
  await field(page, 'Имя').fill('Пётр')
  await field(page, 'PIN').fill('1234')
  await button(page, 'Сохранить').click()
  await page.getByText('цифры идут подряд').waitFor()
  await examine(page, 'новый сотрудник')
  await field(page, 'PIN').fill('7392')
  await button(page, 'Сохранить').click()
  await row(page, 'Пётр').waitFor()
  const another = await shop.open()
  await enter(another, 'Пётр', '7392')
  await heading(another, 'Главное меню').waitFor()
  await another.context().close()
})

scene(shop, 'K3: a role of the shop says at once what its people may', async (page) => {
  const petr = await shop.open()
  await enter(petr, 'Пётр', '7392')
  await open(petr, 'settings', 'Настройки')
  assert.equal(await petr.getByRole('link', { name: 'Товары' }).count(), 0)
  await openPeople(page)
  await row(page, 'Кассир').click()
  await heading(page, 'Кассир').waitFor()
  await page.getByRole('checkbox', { name: 'Товары', exact: true }).check()
  await examine(page, 'роль')
  await button(page, 'Сохранить').click()
  await heading(page, 'Сотрудники').waitFor()
  // Her page learns of it without a reload, and without signing in again.
  await petr.getByRole('link', { name: 'Товары' }).click()
  await heading(petr, 'Товары').waitFor()
  await petr.context().close()
  await row(page, 'Администратор').click()
  await heading(page, 'Администратор').waitFor()
  await page.getByRole('checkbox', { name: 'Сотрудники', exact: true }).uncheck()
  await button(page, 'Сохранить').click()
  await page.getByText('Это последний, кто может вести сотрудников').waitFor()
})

scene(
  shop,
  'K3: whoever is disabled is out at once, and comes back with a new PIN',
  async (page) => {
    const petr = await shop.open()
    await enter(petr, 'Пётр', '7392')
    await heading(petr, 'Главное меню').waitFor()
    await openPeople(page)
    await row(page, 'Пётр').click()
    await button(page, 'Отключить').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Отключить' }).click()
    await heading(petr, 'Кто работает?').waitFor()
    assert.equal(await button(petr, 'Пётр').count(), 0)
    await petr.context().close()
    await field(page, 'Новый PIN').fill('4815')
    await button(page, 'Вернуть к работе').click()
    await button(page, 'Отключить').waitFor()
    const seen = done(await shop.administrator.people({})).people.find(
      ({ name }) => name === 'Пётр',
    )
    assert.ok(seen)
    const { name, revision } = seen
    done(await shop.administrator.changePerson({ name, revision, role: 'administrator' }))
    await field(page, 'Новый PIN').fill('6204')
    await button(page, 'Сохранить').click()
    await page.getByText('Сотрудника изменили, пока он был открыт').waitFor()
    await button(page, 'Открыть заново').click()
    await page.getByText('Сотрудника изменили').waitFor({ state: 'detached' })
    assert.equal(await field(page, 'Роль').inputValue(), 'administrator')
  },
)

scene(
  { ...shop, size: handheld },
  'K3: on a handheld screen everybody changes her own PIN',
  async (page) => {
    await enter(page, 'Пётр', '4815')
    await heading(page, 'Главное меню').waitFor()
    await open(page, 'settings', 'Настройки')
    await page.getByRole('link', { name: 'Мой PIN' }).click()
    await field(page, 'Нынешний PIN').fill('4815')
    await field(page, 'Новый PIN').fill('6204')
    await field(page, 'Новый PIN ещё раз').fill('6205')
    await button(page, 'Сменить PIN').click()
    await page.getByText('Не совпадает с новым PIN').waitFor()
    await field(page, 'Новый PIN ещё раз').fill('6204')
    await button(page, 'Сменить PIN').click()
    await page.getByText('PIN изменён').waitFor()
    await examine(page, 'мой PIN')
    assert.equal((await shop.register.signIn({ user: 'Пётр', pin: '6204' })).kind, 'done')
    done(await shop.register.signIn({ user: 'Анна', pin: '1111' }))
  },
)

scene(shop, 'K6: the journal tells who did what, and is found by words', async (page) => {
  const request = newId()
  const form = { name: 'Мёд липовый', codes: [], price: 1250, vat: 10, unit: 'kg' } as const
  const rest = { group: 'Мёд', favourite: false, request }
  done(await shop.administrator.addGoods({ ...form, codes: [], ...rest }))
  await signIn(page, shop, 'Ольга')
  await open(page, 'settings', 'Настройки')
  await page.getByRole('link', { name: 'Журнал действий' }).click()
  const rows = page.getByRole('table', { name: 'Журнал действий' }).getByRole('row')
  await rows.nth(5).waitFor()
  await examine(page, 'журнал')
  await page.getByRole('searchbox', { name: 'Поиск в журнале' }).fill('мед лип')
  await rows.nth(2).waitFor({ state: 'detached' })
  await rows.filter({ hasText: 'Товар добавлен' }).waitFor()
  assert.match((await rows.nth(1).textContent()) ?? '', /Ольга.*Мёд липовый.*12\.50/)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Скачать CSV' }).click(),
  ])
  assert.match(file.suggestedFilename(), /^acts-.*\.csv$/)
})
