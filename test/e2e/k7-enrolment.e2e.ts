import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { client } from '#core/api/client.ts'
import { officeCabinetApi } from '#core/api/office-cabinet.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { registerApi } from '#core/api/register.ts'
import { skoApi } from '#core/api/sko.ts'
import { paper } from '#core/api/stand.ts'
import { kopecks } from '#core/money.ts'
import { leasePorts } from '#stand/ports.ts'
import { openPrinter } from '#stand/printer.ts'
import { openRoll } from '#stand/roll.ts'
import { buildPages } from '../../scripts/build-pages.ts'
import { openChromium } from '../../scripts/chromium.ts'
import { layDatabases } from '../embedded-postgres.ts'
import { examine } from './axe.ts'
import {
  button,
  done,
  handheld,
  heading,
  newId,
  scan,
  sendWithCookie,
  till,
  until,
} from './shop.ts'

// K7, C2: processes on empty folders, started by hand as the runbook says; people connect device
// and till in the cabinet, name who keeps the till, and go on to its first sale.

const data = mkdtempSync(join(tmpdir(), 'zpos-k7-'))
await buildPages()
await layDatabases(data)
/** Of the device that takes a broken one's place: nothing but its own key ever is in it. */
const anew = mkdtempSync(join(tmpdir(), 'zpos-k7-device-'))
const wanted = { operator: 0, sko: 0, register: 0, office: 0, printer: 0 }
const { ports, release } = await leasePorts(wanted, { host: '127.0.0.1', chance: Math.random })
const at = (name: keyof typeof ports) => `http://127.0.0.1:${ports[name]}`
const [MINE, FOREIGN] = [199_000_001, 199_000_002]
const shops = [
  { unp: '191234568', email: 'client@demo.by', company: 'ООО «Пример»', registerNumber: MINE },
  { unp: '100000007', email: 'other@demo.by', company: 'ООО «Другое»', registerNumber: FOREIGN },
] as const
const operatorSeed = join(data, 'operator-seed.json')
writeFileSync(
  operatorSeed,
  JSON.stringify({
    clients: shops.map(({ unp, company }) => ({ unp, company })),
    accounts: [
      ...shops.map(({ email, unp }) => ({ email, unp, password: 'demo', role: 'client' })),
      { email: 'staff@demo.by', password: 'demo', role: 'staff' },
    ],
    registers: shops.map(({ unp, registerNumber }) => ({
      registerNumber,
      unp,
      place: 'Магазин',
      address: 'Минск',
    })),
    devices: [],
  }),
)
const officeSeed = join(data, 'office-seed.json')
const CONTRACT = '2026-0117'
const [{ unp, company }] = shops
writeFileSync(
  officeSeed,
  JSON.stringify({
    tariffs: [{ tariff: 'week', name: 'Неделя', price: 900, days: 7 }],
    contracts: [{ number: CONTRACT, unp, company, concludedAt: Date.UTC(2026, 0, 12) }],
    equipment: [],
    accounts: [{ email: 'staff@demo.by', password: 'demo', role: 'staff' }],
  }),
)
const papers = openRoll(join(data, 'papers'), paper, () => {})
const printer = await openPrinter(
  { host: '127.0.0.1', port: ports.printer, now: Date.now, hasPaper: () => true },
  papers,
)

const alive = new Map<string, ChildProcess>()
function start(name: 'operator' | 'sko' | 'register' | 'office', folder = data): void {
  const entry = join(import.meta.dirname, '..', '..', 'services', name, 'main.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
    env: {
      PATH: process.env.PATH,
      ZPOS_DATA: folder,
      ZPOS_OPERATOR_PORT: String(ports.operator),
      ZPOS_SKO_PORT: String(ports.sko),
      ZPOS_REGISTER_PORT: String(ports.register),
      ZPOS_OPERATOR_URL: at('operator'),
      ZPOS_SKO_URL: at('sko'),
      ZPOS_OFFICE_PORT: String(ports.office),
      ZPOS_OPERATOR_SEED: operatorSeed,
      ZPOS_OFFICE_SEED: officeSeed,
      ZPOS_PRINTER: `127.0.0.1:${ports.printer}`,
      // The till hears of the office from the operator alone.
      ...(name === 'operator' && { ZPOS_OFFICE_URL: at('office') }),
    },
    stdio: 'ignore',
  })
  alive.set(name, child)
}
async function kill(name: string): Promise<void> {
  const child = alive.get(name)
  if (!child) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

let browser: Browser | undefined
after(async () => {
  await browser?.close()
  await Promise.all([...alive.keys()].map(kill))
  await printer.close()
  await release()
  rmSync(data, { recursive: true, force: true })
  rmSync(anew, { recursive: true, force: true })
})
start('office')
await until('биллинг отвечает', async () => {
  const answer = await fetch(`${at('office')}/health`).catch(() => null)
  return answer?.ok || undefined
})
for (const name of ['operator', 'sko', 'register'] as const) start(name)

const register = client(registerApi, sendWithCookie(at('register')))
/** What waits by the register's own word, once both have a code to show. */
const waiting = () =>
  until('касса и СКО показывают код', async () => {
    const answer = await register.setup({})
    if (answer.kind !== 'done') return undefined
    const { waiting: own, devices } = answer.value
    const [device] = devices
    return own?.code && device?.code ? { own, device } : undefined
  })

const openPage = async (): Promise<Page> => {
  browser ??= await openChromium()
  const context = await browser.newContext({ viewport: till, locale: 'ru-RU' })
  return context.newPage()
}

async function enter(page: Page, email: string, hash: string): Promise<void> {
  await page.goto(`${at('operator')}/${hash}`)
  await page.getByLabel('Почта', { exact: true }).fill(email)
  await page.getByLabel('Пароль', { exact: true }).fill('demo')
  await button(page, 'Войти').click()
}

async function look(page: Page, where: string): Promise<void> {
  await examine(page, `${where} 1280`)
  await page.setViewportSize(handheld)
  await examine(page, `${where} 360`, { colours: false })
  await page.setViewportSize(till)
}

type Waiting = NonNullable<Awaited<ReturnType<typeof waiting>>>

/** A client connects the device by the address that a QR brought. */
async function connectDevice({ device }: Waiting): Promise<void> {
  const cabinet = await openPage()
  await enter(cabinet, 'client@demo.by', `#/connect?code=${device.code}`)
  // What an address brought is typed in, and nothing more.
  assert.equal(await cabinet.getByLabel('Код', { exact: true }).inputValue(), device.code)
  await look(cabinet, 'Подключить кассу')
  await button(cabinet, 'Найти').click()
  await cabinet.getByText(`№ ${device.serial}`).waitFor()
  const mine = cabinet.getByRole('radio', { name: String(MINE) })
  await mine.waitFor()
  assert.equal(await cabinet.getByRole('radio').count(), 1, 'a foreign register is not there')
  await look(cabinet, 'Подключить кассу, найдено')
  await mine.check()
  await button(cabinet, 'Подключить').click()
  await cabinet.getByText(`подключено к РН СККО ${MINE}`).waitFor()
}

/** Staff connect the till, after a wrong code. */
async function connectTill({ own }: Waiting): Promise<void> {
  const staff = await openPage()
  await enter(staff, 'staff@demo.by', '#/connect')
  const code = staff.getByLabel('Код', { exact: true })
  await code.fill('bbbb-bbbb')
  await button(staff, 'Найти').click()
  await staff.getByText('Такого кода нет, или его время вышло').waitFor()
  await code.fill(String(own.code).toLowerCase().replace('-', ' '))
  await button(staff, 'Найти').click()
  await staff.getByText(`№ ${own.serial}`).waitFor()
  await staff.getByRole('radio').first().waitFor()
  await look(staff, 'Подключить кассу, сотрудник')
  assert.ok(await staff.getByRole('radio', { name: String(FOREIGN) }).isDisabled())
  await staff.getByRole('radio', { name: String(MINE) }).check()
  await button(staff, 'Подключить').click()
  await staff.getByText(`подключено к РН СККО ${MINE}`).waitFor()
}

async function killShop(): Promise<void> {
  await Promise.all([kill('sko'), kill('register')])
  start('sko')
  start('register')
}

test('device and till are connected by their codes, through kills', async () => {
  const before = await waiting()
  const page = await openPage()
  await page.goto(at('register'))
  await heading(page, 'Настройка кассы').waitFor()
  await page.getByText(before.own.code ?? '').waitFor()
  await page.getByText(before.device.code ?? '').waitFor()
  await look(page, 'Настройка кассы')
  await killShop()
  const after = await waiting()
  const codes = ({ own, device }: Waiting) => [own.code, device.code]
  assert.deepEqual(codes(after), codes(before))
  await connectDevice(after)
  await connectTill(after)
  // The page of the till goes on by itself.
  await nameAdministrator(page)
  const staff = await addToContract(after.own.serial)
  await button(page, 'Спросить ещё раз').click()
  await page.getByText('Касса есть в договоре').waitFor()
  done(await staff.signOut({}))
  await loadGoods(page)
  done(await register.signIn({ user: 'Ольга', pin: PIN }))
  const opened = done(await register.begin({ id: newId(), kind: 'shift-opening' }))
  assert.equal(opened.proof, 'proved')
  assert.equal(opened.document?.issuer.registerNumber, MINE)
  assert.equal(opened.document?.issuer.device, after.device.serial)
  await sellFirst(page)
})

const PIN = '7392'

/** K7: nobody may sign in yet; whoever stands at the till names herself, once. */
async function nameAdministrator(page: Page): Promise<void> {
  await heading(page, 'Первый администратор').waitFor()
  await look(page, 'Первый администратор')
  await page.getByLabel('Имя', { exact: true }).fill('Ольга')
  await page.getByLabel('PIN', { exact: true }).fill('1234')
  await page.getByLabel('PIN ещё раз', { exact: true }).fill('1234')
  await button(page, 'Продолжить').click()
  await page
    .getByText(/идут подряд/)
    .last()
    .waitFor()
  await page.getByLabel('PIN', { exact: true }).fill(PIN)
  await page.getByLabel('PIN ещё раз', { exact: true }).fill(PIN)
  await button(page, 'Продолжить').click()
  await heading(page, 'Первые шаги').waitFor()
  const { administrator } = done(await register.setup({}))
  assert.equal(administrator, 'known')
  const stranger = await register.firstAdministrator({ request: newId(), name: 'Чужой', pin: PIN })
  assert.equal(stranger.kind === 'refused' && stranger.code, 'administrator.known')
  await page.reload()
  await heading(page, 'Первые шаги').waitFor()
  await page.getByText(company).waitFor()
  await page.getByText('SN оборудования не найден').first().waitFor()
  await look(page, 'Первые шаги')
}

/** The office's staff write the till into the shop's contract, by the number that it shows. */
async function addToContract(serial: string) {
  const staff = client(officeCabinetApi, sendWithCookie(at('office')))
  done(await staff.signIn({ email: 'staff@demo.by', password: 'demo' }))
  done(await staff.saveEquipment({ serial, contract: CONTRACT }))
  const { contracts } = done(await staff.contracts({}))
  const account = contracts[0]?.account ?? ''
  done(await staff.payment({ id: newId(), account, sum: kopecks(900), note: 'оплата' }))
  done(await staff.subscribe({ serial, tariff: 'week', renews: false }))
  return staff
}

async function loadGoods(page: Page): Promise<void> {
  await button(page, 'Загрузить из файла').click()
  await heading(page, 'Импорт').waitFor()
  await page.locator('input[type=file]').setInputFiles({
    name: 'товары.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Название;Код;Цена\nХлеб;4810000000018;1,98\n'),
  })
  await button(page, 'Импортировать').click()
  await page.getByText('Импорт завершён').waitFor()
}

async function sellFirst(page: Page): Promise<void> {
  await page.goto(`${at('register')}/#/menu`)
  await page.getByRole('link', { name: /Первые шаги/ }).waitFor()
  await button(page, 'Продажа').click()
  await scan(page, '4810000000018')
  await button(page, 'К оплате').click()
  await button(page, 'Наличные').click()
  await page.getByLabel('Получено', { exact: true }).fill('2')
  await button(page, 'Провести').click()
  await page.getByText(/Документ № \d+ оформлен/).waitFor()
  await until('чек напечатан', async () => papers.shown().length >= 2 || undefined)
  await page.goto(`${at('register')}/#/first-steps`)
  await page.getByText('Первый чек пробит').waitFor()
  await look(page, 'Первые шаги, сделаны')
  await button(page, 'Готово').click()
  await heading(page, 'Главное меню').waitFor()
  assert.equal(await page.getByRole('link', { name: /Первые шаги/ }).count(), 0)
  await copyMemory(page)
}

/** K5: the till's memory is copied, listed and checked. */
async function copyMemory(page: Page): Promise<void> {
  await page.goto(`${at('register')}/#/settings/backups`)
  await page.getByText('Копий пока нет').waitFor()
  await button(page, 'Сделать копию').click()
  await page.getByRole('button', { name: /^Проверить / }).click()
  await page.getByText(/Копия от .* цела/).waitFor()
  await page.getByText(/операций — 0 .* чеков продажи — 0/).waitFor()
  await look(page, 'Резервные копии')
}

test('what was connected stays so, and the operator gets its documents', async () => {
  await killShop()
  const again = client(registerApi, sendWithCookie(at('register')))
  await until('касса снова отвечает', async () => {
    const answer = await again.setup({})
    return answer.kind === 'done' && answer.value.waiting === null ? true : undefined
  })
  done(await again.signIn({ user: 'Ольга', pin: PIN }))
  const moved = done(await again.begin({ id: newId(), kind: 'deposit', sum: 1000 }))
  assert.equal(moved.number, 3)
  const operator = client(operatorCabinetApi, sendWithCookie(at('operator')))
  done(await operator.signIn({ email: 'client@demo.by', password: 'demo' }))
  await until('документы у оператора', async () => {
    const { documents } = done(await operator.documents({}))
    return documents.length === 3 ? documents : undefined
  })
})

/** What the new device shows on its own machine. */
const codeOfNew = () =>
  until('новое СКО показывает код', async () => {
    const answer = await client(skoApi, sendWithCookie(at('sko'))).enrolment({})
    const [device] = answer.kind === 'done' ? answer.value.waiting : []
    return device?.code ? device : undefined
  })

/** A client names what gives way, and why. */
async function replaceDevice(code: string, serial: string, former: string): Promise<void> {
  const cabinet = await openPage()
  await enter(cabinet, 'client@demo.by', `#/connect?code=${code}`)
  await button(cabinet, 'Найти').click()
  await cabinet.getByText(`№ ${serial}`).waitFor()
  await cabinet.getByRole('radio', { name: String(MINE) }).check()
  const confirm = button(cabinet, 'Подключить')
  assert.ok(await confirm.isDisabled())
  await cabinet.getByLabel(`Заменить СКО № ${former}`).check()
  assert.ok(await confirm.isDisabled(), 'a reason is wanted')
  await cabinet.getByLabel('Причина замены').fill('Не включается')
  await look(cabinet, 'Заменить СКО')
  await confirm.click()
  await cabinet.getByText(`подключено к РН СККО ${MINE}`).waitFor()
}

test('a device that breaks in mid-shift is replaced, and the till goes on', async () => {
  const page = await openPage()
  await page.goto(at('register'))
  await button(page, 'Ольга').click()
  await page.getByLabel('PIN', { exact: true }).fill(PIN)
  await button(page, 'Войти').click()
  await heading(page, 'Главное меню').waitFor()
  const own = client(registerApi, sendWithCookie(at('register')))
  done(await own.signIn({ user: 'Ольга', pin: PIN }))
  const former = done(await own.status({})).issuer?.device ?? ''
  await kill('sko')
  // A sale is under way when it breaks: nobody can tell what became of it.
  const unknown = await own.begin({
    id: newId(),
    kind: 'sale',
    lines: [{ code: '4810000000018', quantity: 1000 }],
    payments: [{ means: 'cash', sum: 198 }],
  })
  assert.ok(unknown.kind === 'done' || unknown.kind === 'refused', JSON.stringify(unknown))
  start('sko', anew)
  const device = await codeOfNew()
  await replaceDevice(device.code ?? '', device.serial, former)
  await page.getByText('СКО заменено. Наличные прежнего СКО в ящике: 11.98 BYN').waitFor()
  await look(page, 'СКО заменено, смена закрыта')
  await button(page, 'Открыть смену').click()
  await button(page, 'Внести 11.98 BYN').waitFor()
  await look(page, 'СКО заменено, внести наличные')
  await button(page, 'Внести 11.98 BYN').click()
  await page.getByText('СКО заменено').waitFor({ state: 'detached' })
  const { issuer, cash, carried, open } = done(await own.status({}))
  assert.deepEqual([issuer?.device, cash, carried, open], [device.serial, 1198, 0, []])
})
