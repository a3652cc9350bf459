import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Page } from 'playwright-core'
import type { Faults } from '#core/api/stand.ts'
import { virtualCards } from '#core/demo/virtual-card.ts'
import { button, carryOut, done, handheld, newId, openShop, scene, till, until } from './shop.ts'

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
        ['Биллинг недоступен', 'billing.down'],
        ['Нет бумаги', 'printer.no-paper'],
      ] as const) {
        await turn(page, label).click()
        await isOn(page, label)
        assert.ok((await shop.faults())[fault].on, fault)
      }
      await turn(page, 'Нет бумаги').click()
      await faultsAre('бумага', (now) => !now['printer.no-paper'].on)

      const decline = page.getByLabel('Следующая оплата картой отклоняется', { exact: true })
      await decline.selectOption('126')
      await faultsAre('отказ банка', (now) => now['bank.decline'].code === '126')

      for (const label of [
        'Ответ СКО теряется',
        'Команда СКО теряется',
        'Ответ банка теряется',
        'Запрос в банк теряется',
      ]) {
        await button(page, `${label}: больше`).click()
        const left = page.getByLabel(`${label}: осталось`, { exact: true })
        await left.getByText('1', { exact: true }).waitFor()
      }
      await button(page, 'Команда СКО теряется: меньше').click()
      await faultsAre('один ответ', (now) => now['sko.request-lost'].count === 0)
      assert.equal((await shop.faults())['sko.answer-lost'].count, 1)
      assert.equal((await shop.faults())['bank.answer-lost'].count, 1)
      const billing = page.getByLabel('Состояние в биллинге', { exact: true })
      await billing.selectOption('ending')
      await faultsAre('биллинг', (now) => now['billing.state'].state === 'ending')
      await page.getByText('Сбоев включено: 9').waitFor()
      // What comes from elsewhere is shown as well.
      await shop.fault('printer.no-paper', { on: true })
      await isOn(page, 'Нет бумаги')
      const width = await page.evaluate('document.documentElement.scrollWidth')
      assert.equal(width, size.width, 'nothing sticks out')

      await button(page, 'Сбросить всё').click()
      await page.getByText('Сбоев нет').waitFor()
      await faultsAre('сброс', (now) => !now['sko.unplugged'].on)
      assert.equal((await shop.faults())['bank.decline'].code, null)
      assert.equal(await decline.inputValue(), '')
      assert.equal(await billing.inputValue(), 'ok')
    },
  )
}

for (const [name, size] of [
  ['till', till],
  ['handheld', handheld],
] as const) {
  scene({ ...shop, size }, `a card is tapped on the stand’s page, ${name}`, async (page) => {
    await page.goto(shop.addresses.stand)
    const panel = page.getByRole('region', { name: 'Карты', exact: true })
    const tap = (card: string) => panel.getByRole('button', { name: card, exact: true }).click()
    await tap('Обычная карта ЗАО "МТБАНК"')
    await panel.getByText('На считывателе лежит «Обычная карта»').waitFor()
    await button(page, 'Убрать карту').click()
    await panel.getByText('Карту сейчас не ждут').waitFor()

    const terminal = connect(Number(shop.addresses.reader.split(':')[1]), '127.0.0.1')
    const said = text(terminal)
    const read = { operation: newId(), sum: 125_075, currency: 'BYN' }
    terminal.write(`${JSON.stringify({ read })}\n`)
    await panel.getByText('Терминал ждёт карту: 1250.75 BYN').waitFor()
    assert.equal((await shop.readerWaits()).sum, 125_075)
    const width = await page.evaluate('document.documentElement.scrollWidth')
    assert.equal(width, size.width, 'nothing sticks out')
    await tap('Карта другого банка ОАО "АСБ Беларусбанк"')
    assert.equal(JSON.parse(await said).card.pan, virtualCards.other.pan)
    await panel.getByText('Карту сейчас не ждут').waitFor()
  })
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
