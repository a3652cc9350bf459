import assert from 'node:assert/strict'
import { client } from '#core/api/client.ts'
import { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import {
  askToClose,
  carryOut,
  done,
  heading,
  newId,
  openShop,
  scene,
  sellBread,
  sendWithCookie,
  signIn,
  until,
} from './shop.ts'

const shop = await openShop()
await carryOut(shop, 'shift-opening')
const staff = client(operatorCabinetApi, sendWithCookie(shop.addresses.operator))
done(await staff.signIn({ email: 'staff@demo.by', password: 'demo' }))
const own = await until('касса известна оператору', async () =>
  done(await shop.operator.registers({})).registers.find(({ number }) => number > 0),
)

const FAILED = 'Ошибка передачи документов'
const delivered = () =>
  until('всё у оператора', async () =>
    done(await shop.register.facts({})).unsent === 0 ? true : undefined,
  )

scene(
  shop,
  'S5.1–S5.3: the cause is told apart, work goes on, all arrive in order',
  async (page) => {
    await signIn(page, shop)
    const message = page.getByRole('alert').filter({ hasText: FAILED })
    await shop.fault('internet.down', { on: true })
    await sellBread(shop)
    await sellBread(shop)
    await message.getByText(/Нет подключения к интернету/).waitFor()
    await message.getByText(/Проверьте подключение/).waitFor()
    await page.getByRole('banner').getByText('Не отправлено: 2').waitFor()
    await shop.fault('internet.down', { on: false })
    await message.waitFor({ state: 'detached' })
    await delivered()

    await shop.fault('operator.down', { on: true })
    await sellBread(shop)
    await message.getByText(/Интернет есть, но оператор не отвечает/).waitFor()
    await message.getByText(/Обратитесь к оператору программных касс/).waitFor()
    await shop.fault('operator.down', { on: false })
    await message.waitFor({ state: 'detached' })

    done(await staff.block({ register: own.registerNumber, reason: 'долг' }))
    await sellBread(shop)
    await message.getByText(/касса заблокирована оператором/).waitFor()
    await message.getByText(/Обратитесь к оператору программных касс/).waitFor()
    done(await staff.unblock({ register: own.registerNumber }))
    await message.waitFor({ state: 'detached' })
    await delivered()
    const { documents } = done(await shop.operator.documents({ limit: 200 }))
    const device = shop.deviceDocuments()
    assert.deepEqual(
      documents.map(({ uid }) => uid).toReversed(),
      device.map(({ uid }) => uid),
      'each once, in order',
    )
  },
)

scene(shop, 'S5.4: from the fifth day a warning, after the seventh no work', async (page) => {
  await signIn(page, shop)
  await shop.fault('operator.down', { on: true })
  await carryOut(shop, 'deposit', { sum: 100 })
  await shop.fault('clock', { advanceHours: 5 * 24 })
  // The session of the day the shop opened is long over, and the page says so by itself.
  await heading(page, 'Кто работает?').waitFor()
  await signIn(page, shop)
  const message = page.getByRole('alert').filter({ hasText: FAILED })
  await message.getByText(/До остановки работы осталось/).waitFor()
  await shop.fault('clock', { advanceHours: 3 * 24 })
  await heading(page, 'Кто работает?').waitFor()
  await signIn(page, shop)
  await message.getByText(/Фискальные операции остановлены/).waitFor()
  await askToClose(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Да', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: 'больше 7 суток' }).waitFor()

  await shop.fault('operator.down', { on: false })
  done(await shop.register.signIn({ user: 'Анна', pin: '1111' }))
  await delivered()
  await until('работа восстановлена', async () => {
    const { cash } = done(await shop.register.status({}))
    const wish = { id: newId(), kind: 'withdrawal' as const, sum: cash }
    const answer = await shop.register.begin(wish)
    return (answer.kind === 'done' && answer.value.state === 'registered') || undefined
  })
  await askToClose(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Да', exact: true }).click()
  await heading(page, 'Z-отчёт').waitFor()
})
