import assert from 'node:assert/strict'
import { button, carryOut, heading, openShop, scene, sellBread, signIn } from './shop.ts'

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
    await shop.fault('printer.no-paper', { on: true })
    await button(page, 'Проверить принтер').click()
    await page.getByText('Нет бумаги', { exact: true }).first().waitFor()
    await shop.fault('printer.no-paper', { on: false })
    const port = await page.getByLabel('Порт', { exact: true }).inputValue()
    await page.getByLabel('Порт', { exact: true }).fill('22')
    await button(page, 'Сохранить').click()
    await page.getByText('нужно число от 1024 до 65535').waitFor()
    await page.getByLabel('Порт', { exact: true }).fill(port)
    await page.getByLabel('Ширина бумаги').selectOption('80 мм, 42 знака')
    await page.getByLabel('Денежный ящик').selectOption('Открывать перед печатью')
    await button(page, 'Проверить принтер').click()
    await page.getByText('Напечатано', { exact: true }).waitFor()
    assert.ok((await shop.paperWith('ПРОВЕРКА ПРИНТЕРА')).lines.includes('-'.repeat(42)))
    await button(page, 'Сохранить').click()
    await page.getByText('Сохранено', { exact: true }).waitFor()
    const { uid } = await sellBread(shop)
    const paper = await shop.paperWith(String(uid))
    assert.equal(paper.drawer, true)
    assert.ok(paper.lines.includes('-'.repeat(42)))
  },
)
