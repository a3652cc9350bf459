import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { writeAnswer } from '#core/card/answer.ts'
import { rrnOf } from '#core/card/rrn.ts'
import { decode } from '#core/iso8583/codec.ts'
import { formatMoney, kopecks } from '#core/money.ts'
import { framed, takeFrame } from '#services/runtime/frames.ts'
import { newTerminalKey, sealMessage, sealNamed } from '#services/runtime/line-seal.ts'
import { cardMoney } from './card-money.ts'
import { list } from './red-receipt.ts'
import { bread, button, carryOut, choose, done, openShop, scene, signIn, until } from './shop.ts'

// What of the bank's word the till believes, as a cashier sees it (V1).

const shop = await openShop()
await carryOut(shop, 'shift-opening')

const DEAR = kopecks(10 * bread.price)

/** Ten breads by card: more than the virtual card `partial` holds. */
async function sellTen(page: Parameters<typeof signIn>[0]): Promise<void> {
  await page.goto(`${shop.addresses.register}/#/sale`)
  const search = page.getByRole('searchbox', { name: 'Поиск товара' })
  for (let left = 10; left > 0; left -= 1) {
    await search.fill(bread.code)
    await search.press('Enter')
    await until('товар добавлен', async () => (await search.inputValue()) === '' || undefined)
  }
  // The field is free before the goods are there, and a receipt that is paid takes no more.
  const total = page.getByLabel('Итого', { exact: true })
  await total.filter({ hasText: formatMoney(DEAR) }).waitFor()
  await button(page, 'К оплате').click()
  // N11: the reader waits at once.
  await button(page, 'Карта').click()
}

/** Takes the bank's place and approves whatever it is asked, without the terminal's key. */
async function impersonateBank(): Promise<{
  approved: () => number
  heard: () => Buffer
  end: () => Promise<void>
}> {
  const [host = '', port = ''] = shop.addresses.acquirer.split(':')
  // With its bank dead the stand's line is gone, and its address free.
  await shop.kill('acquirer')
  const sockets = new Set<Socket>()
  const heard: Buffer[] = []
  let approved = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.unref()
    socket.on('error', () => {})
    socket.on('data', (part) => {
      heard.push(part)
      const frame = takeFrame(part, 4096)
      const answer = frame && frame !== 'bad' ? falseWord(frame.body) : null
      if (!answer) return
      approved += 1
      socket.write(framed(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(Number(port), host, resolve))
  // A scene that fails leaves it behind: it must not keep the file from its end.
  server.unref()
  return {
    approved: () => approved,
    heard: () => Buffer.concat(heard),
    end: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      await shop.start('acquirer')
    },
  }
}

/** «Approved», in every form that can be made without the key. */
function falseWord(frame: Uint8Array): Uint8Array | null {
  const decoded = decode(frame)
  const named = decoded.kind === 'message' ? sealNamed(decoded.message) : null
  if (decoded.kind !== 'message' || !named) return randomBytes(40)
  const now = Date.now()
  const sum = kopecks(Number(decoded.message.fields[4] ?? DEAR))
  const approval = { code: '000', rrn: rrnOf(now, 1), auth: '000001', day: 1, sum } as const
  const reply =
    decoded.message.type === '1604'
      ? ({ code: '600', fate: { fate: 'approved', ...approval } } as const)
      : ({ code: '000', approval } as const)
  const answer = writeAnswer(decoded.message, reply, now)
  const key = { id: named.id, secret: newTerminalKey().secret }
  const sealed = answer && sealMessage(answer, { key, nonce: named.nonce }, 'answers')
  return sealed?.kind === 'bytes' ? sealed.bytes : null
}

scene(shop, 'A3: a part approved is told with both sums, and goes back', async (page) => {
  await signIn(page, shop)
  await sellTen(page)
  assert.equal((await shop.readerWaits()).sum, DEAR)
  await shop.tap('partial')
  const said = page.getByText(/Банк одобрил 10\.00 вместо .*чек не оформлен/)
  await said.first().waitFor()
  await shop.paperWith('ТЕХНИЧЕСКАЯ ОТМЕНА')
  await until('деньги вернулись', async () => {
    const { bank, papers } = await cardMoney(shop)
    return (bank === 0 && papers === 0) || undefined
  })
})

scene(shop, 'V1: an impostor in the bank’s place sells nothing and is named', async (page) => {
  const impostor = await impersonateBank()
  await signIn(page, shop)
  await sellTen(page)
  await shop.readerWaits()
  await shop.tap('ok')
  await page.getByText('Банк не прошёл проверку').first().waitFor()
  // One message at a time (H7): the red receipt waits behind it.
  await page.getByRole('button', { name: /^Ещё/ }).click()
  await page
    .getByText(/Операция на ПКС не выполнена/)
    .first()
    .waitFor()
  assert.ok(impostor.approved() > 1)
  assert.ok(!impostor.heard().includes('9999990000000014'), 'it learns no card number')
  assert.equal(shop.deviceDocuments().filter(({ kind }) => kind === 'sale').length, 0)
  await impostor.end()
  await page.getByText('Банк не прошёл проверку').first().waitFor({ state: 'detached' })
  await until('красный чек снят', async () =>
    done(await shop.register.status({})).open.length === 0 ? true : undefined,
  )
  await choose(page, 'Чеки')
  await list(page).waitFor()
  const { bank, papers } = await cardMoney(shop)
  assert.deepEqual([bank, papers], [0, 0])
})
