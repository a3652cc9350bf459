import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { virtualCards } from '#core/demo/virtual-card.ts'
import { accountWords } from '#core/words/account.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import { clientWords } from '#core/words/client.ts'
import { closingWords } from '#core/words/closing.ts'
import { controlsWords } from '#core/words/controls.ts'
import { equipmentWords } from '#core/words/equipment.ts'
import { fieldsWords } from '#core/words/fields.ts'
import { type Language, languageNames } from '#core/words/language.ts'
import { operationsWords } from '#core/words/operations.ts'
import { type RefusalName, refusalIn } from '#core/words/refusals.ts'
import { sellingWords } from '#core/words/selling.ts'
import { standWords } from '#core/words/stand.ts'
import { tillWords } from '#core/words/till.ts'
import { demoGoods } from '#stand/demo/goods.ts'
import { examine, examineWidth } from './axe.ts'
import { changeClearing } from './red-receipt.ts'
import {
  bread,
  button,
  carryOut,
  done,
  handheld,
  heading,
  loaded,
  newId,
  openShop,
  scan,
  scene,
  sellBread,
  till,
} from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await carryOut(shop, 'deposit', { sum: 100_000 })
for (const _ of ['once', 'twice']) {
  await shop.kill('acquirer')
  await shop.start('acquirer')
}
const { issuer } = done(await shop.register.status({}))
assert.ok(issuer)

const people = ['Анна', 'Ольга'] as const
/** What is called as it is called in every language; the longest first, for some lie in others. */
const data = [
  ...demoGoods.flatMap(({ name, group }) => [name, group]),
  ...[...people, issuer.company, issuer.place, issuer.address],
  ...Object.values(virtualCards).map(({ issuer: bank }) => bank),
  ...Object.values(languageNames),
].toSorted((a, b) => b.length - a.length)

/** Each language is worked in one size, and its words have room in the other as well. */
const sizes = { be: till, en: handheld }

/** Letters that the language does not have. */
const foreign = { be: /[ищъ]/i, en: /\p{Script=Cyrillic}/u }
type Other = keyof typeof foreign

// Papers are in the shop's language, and parts in another one say so.
const SHOWN = `(() => {
  const isApart = (element) => element.closest('noscript, .paper-sheet, [lang]:not(html)') !== null
  const texts = [document.title]
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode
    if (!isApart(parentElement)) texts.push(data)
  }
  const told = ['aria-label', 'aria-description', 'placeholder', 'title', 'data-note']
  for (const element of document.body.querySelectorAll('*')) {
    if (!isApart(element)) texts.push(...told.map((name) => element.getAttribute(name) ?? ''))
  }
  return { lang: document.documentElement.lang, texts }
})()`

/** The screen is whole in its language, and can be read and worked by anyone. */
async function look(page: Page, language: Other, where: string): Promise<void> {
  const { lang, texts } = (await page.evaluate(SHOWN)) as { lang: string; texts: string[] }
  assert.equal(lang, language, where)
  const initials = people.map((name) => name.slice(0, 1))
  const ours = texts
    .filter((text) => !initials.includes(text))
    .map((text) => data.reduce((rest, name) => rest.replaceAll(name, ''), text))
  assert.deepEqual(
    ours.filter((text) => foreign[language].test(text)),
    [],
    where,
  )
  // Colours are the same in every language.
  await examine(page, `${language}, ${where}`, { colours: false })
  const own = sizes[language]
  await page.setViewportSize(own === till ? handheld : till)
  await examineWidth(page, `${language}, ${where}, in the other size`)
  await page.setViewportSize(own)
}

const at = (page: Page, hash: string) => page.goto(`${shop.addresses.register}/#/${hash}`)

async function signIn(page: Page, language: Language, user: 'Анна' | 'Ольга'): Promise<void> {
  const words = tillWords[language]
  await button(page, user).click()
  await page.getByLabel(words.signIn.pin, { exact: true }).fill(user === 'Анна' ? '1111' : '9999')
  await button(page, words.signIn.enter).click()
}

const atMenu = (page: Page, language: Language) =>
  heading(page, tillWords[language].menu.heading).waitFor()

async function openSideMenu(page: Page, language: Language) {
  await button(page, tillWords[language].header.menu).click()
  const menu = page.getByRole('dialog', { name: tillWords[language].sideMenu.label })
  await menu.waitFor()
  return menu
}

/** Chooses a language in the side menu; returns once the register has it. */
async function choose(page: Page, to: Language): Promise<void> {
  const spoken = (await page.evaluate('document.documentElement.lang')) as Language
  await openSideMenu(page, spoken)
  const kept = page.waitForResponse(/api\/session\/language/)
  await button(page, languageNames[to]).click()
  await kept
  const menu = page.getByRole('dialog', { name: tillWords[to].sideMenu.label })
  await menu.waitFor()
  await page.keyboard.press('Escape')
  await menu.waitFor({ state: 'detached' })
}

async function signOut(page: Page, language: Language): Promise<void> {
  await openSideMenu(page, language)
  const item = tillWords[language].sideMenu.changeUser
  await page.getByRole('menuitem', { name: item, exact: true }).click()
  await heading(page, tillWords[language].signIn.who).waitFor()
}

async function ringUp(page: Page, language: Other): Promise<void> {
  const words = tillWords[language].sale
  await at(page, 'sale')
  const search = page.getByRole('searchbox', { name: words.search })
  await search.fill(bread.code)
  await search.press('Enter')
  const total = page.getByLabel(words.total, { exact: true })
  await total.filter({ hasText: '1.98' }).waitFor({ state: 'attached' })
  await page.getByText(`${operationsWords[language].units.piece} × 1.98`).waitFor()
}

async function enter(page: Page, language: Other): Promise<void> {
  const words = tillWords[language]
  await page.goto(shop.addresses.register)
  await button(page, languageNames[language]).click()
  await heading(page, words.signIn.who).waitFor()
  await button(page, 'Ольга').click()
  await page.getByLabel(words.signIn.pin, { exact: true }).fill('0000')
  await button(page, words.signIn.enter).click()
  await page.getByText(refusalIn(language, { code: 'pin.wrong', facts: {} }).message).waitFor()
  await look(page, language, 'sign-in')
  await page.getByLabel(words.signIn.pin, { exact: true }).fill('9999')
  await button(page, words.signIn.enter).click()
  await page.getByRole('banner').waitFor()
}

async function sellIn(page: Page, language: Other): Promise<void> {
  const words = tillWords[language]
  await scan(page, '4810000000000')
  await page.getByText(words.missed.one).waitFor()
  await look(page, language, 'menu with a missed scan')
  await button(page, controlsWords[language].hideMessage).click()
  await ringUp(page, language)
  await look(page, language, 'sale')
  await at(page, 'sale/means')
  await button(page, words.pay.cash).waitFor()
  await look(page, language, 'means of payment')
  for (const step of ['card', 'mixed', 'other', 'cash'] as const) {
    await at(page, `sale/${step}`)
    await button(page, words.carryOut).waitFor()
    await look(page, language, `paying: ${step}`)
  }
  await shop.kill('sko')
  await button(page, words.carryOut).click()
  const dialog = page.getByRole('dialog', { name: words.waiting.title })
  await dialog.waitFor()
  await look(page, language, 'dialog S1.1')
  await shop.start('sko')
  await dialog.getByRole('button', { name: words.waiting.continue, exact: true }).click()
  await button(page, words.done.nextSale).waitFor()
  await look(page, language, 'done')
}

async function readReceipts(page: Page, language: Other): Promise<void> {
  const words = tillWords[language]
  const { id } = await sellBread(shop)
  await at(page, 'receipts')
  await page.getByRole('row').nth(2).waitFor()
  await look(page, language, 'receipts')
  await at(page, `receipts/${id}`)
  await button(page, words.receipt.annulment).click()
  await page.getByRole('dialog').waitFor()
  await look(page, language, 'a receipt')
  await page.keyboard.press('Escape')
  await button(page, words.receipt.refund).click()
  await page.getByRole('spinbutton', { name: words.refund.quantity }).waitFor()
  await look(page, language, 'refund')
}

/** A card's sale and one that the bank declined, for the screens of cards. */
async function payByCard(): Promise<void> {
  for (const code of [null, '126'] as const) {
    if (code) await shop.fault('bank.decline', { code })
    await shop.tap('ok')
    const lines = [{ code: bread.code, quantity: 1000 }]
    const payments = [{ means: 'card', sum: bread.price }] as const
    done(await shop.register.begin({ id: newId(), kind: 'sale', lines, payments } as never))
  }
}

async function readTheRest(page: Page, language: Other): Promise<void> {
  const { cards, correction, move, reports, settings } = tillWords[language]
  await payByCard()
  for (const [hash, title] of [
    ['cards', cards.heading],
    ['close-shift', closingWords[language].heading],
    ['settings', settings.heading],
    ['settings/maintenance', settings.maintenance],
    ['settings/equipment', equipmentWords[language].heading],
    ['settings/discounts', sellingWords[language].discounts.heading],
    ['z-report', reports.z],
    ['deposit', move.deposit],
    ['withdrawal', move.withdrawal],
    ['settings/correction', correction.heading],
  ] as const) {
    await at(page, hash)
    await heading(page, title).waitFor()
    await loaded(page)
    await look(page, language, hash)
  }
  await at(page, 'x-report')
  await page.getByRole('main').getByRole('button', { name: reports.x }).click()
  await page.getByRole('region', { name: reports.x }).waitFor()
  await look(page, language, 'X report')
}

async function resolveRed(page: Page, language: Other): Promise<void> {
  const words = tillWords[language]
  await changeClearing(shop, false)
  await shop.fault('sko.answer-lost', { count: 1 })
  const { id } = done(
    await shop.register.begin({ id: newId(), kind: 'deposit', sum: 700 as never }),
  )
  await at(page, 'receipts')
  await page.getByText(words.receipts.states.red, { exact: true }).waitFor()
  await look(page, language, 'red receipt in the list')
  await at(page, `receipts/${id}`)
  await page.getByRole('dialog').waitFor()
  await look(page, language, 'red receipt: what happened')
  await page.getByRole('dialog').getByRole('button', { name: words.ok, exact: true }).click()
  await page.getByRole('region', { name: words.red.answers }).waitFor()
  await look(page, language, 'red receipt: form')
  await button(page, words.red.success).click()
  await page.getByRole('alert').filter({ hasText: words.red.number }).waitFor()
  await look(page, language, 'red receipt: wrong field')
  await button(page, words.red.failure).click()
  await page.getByRole('dialog').waitFor()
  await look(page, language, 'red receipt: unsuccessful?')
  await page.keyboard.press('Escape')
  await changeClearing(shop, true)
  const notice = page.getByRole('button', { name: words.messages.read, exact: true })
  await notice.waitFor()
  await look(page, language, 'notice')
  await notice.click()
  await notice.waitFor({ state: 'detached' })
}

async function correct(page: Page, language: Other): Promise<void> {
  const words = tillWords[language]
  const copy = await shop.backup()
  await sellBread(shop)
  await shop.restore(copy)
  await at(page, 'withdrawal')
  await page.getByLabel(words.move.sum, { exact: true }).fill('1')
  await button(page, words.carryOut).click()
  await page.getByRole('alert').waitFor()
  await look(page, language, 'refused for a discrepancy')
  await at(page, 'facts')
  await page.getByText(words.facts.causes).waitFor()
  await look(page, language, 'facts')
  await at(page, 'settings/correction')
  await button(page, words.correction.getActual).click()
  await button(page, words.correction.correct).click()
  await page.getByText(words.correction.corrected).waitFor()
  await look(page, language, 'corrected')
}

for (const language of ['be', 'en'] as const) {
  const sized = { ...shop, size: sizes[language] }
  scene(sized, `the till speaks ${language} and nothing else`, async (page) => {
    await enter(page, language)
    await choose(page, language)
    await atMenu(page, language)
    const menu = await openSideMenu(page, language)
    await look(page, language, 'side menu')
    await page.keyboard.press('Escape')
    await menu.waitFor({ state: 'detached' })
    await sellIn(page, language)
    await readReceipts(page, language)
    await readTheRest(page, language)
    await resolveRed(page, language)
    await correct(page, language)
  })

  scene(sized, `the cabinet and the stand speak ${language}`, async (page) => {
    await readCabinet(page, language)
    await readStand(page, language)
  })
}

async function readCabinet(page: Page, language: Other): Promise<void> {
  const words = cabinetWords[language]
  const signing = accountWords[language].signIn
  const { kinds } = operationsWords[language]
  await page.goto(`${shop.addresses.operator}/#/documents`)
  await button(page, languageNames[language]).click()
  await page.getByLabel(signing.email, { exact: true }).fill('client@demo.by')
  await page.getByLabel(signing.password, { exact: true }).fill('wrong')
  await button(page, signing.enter).click()
  await page.getByRole('alert').waitFor()
  await look(page, language, 'cabinet: sign-in')
  await page.getByLabel(signing.password, { exact: true }).fill('demo')
  await button(page, signing.enter).click()
  await page.getByRole('row').nth(1).waitFor()
  // The account has a choice of its own.
  await button(page, languageNames[language]).click()
  await heading(page, words.list.heading).waitFor()
  await look(page, language, 'cabinet: documents')
  const own = clientWords[language]
  await page.goto(`${shop.addresses.operator}/#/home`)
  await heading(page, own.home.heading).waitFor()
  await look(page, language, 'cabinet: home')
  await page.goto(`${shop.addresses.operator}/#/answer`)
  await heading(page, own.answer.section).waitFor()
  await look(page, language, 'cabinet: answer')
  await page.goto(`${shop.addresses.operator}/#/registers`)
  await heading(page, words.registers).waitFor()
  await page.getByRole('row').nth(1).waitFor()
  await look(page, language, 'cabinet: registers')
  await page.goto(`${shop.addresses.operator}/#/documents?number=1`)
  await page.getByRole('link', { name: kinds['shift-opening'] }).click()
  await heading(page, `${kinds['shift-opening']} ${words.number(1)}`).waitFor()
  await look(page, language, 'cabinet: a document')
}

const restarts = { be: '2 перазапускі', en: '2 restarts' }

async function readStand(page: Page, language: Other): Promise<void> {
  const words = standWords[language]
  await page.goto(shop.addresses.stand)
  await button(page, languageNames[language]).click()
  await heading(page, words.heading).waitFor()
  const bank = page.getByRole('article', { name: words.process.titles.acquirer, exact: true })
  await bank.getByText(restarts[language]).waitFor()
  await look(page, language, 'stand')
  await page.reload()
  await heading(page, words.heading).waitFor()
}

scene(shop, 'a language is a person’s own, wherever she signs in', async (page) => {
  await page.goto(shop.addresses.register)
  await signIn(page, 'ru', 'Анна')
  await atMenu(page, 'ru')
  await choose(page, 'be')
  await signOut(page, 'be')
  await signIn(page, 'be', 'Ольга')
  await page.getByRole('banner').waitFor()
  await choose(page, 'en')
  await atMenu(page, 'en')
  await page.reload()
  await atMenu(page, 'en')
  await signOut(page, 'en')
  await signIn(page, 'en', 'Анна')
  await atMenu(page, 'be')
  await signOut(page, 'be')
  await signIn(page, 'be', 'Ольга')
  await atMenu(page, 'en')
  const elsewhere = await shop.open()
  await elsewhere.goto(shop.addresses.register)
  await signIn(elsewhere, 'ru', 'Анна')
  await atMenu(elsewhere, 'be')
  await elsewhere.context().close()
})

scene(shop, 'every server refuses in the language that a program asks for', async () => {
  const { register, operator, stand } = shop.addresses
  const asked: [string, RefusalName][] = [
    [`${register}/api/status`, 'session.required'],
    [`${operator}/api/documents`, 'session.required'],
  ]
  for (const language of [null, 'ru', 'be', 'en'] as const) {
    const headers: Record<string, string> = language ? { 'accept-language': language } : {}
    const told = language ?? 'ru'
    for (const [url, code] of asked) {
      const body = await (await fetch(url, { headers })).json()
      assert.deepEqual(body.code, code)
      const expected = refusalIn(told, { code, facts: body.facts })
      assert.deepEqual([body.message, body.next], [expected.message, expected.next], url)
    }
    const answer = await fetch(`${stand}/api/register-backups/77/restore`, {
      method: 'POST',
      headers,
    })
    const { message } = await answer.json()
    assert.ok(message.includes(fieldsWords[told].faults['backup-unknown']({})), message)
  }
})
