import { plainGoods } from '#core/demo/shop.ts'
import { openWorld, type World } from '#sim/world.ts'
import { summary } from './measure.ts'

// The cost of a sale and of a closing as the documents grow in number, in the real code of
// register and device over memory: what grows with the documents shows, no disk hides it.

const line = { name: plainGoods[0], price: 159, quantity: 1000, vat: 10 }
const sale = { kind: 'sale', lines: [line, line, line], payments: [{ means: 'cash', sum: 1000 }] }
const WINDOW = 300

let made = 0
async function operation(world: World, wish: object): Promise<number> {
  made += 1
  const id = `0197a2b4-0000-7000-8000-${String(made).padStart(12, '0')}`
  const from = performance.now()
  const answer = await world.ask('POST', '/api/operations', { id, ...wish })
  if (answer?.body.state !== 'registered') throw new Error(JSON.stringify(answer))
  return performance.now() - from
}

/** Median of a sale, and a closing, in one shift that holds ever more documents. */
export async function growth(sizes: readonly number[]) {
  const rows: { documents: number; saleMs: number; closingMs: number }[] = []
  for (const documents of sizes) {
    const world = await openWorld()
    await operation(world, { kind: 'shift-opening' })
    for (let i = 0; i < documents - WINDOW; i += 1) await operation(world, sale)
    const latencies: number[] = []
    for (let i = 0; i < WINDOW; i += 1) latencies.push(await operation(world, sale))
    const { cash } = (await world.ask('GET', '/api/status'))?.body ?? {}
    await operation(world, { kind: 'withdrawal', sum: cash })
    const closingMs = await operation(world, { kind: 'shift-closing' })
    rows.push({ documents, saleMs: summary(latencies).p50, closingMs })
  }
  return rows
}

/** Durable commits of one sale, counted: before its answer, and after it for the paper. */
export async function commitsOfASale(): Promise<{ before: number; after: number }> {
  let commits = 0
  const world = await openWorld((_, where) => {
    if (where.startsWith('after ') && where !== 'after printing') commits += 1
    return false
  })
  await operation(world, { kind: 'shift-opening' })
  await world.print()
  commits = 0
  await operation(world, sale)
  const before = commits
  await world.print()
  return { before, after: commits - before }
}
