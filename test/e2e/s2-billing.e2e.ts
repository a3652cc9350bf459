import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { client } from '#core/api/client.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { type BillingState, billingStates, isOlder } from '#core/billing/state.ts'
import { demoShop } from '#core/demo/shop.ts'
import { billingRu } from '#core/words/billing/ru.ts'
import { tariffs, tillEquipment } from '#stand/demo/enrolment.ts'
import {
  askToClose,
  button,
  carryOut,
  done,
  handheld,
  heading,
  openShop,
  scene,
  sendWithCookie,
  signIn,
  until,
} from './shop.ts'

const shop = await openShop()
const staff = client(officeCabinetApi, sendWithCookie(shop.addresses.office))
const { serial, contract } = tillEquipment
const NUMBER = /Номер лицевого счета: \d{8}/

async function asStaff() {
  const signed = await staff.signIn({ email: 'staff@demo.by', password: 'demo' })
  assert.equal(signed.kind, 'done')
  return staff
}

/** Time passes, which no session outlives: everybody signs in again. */
async function later(page: Page, advanceHours: number) {
  await shop.fault('clock', { advanceHours })
  done(await shop.register.signIn({ user: 'Анна', pin: '1111' }))
  await signIn(page, shop)
}

const arrange = (state: BillingState) => shop.fault('billing.state', { state })
const alertWith = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text })
/** To the letter, but for the account number. */
const textOf = (state: BillingState) => billingRu.states[state](null).message.replace(/ …$/, '')

/** How each state that forbids is mended by hand in the office. */
const mend: Partial<Record<BillingState, () => Promise<unknown>>> = {
  'serial-unknown': async () => {
    await staff.saveEquipment({ serial, contract })
    await staff.renewal({ serial, on: true })
  },
  'no-contract': () => staff.conclude({ contract }),
  'unp-mismatch': () =>
    staff.saveContract({ contract, unp: demoShop.unp, company: demoShop.company }),
  'no-subscription': async () => {
    const listed = await staff.contracts({})
    const account = listed.kind === 'done' ? (listed.value.contracts[0]?.account ?? '') : ''
    await staff.payment({ id: randomUUID(), account, sum: tariffs.month.price, note: 'оплата' })
    await staff.subscribe({ serial, tariff: tariffs.month.tariff, renews: true })
  },
}

for (const state of billingStates.slice(0, 4)) {
  scene(shop, `${state}: told at the opening, mended, asked again, opened`, async (page) => {
    await asStaff()
    await signIn(page, shop)
    await arrange(state)
    const told = alertWith(page, textOf(state))
    await told.waitFor()
    assert.equal(NUMBER.test(await told.innerText()), state === 'no-subscription')
    await button(page, 'Открыть смену').click()
    await page.getByRole('banner').getByText('Смена закрыта').waitFor()
    const refused = await shop.register.begin({ id: randomUUID() as never, kind: 'shift-opening' })
    assert.equal(refused.kind === 'refused' && refused.code, 'billing.forbids')
    assert.equal(await page.getByRole('alert').count(), 1, 'told once')
    await mend[state]?.()
    await told.waitFor()
    await told.getByRole('button', { name: 'Проверить ещё раз', exact: true }).click()
    await told.waitFor({ state: 'hidden' })
    await button(page, 'Открыть смену').click()
    await page.getByRole('banner').getByText('Смена №').waitFor()
    await carryOut(shop, 'shift-closing')
  })
}

scene(shop, 'update-required: told, forbidden, mended by the till’s own button', async (page) => {
  await signIn(page, shop, 'Ольга')
  await arrange('update-required')
  const told = alertWith(page, textOf('update-required'))
  await told.waitFor()
  await button(page, 'Открыть смену').click()
  await page.getByRole('banner').getByText('Смена закрыта').waitFor()
  const refused = await shop.register.begin({ id: randomUUID() as never, kind: 'shift-opening' })
  assert.equal(refused.kind === 'refused' && refused.code, 'billing.forbids')
  const before = done(await shop.register.status({})).version
  await told.getByRole('button', { name: 'Магазин приложений', exact: true }).click()
  await heading(page, 'Магазин приложений').waitFor()
  await page.getByText('Загружена и проверена').waitFor()
  await button(page, 'Обновить').click()
  await page.getByRole('dialog', { name: /^Касса обновляется до версии/ }).waitFor()
  // The new version of the register has a page of its own, which takes this one's place.
  await page.getByText('Новее ничего нет').waitFor({ timeout: 240_000 })
  const { version, billing } = done(await shop.administrator.status({}))
  assert.ok(isOlder(before, version), `${before}, then ${version}`)
  assert.notEqual(billing?.state, 'update-required')
  await told.waitFor({ state: 'hidden' })
  done(await shop.register.signIn({ user: 'Анна', pin: '1111' }))
  await page.goto(`${shop.addresses.register}/#/menu`)
  await button(page, 'Открыть смену').click()
  await page.getByRole('banner').getByText('Смена №').waitFor()
  await carryOut(shop, 'shift-closing')
})

for (const state of ['ending', 'ending-no-funds'] as const) {
  scene(shop, `${state}: told once a day, and work goes on`, async (page) => {
    await arrange(state)
    await signIn(page, shop)
    const told = alertWith(page, textOf(state))
    await told.waitFor()
    assert.match(await told.innerText(), NUMBER)
    await button(page, 'Открыть смену').click()
    await page.getByRole('banner').getByText('Смена №').waitFor()
    await told.getByRole('button', { name: 'Понятно', exact: true }).click()
    await told.waitFor({ state: 'hidden' })
    await page.reload()
    await button(page, 'Закрыть смену').waitFor()
    assert.equal(await told.count(), 0)
    await carryOut(shop, 'shift-closing')
    await later(page, 24)
    done(await shop.register.checkBilling({}))
    await told.waitFor()
    await arrange('ok')
    await told.waitFor({ state: 'hidden' })
  })
}

scene(shop, 'a shift under way is worked on and closed, whatever billing says', async (page) => {
  await arrange('ok')
  await carryOut(shop, 'shift-opening')
  await arrange('no-contract')
  await signIn(page, shop)
  await alertWith(page, textOf('no-contract')).waitFor()
  await carryOut(shop, 'deposit', { sum: 100 })
  await carryOut(shop, 'withdrawal', { sum: 100 })
  await askToClose(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Да', exact: true }).click()
  await page.getByRole('heading', { name: 'Z-отчёт' }).waitFor()
  await arrange('ok')
})

scene(
  shop,
  'billing away: the last answer, then grace with its end, then no shift',
  async (page) => {
    await arrange('ok')
    await shop.kill('office')
    await shop.fault('billing.down', { on: true })
    await carryOut(shop, 'shift-opening')
    await carryOut(shop, 'shift-closing')
    await later(page, 25)
    const grace = alertWith(page, 'Биллинг zPOS давно не отвечает. Смены открываются до')
    await grace.waitFor()
    await grace.getByRole('button', { name: 'Проверить ещё раз' }).click()
    await page.getByText('Биллинг не ответил, в силе прежний ответ').waitFor()
    await carryOut(shop, 'shift-opening')
    await carryOut(shop, 'shift-closing')
    // What a busy machine has not sent by then would be too old to go on.
    await until('всё отправлено', async () =>
      done(await shop.register.status({})).unsent?.count === 0 ? true : undefined,
    )
    await later(page, 7 * 24)
    const stopped = alertWith(page, UNHEARD)
    await stopped.waitFor()
    await shop.start('office')
    await shop.fault('billing.down', { on: false })
    await stopped.getByRole('button', { name: 'Проверить ещё раз' }).click()
    await stopped.waitFor({ state: 'hidden' })
    await carryOut(shop, 'shift-opening')
    await carryOut(shop, 'shift-closing')
  },
)

const UNHEARD = billingRu.states.unheard(null).message

test('the office killed in the midst of arranging ends with what was wished', async () => {
  const wished = arrange('ending').catch(() => {})
  await shop.kill('office')
  await wished
  await shop.start('office')
  await shop.fault('billing.state', { state: 'ending' })
  const answer = await shop.register.checkBilling({})
  assert.equal(answer.kind === 'done' && answer.value.billing?.state, 'ending')
  await arrange('ok')
})

scene({ open: shop.open, size: handheld }, 'on a handheld the button is in sight', async (page) => {
  await signIn(page, shop)
  await arrange('no-contract')
  const told = alertWith(page, textOf('no-contract'))
  const again = told.getByRole('button', { name: 'Проверить ещё раз', exact: true })
  await again.waitFor()
  await again.click({ trial: true })
  await arrange('ok')
  await told.waitFor({ state: 'hidden' })
})
