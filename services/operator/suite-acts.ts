import assert from 'node:assert/strict'
import { DAY, minskDay } from '#core/time.ts'
import { aClient, aStaff, aVisitor, codeOf, doneOf, type Ground } from './suite-ground.ts'

/** The audit trail. */
export const actPromises: Record<string, (ground: Ground) => Promise<void>> = {
  'every act says who did what to which register, why, whose it is and from where': async (
    ground,
  ) => {
    const { cabinet, email: person } = await aStaff(ground)
    const { registerNumber: register, unp } = await aClient(ground)
    doneOf(await cabinet.warn({ register, reason: 'договор кончается' }))
    doneOf(await cabinet.unwarn({ register, reason: 'продлён' }))
    doneOf(await cabinet.unwarn({ register }))
    doneOf(await cabinet.fleetRegister({ register }))
    const { acts } = doneOf(await cabinet.acts({ register }))
    assert.deepEqual(
      acts.map(({ what, reason }) => [what, reason]),
      [
        ['looked', null],
        ['unwarn', 'продлён'],
        ['warn', 'договор кончается'],
      ],
    )
    for (const act of acts) {
      assert.deepEqual([act.person, act.unp, act.company], [person, unp, `ООО «${unp}»`])
      assert.equal(act.origin, '', 'in one process there is no address')
    }
  },

  'acts are found by person, kind, register, client and day, page by page': async (ground) => {
    const { cabinet, email: person } = await aStaff(ground)
    const { registerNumber: register, unp } = await aClient(ground)
    for (let time = 0; time < 5; time++) doneOf(await cabinet.fleetRegister({ register }))
    doneOf(await cabinet.block({ register, reason: 'долг' }))
    const count = async (filter: Parameters<typeof cabinet.acts>[0]) =>
      doneOf(await cabinet.acts(filter)).acts.length
    assert.equal(await count({ person }), 7)
    assert.equal(await count({ person: person.toUpperCase(), what: 'signed-in' }), 1)
    assert.equal(await count({ register, what: 'looked' }), 5)
    assert.equal(await count({ unp, what: 'block' }), 1)
    const today = ground.clock.now()
    assert.equal(await count({ person, day: minskDay(today) }), 7)
    assert.equal(await count({ person, day: minskDay(today - DAY) }), 0)
    const seen: number[] = []
    let before: string | undefined
    do {
      const page = doneOf(await cabinet.acts({ person, limit: 3, before }))
      seen.push(...page.acts.map(({ id }) => id))
      before = page.next ?? undefined
    } while (before)
    assert.deepEqual(
      seen,
      [...new Set(seen)].toSorted((a, b) => b - a),
    )
    assert.equal(seen.length, 7)
    const bad = await cabinet.acts({ before: '1' })
    assert.equal(bad.kind === 'invalid' && bad.field, 'before')
  },

  'what clients do is written down too, and no client reads the trail': async (ground) => {
    const { cabinet, email, unp } = await aVisitor(ground)
    assert.equal(codeOf(await cabinet.acts({ unp })), 'right.required')
    doneOf(await cabinet.signOut({}))
    const staff = await aStaff(ground)
    const { acts } = doneOf(await staff.cabinet.acts({ person: email }))
    assert.deepEqual(
      acts.map(({ what, unp: whose }) => [what, whose]),
      [
        ['signed-out', unp],
        ['signed-in', unp],
      ],
    )
  },
}
