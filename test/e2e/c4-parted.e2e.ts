import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { formatMoney } from '#core/money.ts'
import { openPostgres } from '#services/runtime/postgres.ts'
import { examine } from './axe.ts'
import { enter, refreshUntil } from './office.ts'
import {
  bread,
  button,
  carryOut,
  done,
  factOf,
  handheld,
  heading,
  loaded,
  openShop,
  type Shop,
  scene,
  until,
} from './shop.ts'

// C4: what bank, till and operator say of one sale, and what is made of it where they part.

const shop = await openShop()
await carryOut(shop, 'shift-opening')

/** A sale of one bread with so much of it on a card. */
async function sellOnCard(sum: number) {
  await shop.tap('ok')
  return carryOut(shop, 'sale', {
    lines: [{ code: bread.code, quantity: 1000 }],
    payments: [
      { means: 'card', sum },
      { means: 'cash', sum: bread.price - sum },
    ],
  })
}

/** A till that was started tells the office what it has to tell, and goes on once a minute. */
async function restart({ kill, start }: Shop, name: 'register' | 'office' | 'acquirer') {
  await kill(name)
  await start(name)
}

const tableOf = (page: Page) => page.getByRole('table', { name: 'Транзакции' })
const rowOf = (page: Page, sum: number) =>
  tableOf(page)
    .getByRole('row')
    .filter({ hasText: formatMoney(sum as never) })

/** Looked at by axe on a small screen, where most goes wrong. */
async function examineSmall(page: Page, name: string) {
  const before = page.viewportSize()
  await page.setViewportSize(handheld)
  await loaded(page)
  await examine(page, `${name} на маленьком экране`)
  if (before) await page.setViewportSize(before)
}

scene(shop, 'a row’s page says what bank, till and operator say', async (page) => {
  await sellOnCard(143)
  await restart(shop, 'register')
  await enter(page, shop, { hash: '#/transactions' })
  await refreshUntil(page, () => rowOf(page, 143).isVisible())
  await rowOf(page, 143).getByRole('link').click()
  await heading(page, /Оплата/).waitFor()
  const stored = page.getByText(/^Документ у оператора ПКС, подтверждено \d/)
  await until('касса и оператор сообщили', async () => {
    await page.reload()
    await loaded(page)
    return (await stored.isVisible()) || undefined
  })
  await heading(page, 'Что сообщила касса').waitFor()
  await page.getByText('Касса и банк говорят одно и то же').waitFor()
  assert.equal(await factOf(page, 'Состояние').innerText(), 'чек оформлен')
  const documents = shop.deviceDocuments()
  const document = documents.at(-1)
  assert.equal(await factOf(page, 'УИ').innerText(), document?.uid)
  assert.equal(await factOf(page, '№ документа').innerText(), String(document?.number))
  await examineSmall(page, 'транзакция')
  await factOf(page, 'Бизнес-день').getByRole('link').click()
  await heading(page, /^Бизнес-день \d+, терминал 30041026$/).waitFor()
})

scene(shop, 'a view is saved, called, renamed and taken away', async (page) => {
  await enter(page, shop, { hash: '#/transactions' })
  await page.getByLabel('Результат', { exact: true }).selectOption('approved')
  await page.getByLabel('Порядок', { exact: true }).selectOption('sum-down')
  await button(page, 'Сохранить этот отбор').click()
  await page.getByLabel('Название вида', { exact: true }).fill('Крупные одобренные')
  await examineSmall(page, 'сохранение вида')
  await page.getByRole('button', { name: 'Сохранить этот отбор' }).click()
  const views = page.getByRole('navigation', { name: 'Сохранённые виды' })
  const view = (name: string) => views.getByRole('link', { name, exact: true })
  await view('Крупные одобренные').and(page.locator('[aria-current=page]')).waitFor()
  await button(page, 'Сбросить отбор').click()
  await views.locator('[aria-current=page]').waitFor({ state: 'detached' })
  await view('Крупные одобренные').click()
  await examineSmall(page, 'сохранённый вид')
  assert.equal(await page.getByLabel('Порядок', { exact: true }).inputValue(), 'sum-down')
  assert.equal(await page.getByLabel('Результат', { exact: true }).inputValue(), 'approved')
  await button(page, 'Переименовать').click()
  await page.getByLabel('Название вида', { exact: true }).fill('Большие')
  await examineSmall(page, 'переименование вида')
  await button(page, 'Переименовать').click()
  await view('Большие').waitFor()
  await button(page, 'Убрать вид').click()
  await view('Большие').waitFor({ state: 'detached' })
})

/** What the bank's books have of a sale, before the office has read it. */
async function amendBank(operation: string, sum: number): Promise<void> {
  await shop.kill('acquirer')
  const url = process.env.ZPOS_ACQUIRER_DATABASE_URL
  const bank = await openPostgres(url ? { url } : { folder: join(shop.data, 'acquirer', 'db') })
  await bank.query('update entry set sum = $2 where operation = $1', [operation, sum])
  await bank.close()
  await shop.start('acquirer')
}

scene(
  shop,
  'a sum that bank and till do not agree on is marked wherever it stands',
  async (page) => {
    await shop.kill('office')
    const { id } = await sellOnCard(165)
    await amendBank(id, 156)
    await shop.start('office')
    await restart(shop, 'register')

    await enter(page, shop)
    const told = page
      .getByRole('listitem')
      .filter({ hasText: 'Сумма в чеке и сумма у банка разные' })
    await refreshUntil(page, () => told.isVisible())
    await told.getByText('1.65 BYN').waitFor()
    await examineSmall(page, 'главная')
    await page.getByRole('link', { name: 'Мои транзакции' }).click()
    await rowOf(page, 156).getByText('расходится с кассой').waitFor()
    assert.match((await rowOf(page, 156).getAttribute('class')) ?? '', /red/)
    await page.getByLabel('Результат', { exact: true }).selectOption('disagrees')
    await rowOf(page, 143).waitFor({ state: 'detached' })
    await examineSmall(page, 'отбор')
    await rowOf(page, 156).getByRole('link').click()
    const alert = page.getByRole('alert').filter({ hasText: 'Сумма в чеке и сумма у банка разные' })
    await alert.getByText('Сверьте чек с выпиской и обратитесь в банк').waitFor()
    assert.equal(await factOf(page, 'Сумма по карте').innerText(), '1.65')
    await examineSmall(page, 'расхождение')
  },
)

scene(
  shop,
  'a business day out of balance leads to the transactions that make it so',
  async (page) => {
    // The first day by what its till says of it, the second by a sale that its till has lost.
    done(await shop.register.closeCardDay({}))
    await sellOnCard(121)
    const copy = await shop.backup()
    const { card } = await sellOnCard(187)
    await shop.restore(copy)
    done(await shop.register.closeCardDay({}))
    await enter(page, shop, { hash: '#/days' })
    const days = page.getByRole('table', { name: 'Бизнес-дни' }).getByRole('row')
    const bent = days.filter({ hasText: 'не сошёлся' })
    await refreshUntil(page, async () => (await bent.count()) === 2)
    await examineSmall(page, 'бизнес-дни')
    await bent.last().getByRole('link').click()
    await page.getByText('Об этих транзакциях касса говорит другое').waitFor()
    const differing = page.getByRole('listitem').filter({ hasText: 'расходится с кассой' })
    await differing.filter({ hasText: '1.56' }).waitFor()
    await examineSmall(page, 'бизнес-день')
    await button(page, 'Назад').click()
    await bent.first().getByRole('link').click()
    await page.getByText('Разницу дают эти транзакции').waitFor()
    await page.getByRole('listitem').filter({ hasText: '1.87' }).getByRole('link').click()
    assert.equal(await factOf(page, 'RRN').innerText(), card?.rrn)
  },
)
