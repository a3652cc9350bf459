import assert from 'node:assert/strict'
import { printedDay } from '#core/billing/calendar.ts'
import { DAY, minskDay } from '#core/time.ts'
import { textOfPdf } from '#test/pdf-text.ts'
import { aClient, type Ground } from './suite-ground.ts'

type Client = Awaited<ReturnType<typeof aClient>>

/** The file of an order's invoice as its browser gets it; null: it is refused. */
async function invoiceOf({ app }: Ground, { cookie }: Client, number: number) {
  const headers = { cookie: cookie() }
  const response = await app.request(`/api/orders/${number}/invoice`, { headers })
  if (response.status !== 200) return { refused: await response.text(), file: null }
  assert.equal(response.headers.get('content-type'), 'application/pdf')
  return { refused: null, file: Buffer.from(await response.arrayBuffer()) }
}

/** What the office promises of invoices. */
export const invoicePromises: Record<string, (ground: Ground) => Promise<void>> = {
  'an invoice says who pays what, in words too, and is the same file each time': async (ground) => {
    const client = await aClient(ground)
    const { unp, serial, account, contract } = client
    await ground.db.query('update contract set company = $2 where number = $1', [
      contract,
      'ЧУП «Ўладзімір і сыны»',
    ])
    const { order } = await client.order('month')
    const today = printedDay(minskDay(ground.clock.now()))
    const { file } = await invoiceOf(ground, client, order.number)
    assert.ok(file)
    const text = textOfPdf(file).replace(/\s+/g, ' ')
    for (const said of [
      `Счёт № ${order.number} от ${today}`,
      `Плательщик: ЧУП «Ўладзімір і сыны», УНП ${unp}`,
      `лицевой счёт ${account}`,
      `касса ${serial}`,
      '29.00',
      'Двадцать девять белорусских рублей 00 копеек',
      printedDay(order.lastDay),
    ]) {
      assert.ok(text.includes(said), `${said}: ${text}`)
    }
    assert.ok(file.length < 60_000, `${file.length} bytes: a part of the font is enough`)
    await client.later(DAY)
    const again = await invoiceOf(ground, client, order.number)
    assert.ok(again.file?.equals(file))
    await client.cabinet.chooseLanguage({ language: 'be' })
    const other = await invoiceOf(ground, client, order.number)
    assert.ok(other.file)
    assert.match(textOfPdf(other.file).replace(/\s+/g, ' '), /Дваццаць дзевяць беларускіх рублёў/)
  },

  'an invoice is its client’s alone': async (ground) => {
    const [mine, other] = [await aClient(ground), await aClient(ground)]
    const { order } = await other.order('month')
    const { refused } = await invoiceOf(ground, mine, order.number)
    assert.match(refused ?? '', /order\.unknown/)
    const unknown = await invoiceOf(ground, mine, 999_999_999)
    assert.match(unknown.refused ?? '', /order\.unknown/)
  },
}
