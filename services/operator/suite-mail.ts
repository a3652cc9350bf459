import assert from 'node:assert/strict'
import { DAY, HOUR, MINUTE } from '#core/time.ts'
import { newDeviceKey } from '#services/runtime/device-keys.ts'
import { silentLog } from '#services/runtime/log.ts'
import type { Mail, MailFate } from '#services/runtime/mail.ts'
import { startMailing } from './mailing.ts'
import { aStaff, aVisitor, doneOf, type Ground } from './suite-ground.ts'
import { asked, aTillAt } from './suite-measures.ts'

/** A step of the mailing by hand, and a post whose fates are given; the last one stays. */
function aMailing({ db, clock }: Ground, to: string, fates: MailFate[] = ['taken']) {
  const sent: Mail[] = []
  let step: () => Promise<number> = async () => 0
  startMailing({
    db,
    clock,
    log: silentLog,
    cabinetUrl: 'https://operator.example',
    post: {
      send: async (mail) => {
        if (mail.to !== to) return { fate: 'taken', said: '' }
        sent.push(mail)
        return { fate: (fates.length > 1 ? fates.shift() : fates[0]) ?? 'taken', said: '' }
      },
      close: () => {},
    },
    repeat: (work) => {
      step = work
      return { wake: () => {}, stop: async () => {} }
    },
  })
  return { sent, step: () => step(), subjects: () => sent.map(({ subject }) => subject) }
}

/** What clients are told of by mail. */
export const mailPromises: Record<string, (ground: Ground) => Promise<void>> = {
  'a block is told once when it stands for a minute, and once when it is lifted': async (
    ground,
  ) => {
    const { clock } = ground
    const { email, registerNumber: register } = await aVisitor(ground)
    const { cabinet: staff } = await aStaff(ground)
    const mailing = aMailing(ground, email)
    await staff.block({ register, reason: 'долг' })
    await mailing.step()
    assert.deepEqual(mailing.subjects(), [], 'it may have been a slip')
    clock.advance(MINUTE)
    for (let n = 0; n < 3; n++) await mailing.step()
    assert.deepEqual(mailing.subjects(), [`Касса № ${register} заблокирована оператором`])
    assert.match(mailing.sent[0]?.text ?? '', /Причина: долг/)
    await staff.unblock({ register })
    for (let n = 0; n < 3; n++) await mailing.step()
    assert.deepEqual(mailing.subjects().slice(1), [`Касса № ${register} больше не заблокирована`])
  },

  'a block that is lifted in the same minute is told to nobody': async (ground) => {
    const { email, registerNumber: register } = await aVisitor(ground)
    const { cabinet: staff } = await aStaff(ground)
    const mailing = aMailing(ground, email)
    await staff.block({ register, reason: 'долг' })
    await mailing.step()
    await staff.unblock({ register })
    ground.clock.advance(HOUR)
    await mailing.step()
    assert.deepEqual(mailing.sent, [])
  },

  'what may not have arrived is sent again under the same id, later and later': async (ground) => {
    const { clock } = ground
    const { email, registerNumber: register } = await aVisitor(ground)
    const { cabinet: staff } = await aStaff(ground)
    const mailing = aMailing(ground, email, ['unknown', 'unknown', 'taken'])
    await staff.warn({ register, reason: 'долг' })
    await mailing.step()
    clock.advance(MINUTE)
    for (let n = 0; n < 3; n++) await mailing.step()
    assert.equal(mailing.sent.length, 1, 'not before its time')
    for (let n = 0; n < 3; n++) {
      clock.advance(HOUR)
      await mailing.step()
    }
    assert.equal(mailing.sent.length, 3)
    assert.equal(new Set(mailing.sent.map(({ id }) => id)).size, 1)
  },

  'what a server refuses for ever, or nobody takes for three days, is given up': async (ground) => {
    const { clock, db } = ground
    const { email, registerNumber: register } = await aVisitor(ground)
    const { cabinet: staff } = await aStaff(ground)
    const mailing = aMailing(ground, email, ['unknown'])
    await staff.warn({ register, reason: 'долг' })
    await mailing.step()
    clock.advance(MINUTE)
    await mailing.step()
    clock.advance(3 * DAY + HOUR)
    await mailing.step()
    const tried = mailing.sent.length
    clock.advance(DAY)
    await mailing.step()
    assert.equal(mailing.sent.length, tried)
    const rows = await db.query<{ state: string }>('select state from mail where email = $1', [
      email,
    ])
    assert.deepEqual(rows, [{ state: 'given-up' }])
  },

  'a person reads her own language, and who is out reads nothing': async (ground) => {
    const { clock, db } = ground
    const one = await aVisitor(ground)
    await one.cabinet.chooseLanguage({ language: 'en' })
    const { cabinet: staff } = await aStaff(ground)
    const mailing = aMailing(ground, one.email)
    await staff.warn({ register: one.registerNumber, reason: 'debt' })
    await mailing.step()
    clock.advance(MINUTE)
    await mailing.step()
    assert.match(mailing.subjects().join(), /^Register № \d+: warned of a block$/)
    const other = await aVisitor(ground)
    await db.query('update account set disabled_at = 1 where email = $1', [other.email])
    const silent = aMailing(ground, other.email)
    await staff.warn({ register: other.registerNumber, reason: 'долг' })
    await silent.step()
    clock.advance(MINUTE)
    await silent.step()
    assert.deepEqual(silent.sent, [])
  },

  'documents unsent for a day are told once, and once when they have come': async (ground) => {
    const { clock, db } = ground
    const one = await aVisitor(ground)
    const { device, registerNumber: register, email, chain, api } = one
    const [first, second] = chain(2)
    assert.ok(first && second)
    assert.equal((await api.submit({ device, documents: [first] })).kind, 'done')
    const since = clock.now()
    const say = (made: number, oldest: number | null) =>
      db.query('update device set made = $2, oldest_unsent_at = $3 where device = $1', [
        device,
        made,
        oldest,
      ])
    await say(2, since)
    const mailing = aMailing(ground, email)
    await mailing.step()
    clock.advance(DAY)
    await mailing.step()
    assert.deepEqual(mailing.subjects(), [], 'not before a day is over')
    clock.advance(1)
    for (let n = 0; n < 3; n++) await mailing.step()
    const begun = `Касса № ${register}: документы не отправлены больше суток`
    assert.deepEqual(mailing.subjects(), [begun])
    assert.match(mailing.sent[0]?.text ?? '', /Ждут отправки: 1,/)
    assert.equal((await api.submit({ device, documents: [second] })).kind, 'done')
    await mailing.step()
    await say(3, since)
    await mailing.step()
    await say(2, null)
    await mailing.step()
    assert.deepEqual(mailing.subjects(), [begun], 'a line that comes and goes is no end')
    clock.advance(10 * MINUTE)
    for (let n = 0; n < 3; n++) await mailing.step()
    assert.deepEqual(mailing.subjects().slice(1), [`Касса № ${register}: все документы отправлены`])
  },

  'a receipt that is red for an hour is told once, and once when it is settled, of a till alone':
    async (ground) => {
      const { clock } = ground
      const one = await aVisitor(ground)
      const { device, registerNumber: register, email, api } = one
      const key = await aTillAt(ground, register)
      const redSince = clock.now()
      const say = async (red: number) => {
        const since = red === 0 ? null : redSince
        const told = { device, at: clock.now(), red, redSince: since }
        doneOf(await api.askMeasures(asked(key, told)))
      }
      const mailing = aMailing(ground, email)
      await say(1)
      clock.advance(HOUR)
      await mailing.step()
      assert.deepEqual(mailing.subjects(), [], 'not before an hour is over')
      clock.advance(1)
      for (let n = 0; n < 3; n++) await mailing.step()
      const begun = `Касса № ${register}: красный чек старше часа`
      assert.deepEqual(mailing.subjects(), [begun])
      const forged = asked(newDeviceKey(), { device, at: clock.now() })
      assert.equal((await api.askMeasures(forged)).kind, 'refused')
      clock.advance(MINUTE)
      await say(0)
      await mailing.step()
      clock.advance(MINUTE)
      await say(1)
      await mailing.step()
      assert.deepEqual(mailing.subjects(), [begun], 'one that comes back is no news')
      clock.advance(MINUTE)
      await say(0)
      await mailing.step()
      clock.advance(10 * MINUTE)
      for (let n = 0; n < 3; n++) await mailing.step()
      const over = `Касса № ${register}: красных чеков старше часа больше нет`
      assert.deepEqual(mailing.subjects().slice(1), [over])
    },

  'who does not want a notice is not told, another of the client is': async (ground) => {
    const one = await aVisitor(ground)
    const { cabinet: staff } = await aStaff(ground)
    const chosen = await one.cabinet.chooseNotices({ wanted: ['unsent'] })
    assert.deepEqual(chosen, { kind: 'done', value: { wanted: ['unsent'] } })
    assert.deepEqual(await one.cabinet.notices({}), chosen)
    const mailing = aMailing(ground, one.email)
    const register = one.registerNumber
    await staff.block({ register, reason: 'долг' })
    await mailing.step()
    ground.clock.advance(MINUTE)
    await mailing.step()
    assert.deepEqual(mailing.subjects(), [])
    await one.cabinet.chooseNotices({ wanted: ['measures', 'unsent'] })
    await staff.unblock({ register })
    await mailing.step()
    assert.deepEqual(mailing.subjects(), [`Касса № ${register} больше не заблокирована`])
  },
}
