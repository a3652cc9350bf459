import assert from 'node:assert/strict'
import { printedMoment } from '#core/time.ts'
import { operatorKey } from '#shop/enrolment.ts'
import { carriedFrom } from '#sim/carried-answer.ts'
import type { World } from '#sim/world.ts'

// A careful cashier and her administrator at a till that dies under their hands: nothing is held
// to have happened that was not told, and whatever was not answered is asked again.

export type Wish = {
  kind: string
  sum?: number
  lines?: object[]
  payments?: object[]
  of?: string
}
type Loss = 'answersLost' | 'requestsLost'

/** What came about on a day beside its documents, so that a test knows that it did. */
export type Happened =
  | ('continue' | 'give-up' | 'confirm' | 'deny' | 'answer')
  | ('cleared' | 'corrected')

const PATIENCE = 30

type Desk = ReturnType<typeof openDesk>
export type Cashier = ReturnType<typeof openCashier>

/** Who asks the register, and says words to it. */
function openDesk(world: World) {
  const happened: Happened[] = []
  let made = 0
  /** Asks until there is an answer; whoever is dead is started in between. */
  const until = async (what: string, ask: () => ReturnType<World['ask']>) => {
    for (let left = PATIENCE; left > 0; left -= 1) {
      await world.revive()
      const answer = await ask()
      if (answer) return answer
    }
    assert.fail(`${what}: no answer`)
  }
  const ask = (method: string, path: string, body?: object) =>
    until(path, () => world.ask(method, path, body))
  const view = async (id: string) => (await ask('GET', `/api/operations/${id}`)).body
  return {
    world,
    happened,
    /** She brings the operator's answer to a till that reaches nobody (C2b). */
    bringing: false,
    ask,
    view,
    askAsAdministrator: (method: string, path: string, body?: object) =>
      until(path, () => world.askAsAdministrator(method, path, body)),
    nextId: (): string => {
      made += 1
      return `0197a2b4-0000-7000-8000-${String(made).padStart(12, '0')}`
    },
    /** Says a word, and says it again: the second time changes nothing. */
    say: async (id: string, word: Happened, body: object = {}): Promise<void> => {
      const path = `/api/operations/${id}/${word}`
      const answer = await ask('POST', path, body)
      if (answer.status !== 200) return
      happened.push(word)
      const { state, uid } = await view(id)
      if (state === 'waiting') return
      await ask('POST', path, body)
      const again = await view(id)
      assert.deepEqual([again.state, again.uid], [state, uid], `«${word}» said twice`)
    },
    setClearing: async (clearing: boolean): Promise<void> => {
      const answer = await until('settings', () =>
        world.askAsAdministrator('PUT', '/api/settings', { clearing }),
      )
      assert.equal(answer.body.clearing, clearing)
    },
    /** What the register holds in its drawer. */
    cash: async (): Promise<number> => (await ask('GET', '/api/facts')).body.cash,
  }
}

export function openCashier(world: World) {
  const desk = openDesk(world)
  const kept: string[] = []
  return {
    ...desk,
    brings: (bringing: boolean): void => {
      desk.bringing = bringing
    },
    /** Operations with a document: each has one, and nothing else has. */
    kept,
    /** Documents whose operations the register was made to forget. */
    forgotten: [] as string[],
    /** A wish with one document in the end; `loss` befalls its first try. */
    fulfil: async (wish: Wish, loss?: Loss): Promise<string> => {
      for (let left = PATIENCE; left > 0; left -= 1) {
        const id = desk.nextId()
        if (loss && left === PATIENCE) world.wires.device.faults[loss] = 1
        const ended = await untilEnded(desk, { id, ...wish })
        if (loss) world.wires.device.faults[loss] = 0
        if (ended.notice) await acknowledge(desk, id)
        if (ended.state !== 'registered') {
          // Meanwhile the register looks around by itself.
          await world.watch()
          continue
        }
        kept.push(id)
        return id
      }
      assert.fail(`${wish.kind} never came about`)
    },
    /** A wish that is given up. What got to the device all the same stands. */
    abstain: async (wish: Wish): Promise<void> => {
      const id = desk.nextId()
      const ended = await untilEnded(desk, { id, ...wish }, 'give-up')
      if (ended.notice) await acknowledge(desk, id)
      if (ended.state === 'registered') kept.push(id)
    },
  }
}

async function untilEnded(
  desk: Desk,
  request: { id: string } & Wish,
  word: 'continue' | 'give-up' = 'continue',
) {
  const { id } = request
  const { world } = desk
  for (let left = PATIENCE; left > 0; left -= 1) {
    const { status, body } = await desk.ask('POST', '/api/operations', request)
    assert.equal(status, 200, `${request.kind}: ${JSON.stringify(body)}`)
    switch (body.state) {
      case 'registered':
      case 'failed':
        return body
      case 'waiting':
        await desk.say(id, word)
        // «Продолжить» was pressed too early: the dialog stays until the wire is mended.
        world.wires.device.faults.cut = 'whole'
        break
      case 'red':
        await resolve(desk, id)
        break
      default:
        await world.watch()
    }
  }
  assert.fail(`${request.kind} never ended`)
}

/** §3.1: device and operator are asked, then the word that is true is said. */
async function resolve(desk: Desk, id: string): Promise<void> {
  const { ask, say, world } = desk
  if ((await ask('GET', '/api/settings')).body.clearing) return world.watch()
  if (desk.bringing && (await bring(desk, id))) return
  const { device, document } = (await ask('GET', `/api/operations/${id}/evidence`)).body
  if (document) {
    const { number, at, uid } = document
    await say(id, 'confirm', { number: String(number), at: printedMoment(at), uid })
  } else if (device === 'lacks' || device === 'never') {
    await say(id, 'deny')
  }
}

/** The answer is given by what the operator holds, and taken while device and operator are away. */
async function bring({ say, view, world }: Desk, id: string): Promise<boolean> {
  world.wires.upload.faults.cut = 'whole'
  await world.revive()
  await world.deliver()
  const { expected } = await view(id)
  const asked = { operation: id, expected, at: world.now(), key: operatorKey }
  const answer = carriedFrom(world.operator.disk, asked)
  if (!answer) return false
  world.wires.device.faults.cut = 'refused'
  await say(id, 'answer', { answer })
  world.wires.device.faults.cut = 'whole'
  return true
}

async function acknowledge({ ask, happened }: Desk, id: string): Promise<void> {
  happened.push('cleared')
  for (const _ of ['read', 'pressed again']) {
    await ask('POST', `/api/operations/${id}/acknowledge`, {})
  }
}

/** S4.2 by the administrator: fresh data, the correction, and the press repeated. */
export async function correct(cashier: Cashier, expected: number): Promise<void> {
  const { askAsAdministrator: ask, happened } = cashier
  const { discrepancy } = (await ask('GET', '/api/facts')).body
  assert.equal(discrepancy, expected)
  const body = { id: cashier.nextId(), discrepancy }
  for (const _ of ['pressed', 'pressed again']) {
    for (let left = PATIENCE; ; left -= 1) {
      const answer = await ask('POST', '/api/corrections', body)
      if (answer.status === 200) break
      assert.ok(answer.body.code === 'sko.away' && left > 0, JSON.stringify(answer.body))
    }
  }
  happened.push('corrected')
  assert.equal((await ask('GET', '/api/facts')).body.discrepancy, 0)
}

/** The evening: every word is checked, every paper printed. */
export async function settle({ world }: Pick<Cashier, 'world'>): Promise<void> {
  for (let left = PATIENCE; ; left -= 1) {
    await world.revive()
    await world.watch()
    await world.print()
    if (!isUnsettled(world)) return
    assert.ok(left > 0, 'the day never settled')
  }
}

const UNSETTLED = `select count(*) n from operation where is_open = 1 or doubt = 'unproved'`
const isUnsettled = (world: World): boolean =>
  world.papersWaiting() > 0 || Number(world.register.disk.prepare(UNSETTLED).get()?.n) > 0
