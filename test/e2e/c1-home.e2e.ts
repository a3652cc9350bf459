import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { client } from '#core/api/client.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { examine } from './axe.ts'
import {
  button,
  carryOut,
  done,
  handheld,
  heading,
  loaded,
  openShop,
  scene,
  sellBread,
  sendWithCookie,
  until,
} from './shop.ts'

// C1: what a client sees first, and how its registers are.

const shop = await openShop()
await carryOut(shop, 'shift-opening')
await sellBread(shop)
const { register } = await until('документы у оператора', async () => {
  const { registers } = done(await shop.operator.registers({}))
  const own = registers.find(({ number }) => number === 2)
  return own && { register: own.registerNumber }
})
// A day without a word from either device; whoever looks signs in after it.
await shop.kill('sko')
await shop.fault('clock', { advanceHours: 25 })
const staff = client(operatorCabinetApi, sendWithCookie(shop.addresses.operator))
done(await staff.signIn({ email: 'staff@demo.by', password: 'demo' }))

async function enter(page: Page, hash = ''): Promise<void> {
  await page.goto(`${shop.addresses.operator}/${hash}`)
  await page.getByLabel('Почта', { exact: true }).fill('client@demo.by')
  await page.getByLabel('Пароль', { exact: true }).fill('demo')
  await button(page, 'Войти').click()
}

const found = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text })

scene(
  shop,
  'home tells of a silent register in grey, of a block in red, of one ahead',
  async (page) => {
    await enter(page)
    await heading(page, 'Что требует внимания').waitFor()
    const silent = found(page, 'Не на связи').first()
    await silent.getByText('Проверьте питание и интернет кассы').waitFor()
    assert.match((await silent.getAttribute('class')) ?? '', /attention-grey/)
    await found(page, `Продажа № 2`).waitFor()
    assert.equal(await found(page, 'Заблокирована').count(), 0)

    done(await staff.block({ register, reason: 'Нет договора' }))
    done(
      await staff.warn({ register, reason: 'Истекает договор', from: Date.now() + 3 * 86_400_000 }),
    )
    await page.reload()
    const blocked = found(page, 'Заблокирована оператором')
    await blocked.getByText('Нет договора').waitFor()
    assert.match((await blocked.getAttribute('class')) ?? '', /attention-red/)
    await found(page, 'Оператор предупредит кассу').getByText('Истекает договор').waitFor()
    await loaded(page)
    await examine(page, 'главная')

    await page.goto(`${shop.addresses.operator}/#/registers`)
    const row = page.getByRole('row').filter({ hasText: String(register) })
    await row.locator('.state-blocked').waitFor()
    await page.locator('.state-silent').first().waitFor()
    await loaded(page)
    await examine(page, 'кассы')
    done(await staff.unblock({ register }))
    done(await staff.unwarn({ register }))
  },
)

scene({ open: shop.open, size: handheld }, 'home is whole on a handheld', async (page) => {
  await enter(page)
  await heading(page, 'Что требует внимания').waitFor()
  await loaded(page)
  await examine(page, 'главная в руке')
})

scene(shop, 'the filtered documents come as CSV and as XLSX', async (page) => {
  await enter(page, '#/documents?number=2')
  await heading(page, 'Кассовые документы').waitFor()
  for (const [name, start] of [
    ['CSV', '\ufeffРН СККО;'],
    ['XLSX', 'PK\u0003\u0004'],
  ] as const) {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: `Скачать ${name}`, exact: true }).click(),
    ])
    assert.match(file.suggestedFilename(), new RegExp(`^documents-.*\\.${name.toLowerCase()}$`))
    const bytes = readFileSync(await file.path())
    assert.equal(bytes.toString().startsWith(start), true)
    if (name === 'CSV') assert.match(bytes.toString(), /;2;Продажа;[^\n]*;1,98;[0-9A-F]{24};\r\n$/)
  }
  await loaded(page)
  await examine(page, 'документы')
})

scene(shop, 'a document is printed, or made PDF, without the page around it', async (page) => {
  await enter(page, '#/documents?number=2')
  await page.getByRole('row').getByRole('link').click()
  await heading(page, 'Продажа № 2').waitFor()
  await page.getByRole('link', { name: 'Ответ для кассы' }).waitFor()
  await loaded(page)
  await examine(page, 'документ')
  await page.emulateMedia({ media: 'print' })
  await page.getByRole('region', { name: 'Электронный кассовый чек' }).waitFor()
  await page.getByRole('img', { name: 'QR-код' }).waitFor()
  for (const gone of [page.getByRole('banner'), button(page, 'Печать и PDF')]) {
    assert.equal(await gone.isVisible(), false)
  }
  const pdf = await page.pdf({ preferCSSPageSize: true })
  assert.equal(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length, 1, 'one sheet')
  await page.emulateMedia({ media: 'screen' })
  await page.getByRole('link', { name: 'Ответ для кассы' }).click()
  await heading(page, 'Операция проведена').waitFor()
})
