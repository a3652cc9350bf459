import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, BrowserContext, CDPSession, Page, Request } from 'playwright-core'
import { v7 } from 'uuid'
import { acquirerApi, type BankTransaction } from '#core/api/acquirer.ts'
import { client, type Send } from '#core/api/client.ts'
import type { Client, Outcome } from '#core/api/contract.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { type OperationView, registerApi } from '#core/api/register.ts'
import {
  type CardEntry,
  type FaultWish,
  type Paper,
  type ProcessName,
  standApi,
} from '#core/api/stand.ts'
import type { VirtualCardName } from '#core/demo/virtual-card.ts'
import type { Kind } from '#core/document/kinds.ts'
import { demoGoods } from '#stand/demo/goods.ts'
import { startStand } from '#stand/stand.ts'
import { openChromium } from '../../scripts/chromium.ts'
import { layShop, type Stores } from '../opened-shop.ts'

export type Shop = Awaited<ReturnType<typeof newShop>>

// Only what has gone wrong waits so long.
const DEADLINE_MS = 60_000
export const till = { width: 1280, height: 800 }
export const handheld = { width: 360, height: 640 }

/**
 * A whole shop of real processes on free ports and a folder of its own, gone after the tests. Files
 * that run together have one: each finds it as a shift was closed in it. The first of them says
 * where it keeps what it knows: embedded where a killed process has to come back by itself.
 */
export async function openShop(stores: Stores = 'server') {
  if (!opened) {
    opened = newShop(stores)
    return opened
  }
  const shop = await opened
  // It has its turn after every scene that was told before.
  await test('the shop comes to rest for those who come next', () => closeShift(shop))
  return shop
}

let opened: ReturnType<typeof newShop> | undefined
/** Hears how the shop is closed: by itself that is done after all tests of a file. */
let atEnd: (close: () => Promise<void>) => void = after

/** One shop for several files, one after the other. */
export async function together(files: readonly (() => Promise<unknown>)[]): Promise<void> {
  let close = async (): Promise<void> => {}
  // `after` has its turn whenever there are no more tests for a moment, as between two files.
  atEnd = (given) => {
    close = given
  }
  try {
    for (const load of files) await load()
  } finally {
    await test('the shop is closed', () => close())
  }
}

/** Whatever was left undone is done, or the next file has nothing to begin with. */
async function closeShift(shop: Shop): Promise<void> {
  await shop.resetFaults()
  const { processes } = done(await shop.standApi.processes({}))
  for (const { name, state } of processes) if (state === 'stopped') await shop.start(name)
  await until('все отвечают', async () => {
    const seen = done(await shop.standApi.processes({})).processes
    return seen.every(({ healthy }) => healthy) || undefined
  })
  done(await shop.administrator.changeSettings({ clearing: true }))
  await until('ничего не открыто', async () => {
    const { open, shift } = done(await shop.register.status({}))
    return (open.length === 0 && { shift }) || undefined
  })
  const { shift, cash } = done(await shop.register.status({}))
  if (shift && cash > 0) await carryOut(shop, 'withdrawal', { sum: cash })
  if (shift) await carryOut(shop, 'shift-closing')
}

async function newShop(stores: Stores) {
  const data = mkdtempSync(join(tmpdir(), 'zpos-e2e-'))
  await layShop(data, stores)
  const stand = await startStand({ data, ports: {} })
  const { addresses } = stand
  let browser: Browser | undefined
  atEnd(async () => {
    await browser?.close()
    await stand.stop()
    rmSync(data, { recursive: true, force: true })
  })
  const register = client(registerApi, sendWithCookie(addresses.register))
  const administrator = client(registerApi, sendWithCookie(addresses.register))
  const operator = client(operatorCabinetApi, sendWithCookie(addresses.operator))
  const processes = client(standApi, sendWithCookie(addresses.stand))
  done(await register.signIn({ user: 'Анна', pin: '1111' }))
  done(await administrator.signIn({ user: 'Ольга', pin: '9999' }))
  done(await operator.signIn({ email: 'client@demo.by', password: 'demo' }))
  const seen = async (name: ProcessName) =>
    done(await processes.processes({})).processes.find((each) => each.name === name)
  const papers = async (): Promise<Paper[]> => done(await processes.paper({})).papers
  return {
    addresses,
    /** The folder of all its processes. */
    data,
    /** As Анна, and as Ольга for what Анна has no right to. */
    register,
    administrator,
    operator,
    standApi: processes,
    papers,
    /** The newest paper that has the text on it, once it is printed. */
    paperWith: (text: string) =>
      until(`бумага с «${text}»`, async () =>
        (await papers()).findLast(({ lines }) => lines.join('\n').includes(text)),
      ),
    /** SIGKILL; returns when the process is gone. */
    kill: async (name: ProcessName) => void done(await processes.kill({ name })),
    /** Returns when the process answers. */
    start: async (name: ProcessName) => {
      done(await processes.start({ name }))
      await until(`${name} отвечает`, async () => (await seen(name))?.healthy || undefined)
    },
    /** Stops a process in the midst of its work; the answer lets it go on, if it still lives. */
    freeze: async (name: ProcessName) => freeze((await seen(name))?.pid),
    ...levers(processes),
    ...cards(processes),
    ...books(data, addresses.acquirerHttp),
    open: async (size = till) => {
      browser ??= await openChromium()
      // What still moves would be measured half-way: colours, places.
      const reducedMotion = 'reduce'
      return openPage(await browser.newContext({ viewport: size, locale: 'ru-RU', reducedMotion }))
    },
  }
}

const levers = (api: Client<typeof standApi>) => ({
  /** Brings a fault about, or takes it away; returns when it acts. */
  fault: async (name: FaultWish['name'], body: Omit<FaultWish, 'name'>) =>
    void done(await api.fault({ ...body, name })),
  faults: async () => done(await api.faults({})),
  /** Takes every fault away; time that was reached stays. */
  resetFaults: async () => void done(await api.reset({})),
  /** The id of a copy of the register's database, as it is now. */
  backup: async () => done(await api.backUp({})).id,
  /** Kills the register and puts the copy in its place; returns when the register answers. */
  restore: async (id: string) => void done(await api.restore({ id })),
})

const cards = (api: Client<typeof standApi>) => ({
  /** Taps a card: for whoever waits, or for the next who asks. True when somebody waited. */
  tap: async (card: VirtualCardName, entry: CardEntry = 'contactless') =>
    done(await api.tap({ card, entry })).waiting,
  /** What the reader waits for, once it waits. */
  readerWaits: () =>
    until('считыватель ждёт карту', async () => {
      const reader = done(await api.terminal({}))
      return reader.waiting ? reader : undefined
    }),
})

const books = (data: string, bank: string) => ({
  /** What the till's device holds in its own memory, read past every process. */
  deviceDocuments: () => deviceDocuments(data),
  /** What the bank itself booked, approved and reversed, whatever the register knows of it. */
  bankBooks: () => bankBooks(data, bank),
})

function freeze(pid: number | null | undefined): () => void {
  assert.ok(pid)
  process.kill(pid, 'SIGSTOP')
  return () => {
    if (existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGCONT')
  }
}

/** A test with a page of its own at the till; a failure leaves a screenshot and says where. */
export function scene(
  shop: Pick<Shop, 'open'> & { size?: typeof till },
  name: string,
  work: (page: Page) => Promise<unknown>,
): void {
  test(name, async (t) => {
    const page = await shop.open(shop.size)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(String(error)))
    try {
      await work(page)
      assert.deepEqual(errors, [], 'ошибки на странице')
    } catch (error) {
      const path = join(tmpdir(), `${basename(t.filePath ?? 'e2e', '.ts')}-${Date.now()}.png`)
      await page.screenshot({ path }).catch(() => {})
      t.diagnostic(`снимок экрана: ${path}`)
      throw error
    } finally {
      await page.context().close()
    }
  })
}

async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(DEADLINE_MS)
  const questions = new Set<Request>()
  asked.set(page, questions)
  page.on('request', (request) => request.resourceType() === 'fetch' && questions.add(request))
  page.on('requestfinished', (request) => questions.delete(request))
  page.on('requestfailed', (request) => questions.delete(request))
  return page
}

/** What a page has asked its server and has no answer to. */
const asked = new WeakMap<Page, Set<Request>>()

/** Until a screen has all that it asks for; a stream, which never ends, is no question. */
export async function loaded(page: Page): Promise<void> {
  await drawn(page)
  await until('экран загружен', async () => asked.get(page)?.size === 0 || undefined)
  await drawn(page)
}

const drawn = (page: Page) =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )

/** The value of an answer that must be «done». */
export function done<T>(answer: Outcome<T>): T {
  if (answer.kind !== 'done') assert.fail(`ответ: ${JSON.stringify(answer)}`)
  return answer.value
}

/** Asks again and again until there is something. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const last = Date.now() + DEADLINE_MS
  for (;;) {
    const value = await ask()
    if (value !== undefined) return value
    if (Date.now() > last) assert.fail(`не дождались: ${what}`)
    await pause(50)
  }
}

export const newId = (): string => v7()

/** Signs in as a person does. */
export async function signIn(page: Page, shop: Shop, user: 'Анна' | 'Ольга' = 'Анна') {
  await page.goto(shop.addresses.register)
  await page.getByRole('button', { name: user, exact: true }).click()
  await page.getByLabel('PIN', { exact: true }).fill(user === 'Анна' ? '1111' : '9999')
  await button(page, 'Войти').click()
  await heading(page, 'Главное меню').waitFor()
}

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
export const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { name, exact: true })

/** A wedge: the code and Enter, wherever the focus is. */
export const scan = (page: Page, code: string, gapMs = 5): Promise<void> =>
  wedge(page, [...code, 'Enter'], gapMs)

/**
 * Keys of a wedge, control characters as Ctrl with a key. They carry the moments of the wire, so
 * that they are as far apart as they were sent however busy the browser is when it comes to them.
 */
export async function wedge(page: Page, keys: readonly string[], gapMs = 5): Promise<void> {
  const wire = await (wires.get(page) ?? page.context().newCDPSession(page))
  wires.set(page, wire)
  const start = Date.now()
  const strokes = keys.flatMap((key, i) => {
    const stroke = { ...strokeOf(key), timestamp: (start + i * gapMs) / 1000 }
    return [{ ...stroke, type: 'keyDown' } as const, { ...stroke, type: 'keyUp' } as const]
  })
  // None waits for the one before: a wedge does not either.
  await Promise.all(strokes.map((stroke) => wire.send('Input.dispatchKeyEvent', stroke)))
}

/** A page's keyboard, plugged in once. */
const wires = new WeakMap<Page, CDPSession>()

function strokeOf(key: string) {
  const codes: Record<string, number> = { Enter: 13, Tab: 9 }
  const named = codes[key]
  if (named !== undefined) {
    return { key, code: key, windowsVirtualKeyCode: named, text: key === 'Enter' ? '\r' : '' }
  }
  const control = key < ' '
  const letter = control ? String.fromCharCode(key.charCodeAt(0) + 64) : key
  const code = letter === ']' ? 'BracketRight' : `${/\d/.test(letter) ? 'Digit' : 'Key'}${letter}`
  const windowsVirtualKeyCode = letter.toUpperCase().charCodeAt(0)
  return control
    ? { key: letter.toLowerCase(), code, windowsVirtualKeyCode, modifiers: 2 }
    : { key, code, windowsVirtualKeyCode, text: key }
}

/** From anywhere by the side menu. */
/** Signs out by the menu; a page that goes elsewhere before would leave the session as it was. */
export async function signOut(page: Page) {
  await choose(page, 'Сменить пользователя')
  await heading(page, 'Кто работает?').waitFor()
}

export async function choose(page: Page, item: string) {
  await button(page, 'Меню').click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

/** From the main menu to the question whether to close; the drawer is counted as empty (N12). */
export async function askToClose(page: Page): Promise<void> {
  await button(page, 'Закрыть смену').click()
  const question = page.getByRole('dialog')
  const none = button(page, 'Наличных нет')
  await none.or(question).first().waitFor()
  if (await none.isVisible()) await none.click()
  await question.waitFor()
}

/** What a row of facts says. */
export const factOf = (page: Page, name: string) =>
  page.locator('dl.facts > div', { has: page.getByText(name, { exact: true }) }).locator('dd')

/** An operation by the register's API that must come through. */
export async function carryOut(shop: Shop, kind: Kind, more: object = {}): Promise<OperationView> {
  const { id } = done(await shop.register.begin({ id: newId(), kind, ...more }))
  // A slow machine may lose the device's answer: then it is cleared up, as it is for a cashier.
  return until(`${kind}: операция проведена`, async () => {
    const view = done(await shop.register.operation({ id }))
    return view.state === 'registered' ? view : undefined
  })
}

export const demo = (name: string) => {
  const found = demoGoods.find((goods) => goods.name === name)
  assert.ok(found?.code, name)
  return { ...found, code: found.code }
}

export const bread = demo('Хлеб «Нарочанский край» подовый 450 г')
export const curd = demo('Творог «Рассвет» весовой 9 %')

/** A cash sale of one bread by the API. */
export const sellBread = (shop: Shop) =>
  carryOut(shop, 'sale', {
    lines: [{ code: bread.code, quantity: 1000 }],
    payments: [{ means: 'cash', sum: bread.price }],
  })

function deviceDocuments(data: string) {
  const db = new DatabaseSync(join(data, 'sko', 'sko.sqlite'), { readOnly: true })
  const rows = db.prepare('select number, operation, kind, uid, body from document order by number')
  const documents = rows.all().map((row) => {
    const { sum, at, settlement } = JSON.parse(String(row.body))
    return {
      number: Number(row.number),
      operation: String(row.operation),
      kind: String(row.kind),
      uid: String(row.uid),
      sum: Number(sum),
      at: Number(at),
      card: Number(settlement.card),
    }
  })
  db.close()
  return documents
}

async function bankBooks(data: string, address: string) {
  const token = readFileSync(join(data, 'acquirer', 'keys', 'token'), 'utf8').trim()
  const api = client(acquirerApi, sendWithCookie(address, { authorization: `Bearer ${token}` }))
  const all: BankTransaction[] = []
  for (let before: string | undefined, more = true; more; ) {
    const page = done(await api.transactions({ limit: 200, ...(before && { before }) }))
    all.push(...page.transactions)
    before = page.next ?? undefined
    more = before !== undefined
  }
  return all.filter(({ rrn, reversal }) => reversal || rrn !== null)
}

/** Like a browser: keeps the session's cookie. */
export function sendWithCookie(base: string, more: Record<string, string> = {}): Send {
  let cookie = ''
  return async ({ method, path, body }) => {
    try {
      const response = await fetch(new URL(path, base), {
        method,
        headers: {
          ...more,
          cookie,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body }),
        signal: AbortSignal.timeout(DEADLINE_MS),
      })
      cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
      return { status: response.status, body: await response.text() }
    } catch (error) {
      return { lost: String(error) }
    }
  }
}
