import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { client } from '#core/api/client.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { DAY, printedMoment } from '#core/time.ts'
import { examine } from './axe.ts'
import {
  bread,
  button,
  carryOut,
  done,
  handheld,
  newId,
  openShop,
  scan,
  scene,
  sellBread,
  sendWithCookie,
  signIn,
  till,
  until,
} from './shop.ts'

const shop = await openShop()
const staff = client(operatorCabinetApi, sendWithCookie(shop.addresses.operator))
done(await staff.signIn({ email: 'staff@demo.by', password: 'demo' }))
const { issuer } = done(await shop.register.status({}))
assert.ok(issuer)
const register = issuer.registerNumber

const WARNED = 'Предупреждение о предстоящей блокировке Программной кассы'
const BLOCKED = 'Работа запрещена. ПК заблокировано.'
const dialog = (page: Page) => page.getByRole('dialog', { name: WARNED, exact: true })
const blocked = (page: Page) => page.getByRole('dialog', { name: BLOCKED, exact: true })

/** Whole seconds that the window still shows. */
async function leftIn(page: Page): Promise<number> {
  const shown = (await dialog(page).getByRole('timer').textContent()) ?? ''
  return Number(/^(\d+) с$/.exec(shown)?.[1] ?? Number.NaN)
}

const shiftNow = async () => done(await shop.register.status({})).shift
const openings = () => shop.deviceDocuments().filter(({ kind }) => kind === 'shift-opening').length

/** Everything that a hurried person tries. */
async function tryToClose(page: Page): Promise<void> {
  for (const key of ['Escape', 'Escape', 'Enter', 'Space', 'Tab', 'Backspace', 'Alt+ArrowLeft']) {
    await page.keyboard.press(key)
  }
  await dialog(page).getByRole('heading').click()
  for (const key of ['Escape', 'Escape', 'Escape']) await page.keyboard.press(key)
  await page.mouse.click(3, 3)
  await scan(page, bread.code)
  await page.keyboard.press('Escape')
  await dialog(page).waitFor()
}

/** A second tab and another person see the same window. */
async function elsewhere(page: Page): Promise<void> {
  const tab = await page.context().newPage()
  await tab.goto(shop.addresses.register)
  await dialog(tab).waitFor()
  await tab.close()
  const other = await shop.open()
  await signIn(other, shop, 'Ольга')
  await tryToClose(other)
  await other.context().close()
}

async function nothingIsBegun(): Promise<void> {
  const deposit = await shop.register.begin({ id: newId(), kind: 'deposit', sum: 1 })
  assert.ok(deposit.kind === 'refused' && deposit.code === 'operation.open')
  const again = await shop.administrator.begin({ id: newId(), kind: 'shift-opening' })
  assert.ok(again.kind === 'refused' && again.code === 'operation.open')
  assert.deepEqual([await shiftNow(), openings()], [null, 0])
}

/** The register asks at its start: what was laid just now is known after this. */
async function restartRegister(): Promise<void> {
  await shop.kill('register')
  await shop.start('register')
}

scene(
  shop,
  'S1.5: a warning is read for sixty seconds, whatever is pressed, reloaded or killed',
  async (page) => {
    done(await staff.warn({ register, reason: 'Задолженность за август' }))
    await signIn(page, shop)
    await button(page, 'Открыть смену').click()
    await dialog(page).getByText('Причина: Задолженность за август').waitFor()
    const first = await leftIn(page)
    assert.ok(first > 30 && first <= 60, `${first} с`)
    await tryToClose(page)
    assert.equal(await shiftNow(), null)

    const [id = ''] = done(await shop.register.status({})).open
    const deadline = async () =>
      done(await shop.register.operation({ id })).message?.facts.at ?? assert.fail('no deadline')
    const until60 = await deadline()
    await page.reload()
    await dialog(page).waitFor()
    const reloaded = await leftIn(page)
    assert.ok(reloaded <= first, `${reloaded} с после ${first} с`)

    await elsewhere(page)
    await shop.kill('register')
    await dialog(page).waitFor()
    await shop.start('register')
    await page.reload()
    await dialog(page).waitFor()
    assert.equal(await deadline(), until60, 'the deadline is on disk')
    await nothingIsBegun()

    await shop.fault('clock', { advanceSeconds: 60 })
    await dialog(page).waitFor({ state: 'detached' })
    await until('смена открыта', async () => (await shiftNow()) ?? undefined)
    await page.getByRole('banner').getByText('Смена № 1').waitFor()
    assert.equal(openings(), 1)
    await sellBread(shop)
  },
)

scene(
  shop,
  'S1.6: a block set during a shift lets it be finished, then none opens',
  async (page) => {
    done(await staff.unwarn({ register }))
    done(await staff.block({ register, reason: 'Нет договора' }))
    await restartRegister()
    await signIn(page, shop)
    const standing = page.getByRole('alert').filter({ hasText: 'новая смена не откроется' })
    await standing.getByText(/Причина: Нет договора/).waitFor()
    await standing.getByText(/ООО «Настоящая Цифровая»/).waitFor()
    const sale = await sellBread(shop)
    await carryOut(shop, 'refund', { of: sale.id })
    const { cash } = done(await shop.register.status({}))
    await carryOut(shop, 'withdrawal', { sum: cash })
    await carryOut(shop, 'shift-closing')

    await page.getByRole('alert').getByText(BLOCKED, { exact: true }).waitFor()
    await button(page, 'Открыть смену').click()
    await blocked(page).getByText('Причина: Нет договора').waitFor()
    await blocked(page)
      .getByText(/оператором ПКС ООО «Настоящая Цифровая»/)
      .waitFor()
    await examine(page, 'a block')
    await page.screenshot({ path: join(tmpdir(), 's1-blocked-1280x800.png') })
    await button(page, 'ОК').click()
    await blocked(page).waitFor({ state: 'detached' })
    assert.deepEqual([await shiftNow(), openings()], [null, 1])

    await shop.fault('operator.down', { on: true })
    done(await staff.unblock({ register }))
    await restartRegister()
    await page.reload()
    await button(page, 'Открыть смену').click()
    await blocked(page).waitFor()
    await button(page, 'ОК').click()
    assert.equal(openings(), 1, 'a cut line is no way around a block')

    await shop.fault('operator.down', { on: false })
    await button(page, 'Открыть смену').click()
    await page.getByRole('banner').getByText('Смена № 2').waitFor()
    await page.getByRole('alert').getByText(BLOCKED, { exact: true }).waitFor({ state: 'detached' })
    assert.equal(openings(), 2)
  },
)

for (const size of [till, handheld]) {
  const name = `${size.width}x${size.height}`
  scene(
    { open: shop.open, size },
    `a date ahead is shown on every screen, ${name}`,
    async (page) => {
      const now = done(await shop.register.status({})).now
      const from = now + 2 * DAY
      done(await staff.block({ register, reason: 'Договор заканчивается', from }))
      await restartRegister()
      await signIn(page, shop)
      const when = printedMoment(from).slice(0, 16)
      const ahead = page
        .getByRole('alert')
        .filter({ hasText: `С ${when} касса будет заблокирована` })
      await ahead.getByText(/Причина: Договор заканчивается/).waitFor()
      await ahead.getByText(/устраните причину или свяжитесь с оператором ПКС/).waitFor()
      await examine(page, 'a date ahead')
      done(await staff.warn({ register, reason: 'Срок кончается' }))
      await restartRegister()
      const both = page.getByRole('alert').filter({ hasText: `С ${when} касса будет` })
      await both.getByText(WARNED, { exact: true }).waitFor()
      assert.equal(await page.getByRole('alert').count(), 1, 'one message at a time')
      await page.screenshot({ path: join(tmpdir(), `s1-ahead-${name}.png`) })

      done(await staff.unblock({ register }))
      done(await staff.warn({ register, reason: 'Задолженность за август' }))
      if (await shiftNow()) {
        const { cash } = done(await shop.register.status({}))
        if (cash > 0) await carryOut(shop, 'withdrawal', { sum: cash })
        await carryOut(shop, 'shift-closing')
      }
      await button(page, 'Открыть смену').click()
      await dialog(page).waitFor()
      const box = await dialog(page).boundingBox()
      assert.ok(box && box.x >= 0 && box.x + box.width <= size.width)
      assert.ok(box.y >= 0 && box.y + box.height <= size.height, 'it can be read without scrolling')
      await page.screenshot({ path: join(tmpdir(), `s1-warned-${name}.png`) })
      await examine(page, 'the window of a warning')
      await shop.fault('clock', { advanceSeconds: 60 })
      await dialog(page).waitFor({ state: 'detached' })
      done(await staff.unwarn({ register }))
    },
  )
}
