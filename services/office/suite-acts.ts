import assert from 'node:assert/strict'
import { DAY, minskDay } from '#core/time.ts'
import { aClient, type Ground, STAFF } from './suite-ground.ts'

type Client = Awaited<ReturnType<typeof aClient>>

/** What the trail tells of a client's contract, by a filter. */
const trailOf = async ({ staff, contract }: Client, filter: object = {}) => {
  const answer = await staff.acts(Object.assign({ contract, limit: 200 }, filter))
  return answer.kind === 'done' ? answer.value : assert.fail(JSON.stringify(answer))
}

/** What the office promises of its audit trail. */
export const actsPromises: Record<string, (ground: Ground) => Promise<void>> = {
  'every act on a client’s money says who, what, whose and why': async (ground) => {
    const client = await aClient(ground)
    const { staff, email, serial, account, contract, unp } = client
    await client.pay(2_900)
    await client.order('month')
    const [row] = await ground.db.query<{ id: number }>(
      `select id from entry where account = $1 and kind = 'payment'`,
      [account],
    )
    const entry = row?.id ?? 0
    assert.equal((await staff.undo({ entry, reason: 'не тот клиент' })).kind, 'done')
    const { acts } = await trailOf(client)
    assert.deepEqual(
      acts.map(({ what, target, person, reason }) => [what, target, person, reason]),
      [
        ['entry.undo', String(entry), STAFF, 'не тот клиент'],
        ['order', serial, email, null],
        ['payment', account, STAFF, '29.00 платёж'],
        ['signed-in', email, email, null],
      ],
    )
    for (const act of acts) {
      assert.deepEqual([act.contract, act.company], [contract, `ООО «${unp}»`])
    }
  },

  'acts are found by person, kind, client, target and time, page by page': async (ground) => {
    const client = await aClient(ground)
    const { serial, email, cabinet } = client
    await client.pay(2_900)
    await client.order('month')
    for (const on of [false, true, false]) await cabinet.renewal({ serial, on })
    const count = async (filter: object) => (await trailOf(client, filter)).acts.length
    const today = ground.clock.now()
    const [day, before] = [minskDay(today), minskDay(today - DAY)]
    assert.deepEqual(
      [
        await count({}),
        await count({ person: email.toUpperCase() }),
        await count({ what: 'renewal.off' }),
        await count({ target: serial.slice(0, -1).toLowerCase() }),
        await count({ target: '%' }),
        await count({ target: serial.slice(1) }),
        await count({ day, dayTo: day }),
        await count({ dayTo: before }),
        await count({ contract: 'NO SUCH' }),
      ],
      [6, 5, 2, 4, 0, 0, 6, 0, 0],
    )
    const seen: number[] = []
    let next: string | null = null
    do {
      const page: Awaited<ReturnType<typeof trailOf>> = await trailOf(client, {
        limit: 2,
        before: next ?? undefined,
      })
      seen.push(...page.acts.map(({ id }) => id))
      next = page.next
    } while (next !== null)
    assert.deepEqual(
      seen,
      [...new Set(seen)].toSorted((a, b) => b - a),
    )
    assert.equal(seen.length, 6)
    const bad = await client.staff.acts({ before: '1' })
    assert.equal(bad.kind === 'invalid' && bad.field, 'before')
  },

  'the trail is given out as it is filtered, to staff alone': async (ground) => {
    const client = await aClient(ground)
    await client.pay(900)
    const path = `/api/exports/acts?as=csv&what=payment&contract=${client.contract}`
    const file = await client.staffSend({ method: 'GET', path })
    const lines = 'body' in file ? file.body.trimEnd().split('\r\n') : []
    assert.equal(lines.length, 2)
    assert.match(lines[1] ?? '', /;staff@demo\.by;Поступление;\d+;N\d+;"?ООО «\d+»"?;9\.00 платёж;/)
    const wrong = await client.staffSend({ method: 'GET', path: `${path}&day=31.12.2026` })
    assert.equal('status' in wrong && wrong.status, 400)
    for (const each of [path, '/api/acts']) {
      const got = await client.send({ method: 'GET', path: each })
      assert.equal('status' in got && got.status, 403, each)
    }
  },
}
