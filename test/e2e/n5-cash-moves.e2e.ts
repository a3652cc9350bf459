import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { button, carryOut, done, heading, newId, openShop, scene, signIn } from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')

const move = async (page: Page, what: 'Внесение' | 'Изъятие', sum: string) => {
  await button(page, what).click()
  await heading(page, what).waitFor()
  await page.getByLabel('Сумма', { exact: true }).fill(sum)
}

scene(shop, 'cash is put in and taken out, and the drawer follows', async (page) => {
  await signIn(page, shop)
  await move(page, 'Внесение', '100,50')
  await button(page, 'Провести').click()
  await page.getByText('Документ № 2 оформлен').waitFor()
  await page.keyboard.press('Enter')
  await heading(page, 'Главное меню').waitFor()
  await page.getByRole('banner').getByText('100.50').waitFor()
  await shop.paperWith('ДОКУМЕНТ ВНЕСЕНИЯ')

  await move(page, 'Изъятие', '40.25')
  await page.keyboard.press('Enter')
  await page.getByText('Документ № 3 оформлен').waitFor()
  await page.getByRole('banner').getByText('60.25').waitFor()
  await shop.paperWith('ДОКУМЕНТ ИЗЪЯТИЯ')
  const facts = done(await shop.register.facts({}))
  assert.deepEqual([facts.cash, facts.skoCash, facts.discrepancy], [6025, 6025, 0])
})

scene(shop, 'no more is taken out than the drawer holds', async (page) => {
  await signIn(page, shop)
  await move(page, 'Изъятие', '60.26')
  await page.getByText('Столько наличных в кассе нет').waitFor()
  await page.getByRole('main').getByText('60.25').waitFor()
  assert.equal(await button(page, 'Провести').isDisabled(), true)
  // Another till page took money meanwhile: the register itself refuses and names the sum.
  await page.getByLabel('Сумма', { exact: true }).fill('60.25')
  const refusal = await shop.register.begin({ id: newId(), kind: 'withdrawal', sum: 6026 })
  assert.ok(refusal.kind === 'refused' && refusal.code === 'drawer.not-enough')
  assert.equal(refusal.facts.sum, 6025)
  await button(page, 'Изъять всё').click()
  await button(page, 'Провести').click()
  await page.getByText('Документ № 4 оформлен').waitFor()
  assert.equal(done(await shop.register.facts({})).cash, 0)
})

scene(shop, 'a sum that makes no sense cannot be carried out', async (page) => {
  await signIn(page, shop)
  for (const [sum, why] of [
    ['0', 'Больше нуля'],
    ['1.001', 'До двух знаков после точки'],
    ['сто', 'Сумма в рублях, например 20 или 20.50'],
    ['-5', 'Больше нуля'],
  ] as const) {
    await move(page, 'Внесение', sum)
    const field = page.getByLabel('Сумма', { exact: true })
    assert.equal(await field.getAttribute('aria-invalid'), 'true', sum)
    const note = await field.getAttribute('aria-describedby')
    assert.equal(await page.locator(`[id="${note}"]`).textContent(), why)
    assert.equal(await button(page, 'Провести').isDisabled(), true, sum)
    await button(page, 'Назад').click()
  }
})
