import type { Browser, Page } from 'playwright-core'
import { demoPeople } from '#core/demo/shop.ts'
import { sellingWords } from '#core/words/selling.ts'
import { tillWords } from '#core/words/till.ts'
import { demoBasket } from '#stand/demo/basket.ts'
import { demoGoods } from '#stand/demo/goods.ts'
import type { Stand } from '#stand/stand.ts'

// Work at the demo's till in a browser, for pictures of it.

const words = tillWords.ru

type Size = { width: number; height: number }
type Seat = { stand: Stand; size: Size; user?: string }

const codeOf = (name: string): string => {
  const found = demoGoods.find((goods) => goods.name === name)
  if (!found?.code) throw new Error(`no goods are called “${name}”`)
  return found.code
}

/** A page of the demo's till, somebody signed in. */
export async function openTill(browser: Browser, { stand, size, user = demoPeople.cashier }: Seat) {
  const page = await browser.newPage({
    viewport: size,
    locale: 'ru-RU',
    reducedMotion: 'reduce',
  })
  await page.goto(stand.addresses.register)
  await page.getByRole('button', { name: user, exact: true }).click()
  await page.getByLabel('PIN', { exact: true }).fill(user === demoPeople.cashier ? '1111' : '9999')
  await page.getByRole('button', { name: words.signIn.enter, exact: true }).click()
  await page.getByRole('heading', { name: words.menu.heading }).waitFor()
  return page
}

export async function openShift(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.menu.openShift, exact: true }).click()
  await page.getByText(words.messages.shiftOpened(1)).waitFor()
  // Without the notice, which would stand over the picture.
  await page.reload()
}

/** The four goods in the basket, by code as a scanner gives them. */
export async function ringUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.menu.sale, exact: true }).click()
  for (const { name, weight } of demoBasket) {
    const goods = page.getByRole('button', { name: words.sale.goods, exact: true })
    if (await goods.isVisible()) await goods.click()
    const search = page.getByRole('searchbox', { name: words.sale.search })
    await search.fill(codeOf(name))
    await search.press('Enter')
    if (weight !== null) {
      // What is weighed asks for its weight before it is in the receipt.
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox').or(dialog.getByRole('spinbutton')).first().fill(weight)
      await dialog.getByRole('button', { name: sellingWords.ru.weigh.put, exact: true }).click()
    }
    await page.getByRole('listitem').filter({ hasText: name }).first().waitFor()
  }
  await page.getByRole('button', { expanded: true }).click()
  await page.mouse.move(0, 0)
}

/** A right that the cashier of the demo lacks: the administrator does it. */
export async function switchClearing({ addresses: { register } }: Stand, on: boolean) {
  const who = JSON.stringify({ user: demoPeople.administrator, pin: '9999' })
  const { headers } = await fetch(`${register}/api/session`, { method: 'POST', body: who })
  const done = await fetch(`${register}/api/settings`, {
    method: 'PUT',
    headers: { cookie: headers.get('set-cookie')?.split(';')[0] ?? '' },
    body: JSON.stringify({ clearing: on }),
  })
  if (!done.ok) throw new Error(`clearing stays as it was: ${done.status}`)
}
