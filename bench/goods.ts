import { loadavg } from 'node:os'
import { demoPeople } from '#core/demo/shop.ts'
import { kopecks } from '#core/money.ts'
import { stockWords } from '#core/words/stock.ts'
import { type Cell, csvOf, xlsxOf } from '#services/runtime/spreadsheet.ts'
import { signIn } from './client.ts'
import { inBrowser } from './goods-looks.ts'
import { codeOf, nameOf, ROWS } from './goods-rows.ts'
import { shown, summary, timed } from './measure.ts'
import { openShop, type Shop } from './processes.ts'

// `npm run bench -- goods [--rows N]`: a file of 100,000 goods read and written while the till
// sells, and what a browser needs for a list, a search and a scan among them.

const ALONE = 300

const textual = (text: string): Cell => ({ is: 'text', text })
const cellsOf = (n: number): Cell[] => [
  textual(nameOf(n)),
  textual(codeOf(n)),
  textual(`G ${n % 40}`),
  { is: 'money', sum: kopecks(100 + (n % 90_000)) },
]

async function* rows() {
  for (let n = 0; n < ROWS; n += 1) yield cellsOf(n)
}

async function fileOf(as: 'csv' | 'xlsx'): Promise<Uint8Array<ArrayBuffer>> {
  const table = { head: Object.values(stockWords.ru.columns), rows: rows() }
  const kept: Uint8Array[] = []
  for await (const part of as === 'csv' ? csvOf(table) : xlsxOf(table)) kept.push(part)
  return new Uint8Array(Buffer.concat(kept))
}

type Administrator = (method: string, path: string, body?: BodyInit) => Promise<Response>

async function administrator({ url }: Shop): Promise<Administrator> {
  const who = JSON.stringify({ user: demoPeople.administrator, pin: '9999' })
  const signedIn = await fetch(`${url}/api/session`, { method: 'POST', body: who })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  return async (method, path, body) => {
    const answer = await fetch(`${url}${path}`, { method, headers: { cookie }, body: body ?? null })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
}

/** From the first byte to the last row written, in seconds; `meanwhile` is called until then. */
async function load(ask: Administrator, as: 'csv' | 'xlsx', meanwhile: () => Promise<void>) {
  const file = await fileOf(as)
  const from = performance.now()
  const sent = await ask('POST', `/api/imports?name=goods.${as}`, file)
  const { id } = (await sent.json()) as { id: string }
  const until = async (state: string): Promise<void> => {
    for (;;) {
      const view = await (await ask('GET', `/api/imports/${id}`)).json()
      const { state: is, failed } = view as { state: string; failed: unknown }
      if (is === state) return
      if (failed !== null) throw new Error(JSON.stringify(failed))
      await meanwhile()
    }
  }
  const unsaid = { group: 'G', unit: 'piece', vat: 20 }
  await ask('POST', `/api/imports/${id}/reading`, JSON.stringify({ unsaid }))
  await until('read')
  const readS = (performance.now() - from) / 1000
  await ask('POST', `/api/imports/${id}/application`)
  await until('done')
  return { readS, wholeS: (performance.now() - from) / 1000 }
}

async function importing(as: 'csv' | 'xlsx', looked: (shop: Shop) => Promise<void>) {
  const shop = await openShop({ printing: false })
  const cashier = await signIn(shop)
  await cashier.operation({ kind: 'shift-opening' })
  await timed(100, cashier.sell, [])
  const [alone, beside]: [number[], number[]] = [[], []]
  await timed(ALONE, cashier.sell, alone)
  const ask = await administrator(shop)
  const took = await load(ask, as, () => timed(1, cashier.sell, beside))
  await looked(shop)
  cashier.close()
  await shop.stop()
  return { as, took, alone: summary(alone), beside: summary(beside) }
}

const browsed: string[] = []
const look = async (shop: Shop) => void browsed.push(...(await inBrowser(shop)))
const imports = [await importing('csv', look), await importing('xlsx', async () => {})]
for (const { as, took, alone, beside } of imports) {
  console.log(`${as}: read ${took.readS.toFixed(1)} s, whole ${took.wholeS.toFixed(1)} s (≤ 20 s)
  a sale alone   ${shown(alone)}
  beside it      ${shown(beside)}   p99 ${(beside.p99 / alone.p99).toFixed(2)} of alone`)
}
console.log(browsed.join('\n'))
console.log(`load ${loadavg()[0]?.toFixed(1)}, ${ROWS} goods`)
