import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usualPrinter } from '#core/api/register-equipment.ts'
import { MINUTE } from '#core/time.ts'
import { goods, openTill, type Till } from '#test/till.ts'

const network = usualPrinter({ host: '192.168.1.50', port: 9100 }, 48)
const withDrawer = Object.assign({}, network, { drawer: 'after', drawerPin: 5 })

const asOlga = (body?: object) => (body ? { as: 'Ольга', body } : { as: 'Ольга' })
const change = (till: Till, body: object, as = 'Ольга') =>
  till.ask('PUT', '/api/equipment/printer', { as, body })
const inOrder = (till: Till) =>
  till.printer.papers.map(({ id, opensDrawer }) => ({ id, opensDrawer }))

test('K4: the printer set on the page prints, outlives a kill, and is an act', async () => {
  const till = await openTill()
  const usual = (await till.ask('GET', '/api/equipment', asOlga())).body
  assert.equal(usual.isPrinterUsual, true)
  assert.equal((await change(till, network, 'Анна')).body.code, 'right.required')
  assert.deepEqual((await change(till, network)).body, network)
  await till.restart()
  const now = (await till.ask('GET', '/api/equipment', asOlga())).body
  assert.deepEqual(now, { printer: network, isPrinterUsual: false, scale: null })
  await till.begin('shift-opening')
  await till.print()
  assert.deepEqual(till.printer.papers[0]?.printer, network)
  await change(till, withDrawer)
  const { acts } = (await till.ask('GET', '/api/acts?what=setting-changed', asOlga())).body
  assert.deepEqual(acts[0].facts.changes, [{ field: 'drawer', from: 'off', to: 'after 5' }])
  assert.deepEqual(acts[1].facts.changes[0], {
    field: 'printer',
    from: null,
    to: '192.168.1.50:9100',
  })
})

test('papers that wait go to another printer; only one of unknown fate is a repeat', async () => {
  const till = await openTill()
  await till.begin('shift-opening')
  await till.begin('deposit', { sum: 1000 })
  till.printer.answers.push({ kind: 'unsent', why: 'refused' })
  await till.printOne()
  till.printer.answers.push({ kind: 'unknown', why: 'closed' })
  await till.printOne()
  await change(till, withDrawer)
  await till.print()
  assert.equal((await till.status()).printer.waiting, 0)
  const papers = till.printer.papers.map(({ id, printer, rows }) => ({
    id,
    isNew: printer.drawer === 'after',
    isRepeat: JSON.stringify(rows).includes('ПОВТОР'),
  }))
  const [first] = papers
  assert.deepEqual(papers, [
    { id: first?.id, isNew: false, isRepeat: false },
    { id: first?.id, isNew: false, isRepeat: false },
    { id: first?.id, isNew: true, isRepeat: true },
    { id: (first?.id ?? 0) + 1, isNew: true, isRepeat: false },
  ])
})

test('the drawer opens with cash alone, once, and not for a paper that comes late', async () => {
  const till = await openTill()
  await change(till, withDrawer)
  await till.begin('shift-opening')
  await till.begin('deposit', { sum: 1000 })
  const sold = (await till.begin('sale', goods(500))).body
  assert.equal(sold.state, 'registered')
  await till.ask('POST', `/api/operations/${sold.id}/copy`, { body: {} })
  await till.print()
  assert.deepEqual(
    till.printer.papers.map(({ opensDrawer }) => opensDrawer),
    [false, true, true, false],
  )
  // Of unknown fate: the drawer may be open already.
  await till.begin('withdrawal', { sum: 100 })
  till.printer.answers.push({ kind: 'unknown', why: 'no-answer' })
  await till.print()
  assert.deepEqual(
    inOrder(till)
      .slice(-2)
      .map(({ opensDrawer }) => opensDrawer),
    [true, false],
  )
  await till.begin('deposit', { sum: 1000 })
  till.clock.advance(3 * MINUTE)
  await till.print()
  assert.equal(till.printer.papers.at(-1)?.opensDrawer, false)
})

test('a printer is tried before it is set: what it let hear is told, and is an act', async () => {
  const till = await openTill()
  const tryIt = (body: object, as = 'Ольга') =>
    till.ask('POST', '/api/equipment/printer/try', { as, body })
  assert.equal((await tryIt(network, 'Анна')).status, 403)
  assert.equal((await tryIt(network)).body.heard, 'printed')
  const [paper] = till.printer.papers
  assert.deepEqual(paper?.printer, network)
  assert.match(JSON.stringify(paper?.rows), /ПРОВЕРКА ПРИНТЕРА/)
  till.printer.answers.push(
    { kind: 'refused', code: 'no-paper' },
    { kind: 'unsent', why: 'refused' },
    { kind: 'unknown', why: 'no-answer' },
  )
  const heard = [await tryIt(network), await tryIt(network), await tryIt(network)]
  assert.deepEqual(
    heard.map(({ body }) => body.heard),
    ['no-paper', 'refused', 'silent'],
  )
  const { acts } = (await till.ask('GET', '/api/acts?what=printer-tried', asOlga())).body
  assert.deepEqual(acts[0].facts, { subject: '192.168.1.50:9100', code: 'silent' })
  assert.equal((await till.ask('GET', '/api/equipment', asOlga())).body.isPrinterUsual, true)
  assert.equal((await till.status()).printer.waiting, 0)
})

test('an address that leads elsewhere is refused by its field', async () => {
  const till = await openTill()
  const places: [object, string][] = [
    [{ kind: 'network', host: '192.168.1.50', port: 22 }, 'place.port'],
    [{ kind: 'network', host: '192.168.1.50', port: 70_000 }, 'place.port'],
    [{ kind: 'network', host: 'http://bank/', port: 9100 }, 'place.host'],
    [{ kind: 'network', host: '-oProxyCommand=x', port: 9100 }, 'place.host'],
    [{ kind: 'network', host: 'a b', port: 9100 }, 'place.host'],
    [{ kind: 'device', path: '/dev/usb/../mem' }, 'place.path'],
    [{ kind: 'device', path: '/dev/sda' }, 'place.path'],
    [{ kind: 'device', path: '/etc/passwd' }, 'place.path'],
    [{ kind: 'device', path: '/dev/usb/lp0\u0000' }, 'place.path'],
    [{ kind: 'device', path: '/dev/usb/lp0', host: 'x' }, 'place.host'],
  ]
  for (const [place, field] of places) {
    const body = Object.assign({}, network, { place })
    for (const answer of [
      await change(till, body),
      await till.ask('POST', '/api/equipment/printer/try', { as: 'Ольга', body }),
    ]) {
      assert.deepEqual([answer.status, answer.body.field], [400, field], JSON.stringify(place))
    }
  }
  const device = Object.assign({}, network, { place: { kind: 'device', path: '/dev/usb/lp0' } })
  assert.equal((await change(till, device)).status, 200)
  assert.deepEqual(till.printer.papers, [])
})

test('a till without a scale says so; whose scale it is is an act', async () => {
  const till = await openTill()
  assert.deepEqual((await till.ask('GET', '/api/scale')).body, { isSet: false })
  const none = { heard: 'none', grams: null }
  assert.deepEqual((await till.ask('POST', '/api/scale/weigh', { body: {} })).body, none)
  const put = (scale: object | null, as = 'Ольга') =>
    till.ask('PUT', '/api/equipment/scale', { as, body: { scale } })
  const place = { kind: 'device', path: '/dev/ttyUSB0' }
  assert.equal((await put({ place }, 'Анна')).status, 403)
  assert.deepEqual((await put({ place })).body, { scale: { place } })
  await till.restart()
  assert.deepEqual((await till.ask('GET', '/api/scale')).body, { isSet: true })
  assert.deepEqual((await put(null)).body, { scale: null })
  assert.deepEqual((await till.ask('GET', '/api/scale')).body, { isSet: false })
  const { acts } = (await till.ask('GET', '/api/acts?what=setting-changed', asOlga())).body
  assert.deepEqual(acts[0].facts.changes, [{ field: 'scale', from: '/dev/ttyUSB0', to: null }])
})

test('K4: the terminal is tried by an echo, without a shift; nothing is charged', async () => {
  const till = await openTill()
  const tried = async (as = 'Ольга') =>
    (await till.ask('POST', '/api/equipment/terminal/try', { as, body: {} })).body
  assert.equal((await tried('Анна')).code, 'right.required')
  const { heard, day } = await tried()
  assert.deepEqual([heard, day], ['connected', 1])
  till.impersonate({ at: 'bank', answer: () => ({ status: 200, body: '0011' }) })
  assert.equal((await tried()).heard, 'forged')
  till.impersonate(null)
  till.set({ bankDown: true })
  const away = await tried()
  assert.deepEqual([away.heard, away.day, away.code], ['unsent', null, null])
  till.set({ bankDown: false })
  const hanging = till.bank.hang()
  const silent = tried()
  await hanging
  assert.equal((await tried()).code, 'server.busy', 'one at a time')
  void silent
  assert.equal(await till.bank.charged(), 0)
  assert.deepEqual(await till.status().then(({ shift }) => shift), null)
  const { acts } = (await till.ask('GET', '/api/acts?what=terminal-tried', asOlga())).body
  assert.deepEqual(
    acts.map(({ facts }: { facts: { code: string } }) => facts.code),
    ['bank-unsent', 'bank-forged', 'bank-connected'],
  )
})
