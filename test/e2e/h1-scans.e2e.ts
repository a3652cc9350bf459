import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { examine } from './axe.ts'
import { changeClearing, dialog, makeSaleRed } from './red-receipt.ts'
import {
  askToClose,
  bread,
  button,
  carryOut,
  demo,
  done,
  handheld,
  heading,
  openShop,
  scan,
  scene,
  sellBread,
  signIn,
  until,
  wedge,
} from './shop.ts'

// H1 and H2: a scan is never a yes, never money, and never lost in silence.

const shop = await openShop()
const milk = demo('Молоко «Рассвет» топлёное 4 % 0,5 л')
/** Known to nobody, and a sum of forty million where it is taken for one. */
const CODE = '40123455'

const ways: Record<string, readonly [keys: readonly string[], gapMs: number]> = {
  'with Enter': [[...CODE, 'Enter'], 5],
  'with Tab': [[...CODE, 'Tab'], 20],
  'with CR and LF': [[...CODE, 'Enter', '\n'], 1],
  'with a prefix and a space': [[...`]E0 ${CODE}`, 'Enter'], 5],
  'with GS': [[...']C1', '\x1d', ...CODE, 'Enter'], 5],
  'with nothing behind it': [[...CODE], 5],
}

const search = (page: Page) => page.getByRole('searchbox')
const missed = (page: Page) => page.getByRole('alert').filter({ hasText: /Код не принят|кодов: / })
const line = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })
const totalIs = (page: Page, sum: string) =>
  page.getByLabel('Итого', { exact: true }).filter({ hasText: sum }).waitFor()
const open = async (page: Page, hash: string, title: string) => {
  await page.goto(`${shop.addresses.register}/#/${hash}`)
  await heading(page, title).waitFor({ state: 'attached' })
}

/** All that a scan could change: where the page is, what is open, what stands in the fields. */
const stateOf = (page: Page) =>
  page.evaluate(() => ({
    hash: location.hash,
    dialogs: [...document.querySelectorAll('dialog[open]')].map(
      (each) => each.querySelector('h2')?.textContent ?? each.getAttribute('aria-label'),
    ),
    fields: [...document.querySelectorAll('input')].map((each) => each.value),
    focus: document.activeElement?.outerHTML.slice(0, 60).replace(/id="[^"]*"/, ''),
  }))

/** Scans in every way, with the focus there: each time nothing is done, and it is told why. */
async function nothingDone(page: Page, focus: Locator, why: string): Promise<void> {
  const documents = shop.deviceDocuments().length
  for (const [way, [keys, gapMs]] of Object.entries(ways)) {
    await focus.focus()
    const before = await stateOf(page)
    await wedge(page, keys, gapMs)
    await missed(page).filter({ hasText: CODE }).filter({ hasText: why }).waitFor()
    assert.deepEqual(await stateOf(page), before, `${why} ${way}`)
    await missed(page).getByRole('button').click()
    await missed(page).waitFor({ state: 'detached' })
  }
  assert.equal(shop.deviceDocuments().length, documents, why)
}

const SIGN_IN = 'Сначала войдите'
const ELSEWHERE = 'Товары сканируют на экране «Продажа»'
const DIALOG = 'Закончите с окном на экране'
const PAYING = 'Идёт оплата'

scene(shop, 'a scan signs nobody in', async (page) => {
  await page.goto(shop.addresses.register)
  await nothingDone(page, button(page, 'Ольга'), SIGN_IN)
  await button(page, 'Анна').click()
  const pin = page.getByLabel('PIN', { exact: true })
  await nothingDone(page, pin, SIGN_IN)
  await pin.fill('1111')
  await nothingDone(page, pin, SIGN_IN)
  await nothingDone(page, button(page, 'Войти'), SIGN_IN)
  await scan(page, '1111')
  await missed(page).filter({ hasText: '1111' }).waitFor()
  assert.equal(await pin.inputValue(), '1111')
  await button(page, 'Войти').click()
  await heading(page, 'Главное меню').waitFor()
  await missed(page).filter({ hasText: '1111' }).waitFor()
})

scene(shop, 'a scan opens no shift; on the menu of an open one it begins a sale', async (page) => {
  await signIn(page, shop)
  await nothingDone(page, button(page, 'Открыть смену'), 'Смена закрыта')
  await button(page, 'Открыть смену').click()
  await button(page, 'Закрыть смену').waitFor()
  await button(page, 'Внесение').focus()
  await scan(page, milk.code)
  await totalIs(page, '1.89')
  assert.equal(await missed(page).count(), 0)
})

scene(shop, 'a scan is no sum of a deposit or a withdrawal', async (page) => {
  await carryOut(shop, 'deposit', { sum: 5000 })
  await signIn(page, shop)
  for (const [hash, title] of [
    ['deposit', 'Внесение'],
    ['withdrawal', 'Изъятие'],
  ] as const) {
    await open(page, hash, title)
    const sum = page.getByLabel('Сумма', { exact: true })
    await nothingDone(page, sum, ELSEWHERE)
    await sum.fill('12')
    await nothingDone(page, sum, ELSEWHERE)
    await nothingDone(page, button(page, 'Провести'), ELSEWHERE)
  }
  // As slow as a hand, which nothing but its length gives away; and shorter than any sum.
  const sum = page.getByLabel('Сумма', { exact: true })
  await sum.focus()
  await scan(page, CODE, 60)
  await missed(page).filter({ hasText: CODE }).waitFor()
  await scan(page, '101')
  await missed(page).filter({ hasText: '101' }).waitFor()
  assert.equal(await sum.inputValue(), '12')
})

scene(shop, 'a scan answers no question and walks no menu', async (page) => {
  await signIn(page, shop)
  await open(page, 'menu', 'Главное меню')
  await askToClose(page)
  for (const name of ['Да', 'Нет']) await nothingDone(page, button(page, name), DIALOG)
  // As slow as a hand, each key known for a person's by itself, the space among them too.
  await button(page, 'Да').focus()
  await wedge(page, [...']E0 1', 'Enter'], 120)
  await missed(page).filter({ hasText: ']E0 1' }).waitFor()
  await button(page, 'Нет').click()
  await button(page, 'Меню').click()
  const item = page.getByRole('menuitem', { name: 'Сменить пользователя' })
  await nothingDone(page, item, DIALOG)
})

scene(shop, 'a sum above the usual is asked about, and a scan is no answer', async (page) => {
  await signIn(page, shop)
  await open(page, 'deposit', 'Внесение')
  await page.getByLabel('Сумма', { exact: true }).fill('123456')
  await button(page, 'Провести').click()
  const question = dialog(page, 'Внесение: 123456.00?')
  await question.waitFor()
  assert.equal(await button(page, 'НЕТ').evaluate((it) => it === document.activeElement), true)
  for (const name of ['ДА', 'НЕТ']) await nothingDone(page, button(page, name), DIALOG)
  await button(page, 'НЕТ').click()
  await question.waitFor({ state: 'detached' })
  assert.equal(done(await shop.register.status({})).cash, 5000)
  await button(page, 'Провести').click()
  await button(page, 'ДА').click()
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
  await carryOut(shop, 'withdrawal', { sum: 12_345_600 })
})

scene(shop, 'on «Продажа» a scan adds goods wherever the focus is', async (page) => {
  await signIn(page, shop, 'Ольга')
  await open(page, 'sale', 'Продажа')
  await scan(page, bread.code)
  const row = line(page, bread.name)
  const fields = [
    row.getByRole('spinbutton', { name: 'Количество' }),
    row.getByLabel('Скидка', { exact: true }),
    row.getByLabel('Наценка', { exact: true }),
    row.getByLabel('Цена', { exact: true }),
  ]
  await fields[0]?.fill('2')
  await fields[1]?.fill('0.10')
  await fields[3]?.fill('2.00')
  let times = 0
  const places = [
    ...fields,
    button(page, 'К оплате'),
    button(page, 'Все'),
    row.getByRole('button', { name: bread.name, exact: true }),
  ]
  for (const place of places) {
    for (const end of [['Enter'], ['Tab'], ['Enter', '\n']]) {
      // The line that was scanned is the one that is open; the fields are those of the bread.
      if ((await fields[1]?.count()) === 0)
        await row.getByRole('button', { expanded: false }).click()
      await place.focus()
      await wedge(page, [...milk.code, ...end], 5)
      times += 1
      const added = line(page, milk.name).getByRole('spinbutton', { name: 'Количество' })
      await until('молоко в чеке', async () =>
        (await added.count()) > 0 && (await added.inputValue()) === `${times}` ? true : undefined,
      )
      assert.equal(await fields[0]?.inputValue(), '2')
      assert.equal(await search(page).inputValue(), '')
    }
  }
  await row.getByRole('button', { expanded: false }).click()
  const values = await Promise.all(fields.map((field) => field.inputValue()))
  assert.deepEqual(values, ['2', '0.10', '', '2.00'])
  assert.equal(new URL(page.url()).hash, '#/sale')
})

scene(shop, 'a scan replaces what stands in the search', async (page) => {
  await signIn(page, shop)
  await open(page, 'sale', 'Продажа')
  for (const [i, gapMs] of [5, 60].entries()) {
    await search(page).fill('мол')
    await scan(page, milk.code, gapMs)
    await totalIs(page, i === 0 ? '1.89' : '3.78')
    assert.equal(await search(page).inputValue(), '')
  }
  await search(page).fill('мол')
  await scan(page, CODE)
  await missed(page).filter({ hasText: CODE }).waitFor()
  assert.equal(await search(page).inputValue(), '')
})

scene(shop, 'unknown codes pile up and stay until they are read', async (page) => {
  await signIn(page, shop)
  await open(page, 'sale', 'Продажа')
  await scan(page, CODE)
  await missed(page).filter({ hasText: CODE }).waitFor()
  await scan(page, '4810000000009')
  await scan(page, milk.code)
  await totalIs(page, '1.89')
  await search(page).fill('молоко')
  await scan(page, CODE)
  const told = missed(page).filter({ hasText: 'Не принято кодов: 3' })
  await told
    .filter({ hasText: '4810000000009' })
    .filter({ hasText: `${CODE} × 2` })
    .waitFor()
  await page.reload()
  await told.waitFor()
  await button(page, 'К оплате').click()
  await told.waitFor()
  await missed(page).getByRole('button').click()
  await told.waitFor({ state: 'detached' })
})

scene(
  { ...shop, size: handheld },
  'on a handheld screen many codes can be read and dismissed by anyone',
  async (page) => {
    await signIn(page, shop)
    await open(page, 'sale', 'Продажа')
    for (const last of '1234') await scan(page, `481000000000${last}`)
    await missed(page).filter({ hasText: 'Не принято кодов: 4' }).waitFor()
    await examine(page, 'не принятые коды')
    await page.goto(`${shop.addresses.register}/#/menu`)
    await askToClose(page)
    await page.getByRole('dialog').getByText('Не принято кодов: 4').waitFor()
    await examine(page, 'не принятые коды в диалоге')
    await page.getByRole('dialog').getByRole('alert').getByRole('button').click()
    await missed(page).waitFor({ state: 'detached' })
  },
)

scene(shop, 'a scan pays nothing', async (page) => {
  await signIn(page, shop)
  await open(page, 'sale', 'Продажа')
  await scan(page, bread.code)
  await totalIs(page, '1.98')
  await button(page, 'К оплате').click()
  await nothingDone(page, button(page, 'Наличные'), PAYING)
  await button(page, 'Наличные').click()
  const received = page.getByLabel('Получено', { exact: true })
  await nothingDone(page, received, PAYING)
  // The exact sum is still what any typing replaces.
  await page.locator('.keypad').getByText('5', { exact: true }).click()
  assert.equal(await received.inputValue(), '5')
  await nothingDone(page, button(page, 'Провести'), PAYING)
  await page.goto(`${shop.addresses.register}/#/sale/mixed`)
  await nothingDone(page, page.getByLabel('Картой', { exact: true }), PAYING)
  await page.goto(`${shop.addresses.register}/#/sale/card`)
  await nothingDone(page, button(page, 'Провести'), PAYING)
  await button(page, 'Провести').click()
  await dialog(page, 'Приложите карту').waitFor()
  await nothingDone(page, button(page, 'Отмена'), DIALOG)
  await button(page, 'Отмена').click()
})

scene(shop, 'where receipts are listed a УИ is opened, and nothing else', async (page) => {
  const sold = await sellBread(shop)
  assert.ok(sold.uid)
  await signIn(page, shop)
  await open(page, 'receipts', 'Список чеков')
  await search(page).fill('продажа')
  await nothingDone(page, search(page), 'Это не УИ чека')
  await nothingDone(page, page.getByRole('link').first(), 'Это не УИ чека')
  await scan(page, sold.uid)
  await page.waitForURL(({ hash }) => hash === `#/receipts/${sold.id}`)
  await open(page, 'receipts', 'Список чеков')
  await scan(page, `]Q1${sold.uid.toLowerCase()}`)
  await page.waitForURL(({ hash }) => hash === `#/receipts/${sold.id}`)
  for (const name of ['Копия', 'Возврат']) await nothingDone(page, button(page, name), ELSEWHERE)
  await button(page, 'Аннулирование').click()
  await nothingDone(page, button(page, 'ДА'), DIALOG)
  await open(page, `receipts/${sold.id}/refund`, 'Возврат')
  const quantity = page.getByRole('spinbutton', { name: 'Количество' })
  await nothingDone(page, quantity, ELSEWHERE)
  await button(page, 'Вернуть всё').click()
  await nothingDone(page, button(page, 'Провести'), ELSEWHERE)
})

scene(
  shop,
  'a scan into the customer’s window goes to the till, or is said to be lost',
  async (page) => {
    await signIn(page, shop)
    await open(page, 'sale', 'Продажа')
    const opened = page.waitForEvent('popup')
    await page.evaluate(() => void window.open('#/customer-display', 'zpos-customer', 'popup'))
    const display = await opened
    await display.getByText('Добро пожаловать!').waitFor()
    await scan(display, milk.code ?? '')
    await line(page, milk.name).waitFor()
    await display.getByText(milk.name).waitFor()
    await page.goto('about:blank')
    await scan(display, CODE)
    const lost = display.getByRole('alert').filter({ hasText: `Код не передан кассе: ${CODE}` })
    await lost.waitFor()
    await button(display, 'Понятно').click()
    await lost.waitFor({ state: 'detached' })
  },
)

scene(shop, 'a scan changes no setting and asks for no report', async (page) => {
  await signIn(page, shop, 'Ольга')
  await open(page, 'settings/maintenance', 'Обслуживание')
  const clearing = page.getByRole('switch', { name: 'Автоматическое уточнение операций' })
  await nothingDone(page, clearing, ELSEWHERE)
  assert.equal(await clearing.getAttribute('aria-checked'), 'true')
  await open(page, 'settings/correction', 'Аварийная коррекция')
  await nothingDone(page, button(page, 'Получить актуальные данные'), ELSEWHERE)
  await open(page, 'cards', 'Операции по картам')
  await nothingDone(page, button(page, 'Назад'), ELSEWHERE)
  await open(page, 'facts', 'Информация о программной кассе')
  await nothingDone(page, button(page, 'Меню'), ELSEWHERE)
})

scene(shop, 'a scan says nothing of a red receipt', async (page) => {
  await signIn(page, shop, 'Ольга')
  await makeSaleRed(page, shop)
  await button(page, 'Открыть чек').click()
  await nothingDone(page, button(page, 'ОК'), DIALOG)
  await button(page, 'ОК').click()
  for (const name of ['№ чека', 'Дата и время', 'УИ']) {
    await nothingDone(page, page.getByLabel(name, { exact: true }), ELSEWHERE)
  }
  await nothingDone(page, button(page, 'УСПЕШНО'), ELSEWHERE)
  await button(page, 'НЕУСПЕШНО').click()
  for (const name of ['ДА', 'НЕТ']) await nothingDone(page, button(page, name), DIALOG)
  await button(page, 'НЕТ').click()
  await changeClearing(shop, true)
  await page.getByText('НЕУСПЕШНО').waitFor({ state: 'detached' })
})

scene(shop, 'a scan neither repeats nor gives up what waits for the СКО', async (page) => {
  await signIn(page, shop)
  await shop.fault('sko.unplugged', { on: true })
  await open(page, 'deposit', 'Внесение')
  await page.getByLabel('Сумма', { exact: true }).fill('1')
  await button(page, 'Провести').click()
  await button(page, 'Продолжить').waitFor()
  for (const name of ['Продолжить', 'Отказаться']) {
    await nothingDone(page, button(page, name), DIALOG)
  }
  await shop.resetFaults()
  await button(page, 'Продолжить').click()
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
})

scene(
  shop,
  'lines of a text and parts of a day are typed by hand, and by no scan',
  async (page) => {
    await signIn(page, shop, 'Ольга')
    const type = async (into: Locator, keys: readonly string[], value: string) => {
      await into.focus()
      for (const key of keys) await page.keyboard.press(key, { delay: 80 })
      await until(value, async () => ((await into.inputValue()) === value ? true : undefined))
    }
    await open(page, 'settings/receipt', 'Чек')
    const header = page.getByLabel('Шапка')
    await type(header, ['a', 'b', 'Space', 'c', 'Enter', 'd'], 'ab c\nd')
    await nothingDone(page, header, ELSEWHERE)
    await open(page, 'settings/acts', 'Журнал действий')
    const day = page.getByLabel('С дня', { exact: true })
    await nothingDone(page, day, ELSEWHERE)
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await type(day, [...'11112026'], '2026-11-11')
    await open(page, 'receipts', 'Список чеков')
    await button(page, 'Фильтры').click()
    await type(day, [...'10102026'], '2026-10-10')
    await page.waitForURL(({ hash }) => hash === '#/receipts?from=2026-10-10')
    await nothingDone(page, day, 'Это не УИ чека')
  },
)

scene(shop, 'a person types, presses and leaves fields as ever', async (page) => {
  await signIn(page, shop)
  await open(page, 'deposit', 'Внесение')
  const sum = page.getByLabel('Сумма', { exact: true })
  await sum.focus()
  await page.keyboard.type('12.5')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('7', { delay: 80 })
  await until('12.7', async () => ((await sum.inputValue()) === '12.7' ? true : undefined))
  await page.keyboard.press('Home')
  await page.keyboard.type('3', { delay: 80 })
  await until('312.7', async () => ((await sum.inputValue()) === '312.7' ? true : undefined))
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('4')
  await page.keyboard.press('Enter')
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
  await button(page, 'Готово').focus()
  await page.keyboard.press('Space')
  await heading(page, 'Главное меню').waitFor()

  await open(page, 'sale', 'Продажа')
  await button(page, 'Все').focus()
  await page.keyboard.type('abc 12', { delay: 20 })
  await search(page).and(page.locator(':focus')).waitFor()
  await until('слова', async () =>
    (await search(page).inputValue()) === 'abc 12' ? true : undefined,
  )
  await page.keyboard.press('Escape')
  await search(page).fill(bread.code)
  await search(page).press('Enter')
  await totalIs(page, '1.98')
  await button(page, 'Все').focus()
  await page.keyboard.press('+')
  await button(page, 'Наличные').waitFor()
})

scene(shop, 'a PIN is as long as it may be, at a hand’s pace', async (page) => {
  await page.goto(shop.addresses.register)
  await button(page, 'Анна').click()
  await page.keyboard.type('12345678901234567890', { delay: 60 })
  const pin = page.getByLabel('PIN', { exact: true })
  await until('16 знаков', async () =>
    (await pin.inputValue()) === '1234567890123456' ? true : undefined,
  )
})
