import assert from 'node:assert/strict'
import { askToClose, button, carryOut, heading, newId, openShop, scene, signIn } from './shop.ts'

const shop = await openShop()

scene(shop, 'a shift is opened, reported on, emptied and closed', async (page) => {
  await page.clock.install()
  await signIn(page, shop)
  await button(page, 'Открыть смену').click()
  const told = page.getByRole('status').filter({ hasText: 'Смена № 1 открыта' })
  await told.waitFor()
  await page.clock.fastForward(15_000)
  await told.waitFor({ state: 'detached' })
  await page.getByRole('banner').getByText('Смена № 1').waitFor()
  await carryOut(shop, 'deposit', { sum: 12_345 })

  await button(page, 'X-отчёт').click()
  await heading(page, 'X-отчёт').waitFor()
  const shown = await page.getByRole('region', { name: 'X-отчёт' }).innerText()
  assert.match(shown, /123\.45/)
  await shop.paperWith('X-ОТЧЕТ')

  await button(page, 'Назад').click()
  // A program that names no withdrawal is told to make one first.
  const refusal = await shop.register.begin({ id: newId(), kind: 'shift-closing' })
  assert.ok(refusal.kind === 'refused' && refusal.code === 'drawer.not-empty')
  await askToClose(page)
  const question = page.getByRole('dialog')
  await question.getByText(/изъятие на 123\.45.BYN/).waitFor()
  await question.getByText('Недостача').waitFor()
  await question.getByRole('button', { name: 'Да', exact: true }).click()
  await heading(page, 'Z-отчёт').waitFor()
  await shop.paperWith('Z-ОТЧЕТ')
  await page.getByRole('banner').getByText('Смена закрыта').waitFor()
})

scene(shop, 'a shift that is closed already is refused calmly', async (page) => {
  await carryOut(shop, 'shift-opening')
  await signIn(page, shop)
  await button(page, 'Закрыть смену').click()
  await page.getByRole('dialog').waitFor()
  // Somebody else closes it while this page still asks.
  await carryOut(shop, 'shift-closing')
  await page.getByText('Смена уже закрыта.').waitFor()
  const again = await shop.register.begin({ id: newId(), kind: 'shift-closing' })
  assert.ok(again.kind === 'refused' && again.code === 'shift.closed')
})
