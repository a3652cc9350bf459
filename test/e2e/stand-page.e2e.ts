import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { Faults } from '#core/api/stand.ts'
import { button, carryOut, done, handheld, openShop, scene, till, until } from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')

const turn = (page: Page, name: string) => page.getByRole('switch', { name, exact: true })
const isOn = (page: Page, name: string) =>
  page.getByRole('switch', { name, exact: true, checked: true }).waitFor()
const faultsAre = (what: string, wished: (now: Faults) => boolean) =>
  until(what, async () => wished(await shop.faults()) || undefined)

for (const [name, size] of [
  ['till', till],
  ['handheld', handheld],
] as const) {
  scene(
    { ...shop, size },
    `faults are worked and seen on the stand’s page, ${name}`,
    async (page) => {
      await page.goto(shop.addresses.stand)
      for (const [label, fault] of [
        ['СКО вынуто', 'sko.unplugged'],
        ['Нет интернета', 'internet.down'],
        ['Оператор недоступен', 'operator.down'],
        ['Нет бумаги', 'printer.no-paper'],
      ] as const) {
        await turn(page, label).click()
        await isOn(page, label)
        assert.ok((await shop.faults())[fault].on, fault)
      }
      await turn(page, 'Нет бумаги').click()
      await faultsAre('бумага', (now) => !now['printer.no-paper'].on)

      for (const label of ['Ответ СКО теряется', 'Команда СКО теряется']) {
        await button(page, `${label}: больше`).click()
        const left = page.getByLabel(`${label}: осталось`, { exact: true })
        await left.getByText('1', { exact: true }).waitFor()
      }
      await button(page, 'Команда СКО теряется: меньше').click()
      await faultsAre('один ответ', (now) => now['sko.request-lost'].count === 0)
      assert.equal((await shop.faults())['sko.answer-lost'].count, 1)
      await page.getByText('Сбоев включено: 4').waitFor()
      // What comes from elsewhere is shown as well.
      await shop.fault('printer.no-paper', { on: true })
      await isOn(page, 'Нет бумаги')
      const width = await page.evaluate('document.documentElement.scrollWidth')
      assert.equal(width, size.width, 'nothing sticks out')

      await button(page, 'Сбросить всё').click()
      await page.getByText('Сбоев нет').waitFor()
      await faultsAre('сброс', (now) => !now['sko.unplugged'].on)
    },
  )
}

scene(shop, 'the clock leaps by the buttons, and a copy is taken and put back', async (page) => {
  await page.goto(shop.addresses.stand)
  for (const [label, lead] of [
    ['+1 ч', 'вперёд на 1 ч'],
    ['+25 ч', 'вперёд на 1 сут 2 ч'],
    ['+8 сут', 'вперёд на 9 сут 2 ч'],
  ] as const) {
    await button(page, label).click()
    await page.getByText(lead, { exact: true }).waitFor()
  }
  await button(page, 'Снять копию БД кассы').click()
  const copy = page.getByRole('listitem', { name: 'Копия 1', exact: true })
  await copy.waitFor()
  const before = await registerPid()
  await copy.getByRole('button', { name: 'Вернуть', exact: true }).click()
  await until('касса запущена заново', async () => {
    const now = await registerPid()
    return now !== before ? now : undefined
  })
})

/** Undefined while the register does not answer. */
async function registerPid(): Promise<number | undefined> {
  const { processes } = done(await shop.standApi.processes({}))
  return processes.find(({ name, healthy }) => name === 'register' && healthy)?.pid ?? undefined
}
