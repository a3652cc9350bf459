import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import type { Page } from 'playwright-core'
import { type Hmac, totpAt } from '#core/access/totp.ts'
import { client } from '#core/api/client.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { DAY } from '#core/time.ts'
import { examine } from './axe.ts'
import {
  button,
  carryOut,
  done,
  handheld,
  heading,
  loaded,
  openShop,
  scene,
  sendWithCookie,
  till,
} from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')

async function enter(page: Page): Promise<void> {
  await page.goto(shop.addresses.operator)
  await page.getByLabel('Почта', { exact: true }).fill('staff@demo.by')
  await page.getByLabel('Пароль', { exact: true }).fill('demo')
  await button(page, 'Войти').click()
  await page.getByRole('navigation', { name: 'Разделы' }).waitFor()
}

const at = (page: Page, hash: string) => page.goto(`${shop.addresses.operator}/#/${hash}`)
const rows = (page: Page, name: string) =>
  page.getByRole('table', { name }).locator('tbody').getByRole('row')

scene(shop, 'staff find a register of any client and open its page', async (page) => {
  await enter(page)
  await at(page, 'fleet')
  await rows(page, 'Кассы').nth(1).waitFor()
  await page.getByLabel('Поиск', { exact: true }).fill('199999999')
  await rows(page, 'Кассы').nth(1).waitFor({ state: 'detached' })
  assert.match(page.url(), /search=199999999/)
  await rows(page, 'Кассы').getByRole('link').click()
  await heading(page, 'Касса 199999999').waitFor()
  await heading(page, /^СКО /).first().waitFor()
  await page.getByText('Отпечаток ключа', { exact: true }).waitFor()
  await page.goBack()
  await button(page, 'Сбросить отбор').click()
  await rows(page, 'Кассы').nth(1).waitFor()
  await button(page, 'работает').click()
  await page.waitForURL(({ hash }) => hash.includes('state=working'))
  await rows(page, 'Кассы').filter({ hasText: '199999998' }).waitFor()
  await button(page, 'Сбросить отбор').click()
  await page.getByRole('link', { name: 'Клиенты' }).click()
  await rows(page, 'Клиенты').getByRole('link').click()
  await page.waitForURL(({ hash }) => hash.includes('unp='))
  await rows(page, 'Кассы').nth(1).waitFor()
})

scene(shop, 'a bar of the overview leads to the registers that it counts', async (page) => {
  await enter(page)
  await heading(page, 'Обзор').waitFor()
  await page.getByRole('img', { name: /^Документы за минуту/ }).waitFor()
  await page.getByRole('link', { name: /^работает/ }).click()
  await page.waitForURL(({ hash }) => hash.includes('state=working'))
  await rows(page, 'Кассы').filter({ hasText: '199999998' }).waitFor()
})

const dialog = (page: Page) => page.getByRole('dialog')

scene(shop, 'staff block a register with a reason, and lift that', async (page) => {
  await enter(page)
  await at(page, 'fleet/199999999')
  await button(page, 'Заблокировать').click()
  await dialog(page).getByText('Касса 199999999').waitFor()
  await examine(page, 'блокировка')
  const confirm = dialog(page).getByRole('button', { name: 'Заблокировать', exact: true })
  await confirm.click()
  await dialog(page).getByText('Укажите причину').waitFor()
  await page.getByLabel('Готовая причина').selectOption('Услуги оператора не оплачены')
  await confirm.click()
  await dialog(page).waitFor({ state: 'detached' })
  await page.locator('.state', { hasText: 'заблокирована' }).waitFor()
  const { registers } = done(await shop.operator.registers({}))
  const blocked = registers.find(({ registerNumber }) => registerNumber === 199_999_999)?.blocked
  assert.equal(blocked, 'Услуги оператора не оплачены')
  const register = 199_999_999
  const from = Date.now() + DAY
  const staff = client(operatorCabinetApi, sendWithCookie(shop.addresses.operator))
  done(await staff.signIn({ email: 'staff@demo.by', password: 'demo' }))
  done(await staff.block({ register, reason: 'Договор расторгнут', from }))
  await button(page, 'Обновить').click()
  const laid = page.getByRole('listitem').filter({ hasText: 'Блокировка' })
  await laid.nth(1).waitFor()
  await laid.filter({ hasText: 'впереди' }).getByRole('button').click()
  await page.getByLabel('Почему снимаете', { exact: true }).fill('продлён')
  await dialog(page).getByRole('button', { name: 'Снять блокировку', exact: true }).click()
  await laid.filter({ hasText: 'впереди' }).waitFor({ state: 'detached' })
  await laid.filter({ hasText: 'действует' }).getByRole('button').click()
  await page.getByLabel('Почему снимаете', { exact: true }).fill('оплачено')
  await dialog(page).getByRole('button', { name: 'Снять блокировку', exact: true }).click()
  await page.getByText('Ничего не установлено').waitFor()
})

scene(shop, 'many registers are warned at once, each with its own result', async (page) => {
  await enter(page)
  await at(page, 'fleet')
  for (const number of [199_999_998, 199_999_999]) {
    await page.getByLabel(`Выбрать кассу ${number}`, { exact: true }).check()
  }
  await page.getByText('Выбрано: 2 кассы').waitFor()
  await button(page, 'Предупредить').click()
  await page.getByLabel('Причина', { exact: true }).fill('договор кончается')
  await page.keyboard.press('Enter')
  await page.getByText('Сделано: 2 кассы').waitFor()
  assert.equal(await dialog(page).getByText('сделано', { exact: true }).count(), 2)
  await button(page, 'Закрыть').click()
  await button(page, 'предупреждена').click()
  await rows(page, 'Кассы').nth(1).waitFor()
  await at(page, 'acts?what=warn')
  await rows(page, 'Журнал действий').nth(1).waitFor()
  await page.getByLabel('РН кассы', { exact: true }).fill('199999998')
  await rows(page, 'Журнал действий').nth(1).waitFor({ state: 'detached' })
  await page.getByText('договор кончается').waitFor()
})

scene(shop, 'a person is invited, chooses a password and may what her role may', async (page) => {
  await enter(page)
  await at(page, 'people')
  await button(page, 'Пригласить').click()
  await page.getByLabel('Почта', { exact: true }).fill('anna@operator.by')
  await dialog(page).getByRole('button', { name: 'Пригласить', exact: true }).click()
  const link = await dialog(page).locator('code').textContent()
  await examine(page, 'приглашение')
  const other = await shop.open()
  await other.goto(link ?? '')
  await other.getByLabel('Новый пароль', { exact: true }).fill('a long password')
  await other.getByLabel('Ещё раз', { exact: true }).fill('a long password')
  await button(other, 'Сохранить пароль').click()
  await button(other, 'Войти').click()
  await other.getByLabel('Почта', { exact: true }).fill('anna@operator.by')
  await other.getByLabel('Пароль', { exact: true }).fill('a long password')
  await button(other, 'Войти').click()
  await heading(other, 'Обзор').waitFor()
  assert.equal(await other.getByRole('link', { name: 'Сотрудники' }).count(), 0)
  await other.context().close()
})

/** The code that an authenticator shows. */
function codeOf(secret: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((each) => letters.indexOf(each).toString(2).padStart(5, '0'))
  const bytes = bits.join('').match(/.{8}/g) ?? []
  const key = Buffer.from(bytes.map((each) => Number.parseInt(each, 2)))
  const hmac: Hmac = (under, message) => createHmac('sha1', under).update(message).digest()
  return totpAt(key, Math.floor(Date.now() / 30_000), hmac)
}

scene(
  shop,
  'a second factor is set up, asked for at the sign-in, and switched off',
  async (page) => {
    await enter(page)
    await at(page, 'own')
    await button(page, 'Включить').click()
    const secret = await page.locator('code.secret').textContent()
    await page.getByRole('img', { name: /otpauth/ }).waitFor()
    await examine(page, 'второй фактор')
    await page.getByLabel('Код из приложения', { exact: true }).fill(codeOf(secret ?? ''))
    await button(page, 'Подтвердить').click()
    const listed = page.getByRole('list', { name: 'Коды восстановления' }).locator('li')
    await listed.first().waitFor()
    const codes = await listed.all()
    assert.equal(codes.length, 10)
    const [first = '', second = ''] = await Promise.all(codes.map((code) => code.innerText()))
    await examine(page, 'коды восстановления')
    await button(page, 'Сохранил').click()
    await page.getByText('Включён: при входе').waitFor()
    await button(page, 'Выйти').click()
    await page.getByLabel('Почта', { exact: true }).fill('staff@demo.by')
    await page.getByLabel('Пароль', { exact: true }).fill('demo')
    await button(page, 'Войти').click()
    await page.getByLabel('Код из приложения', { exact: true }).fill(first)
    await button(page, 'Войти').click()
    await button(page, 'Выключить').waitFor()
    await page.getByLabel('Код из приложения', { exact: true }).fill(second)
    await button(page, 'Выключить').click()
    await button(page, 'Включить').waitFor()
  },
)

scene(shop, 'staff view as a client, read-only, and the client sees it', async (page) => {
  await enter(page)
  await at(page, 'clients')
  await page.getByRole('button', { name: /^Смотреть как клиент/ }).click()
  await page.getByLabel('Причина', { exact: true }).fill('обращение 42')
  await button(page, 'Смотреть').click()
  await page.getByText('Вы смотрите как').waitFor()
  await loaded(page)
  await examine(page, 'просмотр как клиент')
  await button(page, 'Закончить просмотр').click()
  await heading(page, 'Клиенты').waitFor()
  const { views } = done(await shop.operator.views({}))
  assert.deepEqual([views[0]?.person, views[0]?.reason], ['staff@demo.by', 'обращение 42'])
})

for (const [name, size] of [
  ['till', till],
  ['handheld', handheld],
] as const) {
  scene(
    { ...shop, size },
    `staff’s pages can be read and worked by anyone, ${name}`,
    async (page) => {
      await enter(page)
      for (const hash of [
        'fleet',
        'fleet/199999999',
        'clients',
        'findings',
        'acts',
        'people',
        'own',
      ]) {
        await at(page, hash)
        await loaded(page)
        await examine(page, `${name} ${hash}`)
      }
    },
  )
}
