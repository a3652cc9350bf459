import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import {
  button,
  carryOut,
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

async function makeCopy(): Promise<void> {
  done(await shop.administrator.makeBackup({}))
  await until('копия сделана', async () => {
    const { copies, running } = done(await shop.administrator.backups({}))
    return (!running && copies.length > 0) || undefined
  })
}

/** The second question: a word that is typed, and nothing else, lets it go on. */
async function confirm(page: Page): Promise<void> {
  await button(page, 'Вернуть').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/Документов — 4: они останутся в СКО/).waitFor()
  const sure = dialog.getByRole('button', { name: 'Вернуть к копии' })
  await dialog.getByLabel(/введите слово/).fill('вернуться')
  assert.equal(await sure.isDisabled(), true)
  await page.setViewportSize(handheld)
  await sure.scrollIntoViewIfNeeded()
  await page.setViewportSize({ width: 1280, height: 800 })
  await dialog.getByLabel(/введите слово/).fill('вернуть')
  await sure.click()
}

scene(
  shop,
  'K5: a return says what it loses, asks for a word, tells it afterwards',
  async (page) => {
    await makeCopy()
    await carryOut(shop, 'shift-opening')
    await sellBread(shop)
    const { cash } = done(await shop.register.facts({}))
    await signIn(page, shop, 'Ольга')
    await page.goto(`${shop.addresses.register}/#/settings/backups`)
    await page.getByText(/^Цела, проверена /).waitFor()
    const check = page.getByRole('button', { name: /^Проверить / })
    await check.click()
    await page.getByText(/Смена открыта: вернуться к копии нельзя/).waitFor()
    await carryOut(shop, 'withdrawal', { sum: cash })
    await carryOut(shop, 'shift-closing')
    await page.reload()
    await check.click()
    await page.getByText(/операций — 4 \(из них чеков продажи — 1\)/).waitFor()
    await confirm(page)
    // She signed in after the copy was made: its memory knows nothing of it.
    await page.getByRole('button', { name: 'Ольга', exact: true }).click()
    await page.getByLabel('PIN', { exact: true }).fill('9999')
    await button(page, 'Войти').click()
    const told = page.getByRole('alert').filter({ hasText: 'Касса вернулась к копии от' })
    await told.getByText(/не стало: операций — 4/).waitFor()
    await until('прежняя память проверена', async () => {
      const { copies } = done(await shop.administrator.backups({}))
      return copies.length === 2 || undefined
    })
    await told.getByRole('button', { name: 'Понятно' }).click()
    await told.waitFor({ state: 'detached' })
    const { acts } = done(await shop.administrator.acts({ what: 'backup-returned' }))
    assert.deepEqual(
      acts.map(({ person }) => person),
      ['Ольга'],
    )
    // The device went on counting: the next document follows its own, and the shop works.
    await carryOut(shop, 'shift-opening')
    const sold = await sellBread(shop)
    assert.equal(sold.number, 6)
    await page.goto(`${shop.addresses.register}/#/menu`)
    await heading(page, 'Главное меню').waitFor()
  },
)
