import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { OperationView } from '#core/api/register.ts'
import type { Kind } from '#core/document/kinds.ts'
import { agrees, changeClearing, fill, fromCabinet, say } from './red-receipt.ts'
import {
  button,
  carryOut,
  done,
  factOf,
  newId,
  openShop,
  scene,
  sellBread,
  signIn,
  until,
} from './shop.ts'

// Every word of a person with SIGKILL in the middle: the СКО is stopped while it is being asked,
// so that whoever dies, dies at this very work.

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await carryOut(shop, 'deposit', { sum: 10_000 })

const victims = ['register', 'sko'] as const
type Victim = (typeof victims)[number]

const setClearing = (on: boolean) => changeClearing(shop, on)
const viewOf = async (id: string) => done(await shop.register.operation({ id }))
const madeFor = (id: string) =>
  shop.deviceDocuments().filter(({ operation }) => operation === id).length

/** The word is pressed and the victim killed while the register is asking, then all is started. */
async function pressAndKill(page: Page, press: () => Promise<void>, victim: Victim): Promise<void> {
  const thaw = await shop.freeze('sko')
  const sent = page.waitForRequest((request) => request.method() === 'POST')
  await press()
  const request = await sent
  await shop.kill(victim)
  thaw()
  await shop.start(victim)
  // Whoever lives may have done it yet: what is left to press is seen after that.
  await request.response().catch(() => null)
  await page.reload()
}

/** What came of it; whoever stands before the same question again, presses again. */
const outcomeOf = (page: Page, id: string, again: () => Promise<void>) =>
  until(`исход ${id}`, async () => {
    const view = await viewOf(id)
    if (view.state === 'registered' || view.state === 'failed') return view
    if (view.may.length === 0) return undefined
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await again()
    await answered
    return undefined
  })

/** One document for what came about, none for what did not; sums agree and work goes on. */
async function checkEnd(view: OperationView, before: number): Promise<void> {
  const { id, state, sum } = view
  assert.equal(madeFor(id), state === 'registered' ? 1 : 0, `документов операции: ${state}`)
  await until('суммы сходятся', async () => {
    const { cash, skoCash } = done(await shop.register.facts({}))
    return cash === skoCash || undefined
  })
  assert.equal(await agrees(shop), before + (state === 'registered' ? sum : 0))
  await sellBread(shop)
}

/** An operation whose command meets a fault, clearing off: red. */
async function aRed(kind: Kind, fault: 'sko.answer-lost' | 'sko.request-lost') {
  await setClearing(false)
  await shop.fault(fault, { count: 1 })
  const begun = done(await shop.register.begin({ id: newId(), kind, sum: 700 as never }))
  assert.equal(begun.state, 'red')
  return begun
}

async function openForm(page: Page, id: string): Promise<void> {
  await page.goto(`${shop.addresses.register}/#/receipts/${id}`)
  await page.getByRole('dialog').getByRole('button', { name: 'ОК', exact: true }).click()
}

for (const victim of victims) {
  scene(shop, `«УСПЕШНО» with ${victim} killed in the middle`, async (page) => {
    const before = await agrees(shop)
    await signIn(page, shop)
    const { id } = await aRed('deposit', 'sko.answer-lost')
    const right = await fromCabinet(shop)
    const press = async () => {
      await openForm(page, id)
      await fill(page, right)
      await say(page, 'УСПЕШНО')
    }
    await pressAndKill(page, press, victim)
    const view = await outcomeOf(page, id, press)
    assert.deepEqual([view.state, String(view.number)], ['registered', right.number])
    await checkEnd(view, before)
  })

  scene(shop, `«НЕУСПЕШНО» with ${victim} killed in the middle`, async (page) => {
    const before = await agrees(shop)
    await signIn(page, shop)
    const { id } = await aRed('deposit', 'sko.request-lost')
    const press = async () => {
      await openForm(page, id)
      await say(page, 'НЕУСПЕШНО')
    }
    await pressAndKill(page, press, victim)
    const view = await outcomeOf(page, id, press)
    assert.equal(view.state, 'failed')
    await checkEnd(view, before)
  })

  for (const word of ['Продолжить', 'Отказаться'] as const) {
    scene(shop, `«${word}» with ${victim} killed in the middle`, async (page) => {
      const before = await agrees(shop)
      await setClearing(true)
      await signIn(page, shop)
      await shop.kill('sko')
      const kind = 'deposit'
      const { id, state } = done(
        await shop.register.begin({ id: newId(), kind, sum: 700 as never }),
      )
      assert.equal(state, 'waiting')
      await shop.start('sko')
      const dialog = page.getByRole('dialog')
      const press = () => dialog.getByRole('button', { name: word, exact: true }).click()
      await pressAndKill(page, press, victim)
      const view = await outcomeOf(page, id, press)
      if (word === 'Отказаться') assert.equal(view.state, 'failed')
      await dialog.waitFor({ state: 'detached' })
      await checkEnd(view, before)
    })
  }

  scene(shop, `«Скорректировать сумму» with ${victim} killed in the middle`, async (page) => {
    const before = await agrees(shop)
    const copy = await shop.backup()
    await carryOut(shop, 'deposit', { sum: 300 })
    await shop.restore(copy)
    const corrections = async () =>
      done(await shop.register.operations({ kind: 'correction' })).operations.length
    const made = await corrections()
    await signIn(page, shop, 'Ольга')
    const ask = async () => {
      await page.goto(`${shop.addresses.register}/#/settings/correction`)
      await button(page, 'Получить актуальные данные').click()
      await factOf(page, 'Расхождение').getByText(/\d/).waitFor()
    }
    await ask()
    await pressAndKill(page, () => button(page, 'Скорректировать сумму').click(), victim)
    await ask()
    const fix = button(page, 'Скорректировать сумму')
    if (await fix.isEnabled()) {
      await fix.click()
      await page.getByText('Расхождение наличных скорректировано успешно').waitFor()
    }
    assert.equal(await corrections(), made + 1)
    assert.equal(await agrees(shop), before + 300)
    await sellBread(shop)
  })
}
