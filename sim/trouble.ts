import { type Measure, type MeasureKind, measureKinds } from '#core/operator/measure.ts'
import { DAY, HOUR, MINUTE, SECOND } from '#core/time.ts'
import type { Sqlite } from '#services/runtime/sqlite.ts'
import { copyOf } from '#shop/disk.ts'
import { TOKEN } from '#shop/enrolment.ts'
import { copyOfShelves } from '#shop/memory-operator.ts'
import type { WireName } from '#shop/shop.ts'
import { openBankImpostor } from './bank-impostor.ts'
import { type Desk, fulfil, operationOf, put, statusOf } from './desk.ts'
import type { Dice } from './dice.ts'
import { quiet } from './office.ts'
import { openOperatorImpostor } from './operator-impostor.ts'
import { close } from './people.ts'
import { lastNumber, type RunningAudit } from './running-audit.ts'
import type { Mortal, SimulatedShop } from './simulated-shop.ts'
import { fair, type Weather } from './weather.ts'

// What goes wrong, and when. Each seed has its own mixture: some have no kills, some nothing else.

const kinds = {
  unplugged: 4,
  'device.weather': 10,
  'device.cut': 4,
  impostor: 4,
  'answers lost': 8,
  killed: 5,
  deadly: 3,
  'page.weather': 2,
  'upload.weather': 3,
  'inquiry.weather': 3,
  internet: 5,
  'upload cut': 3,
  blackout: 4,
  gone: 4,
  'operator down': 2,
  measures: 5,
  warned: 4,
  'operator impostor': 4,
  'operator backup': 2,
  'operator put back': 1,
  'sko backup': 2,
  'sko put back': 1,
  'clock forward': 1,
  'clock back': 1,
  backup: 2,
  'put back': 1,
  clearing: 4,
  night: 1,
  days: 1,
  'disk full': 3,
  'no paper': 1,
  'bank.weather': 8,
  'bank.cut': 4,
  'bank days': 1,
  'bank answers lost': 8,
  'bank impostor': 4,
  'printer trouble': 1,
}
type Kind = keyof typeof kinds

export type TroublePorts = {
  shop: SimulatedShop
  audit: RunningAudit
  desk: Desk
  isOver: () => boolean
}

/** Brings trouble until it is over. */
export async function trouble(ports: TroublePorts): Promise<void> {
  const { shop, desk } = ports
  const { dice } = desk
  const mixture = mixtureOf(dice)
  const pauseMs = dice.span(5 * SECOND, 3 * MINUTE)
  while (!ports.isOver()) {
    await shop.clock.rest(dice.span(SECOND, 2 * pauseMs))
    if (ports.isOver()) return
    const kind = dice.weighted(mixture)
    shop.trace(`trouble: ${kind}`)
    shop.tally.fault(kind)
    // An episode ends by itself: others may begin meanwhile.
    episodes[kind](ports)
  }
}

function mixtureOf(dice: Dice): Record<Kind, number> {
  const share = dice.pick([0.3, 0.6, 1])
  const rows = Object.entries(kinds).map(([kind, weight]) => [
    kind,
    dice.chance(share) ? weight : 0,
  ])
  const mixture = Object.fromEntries(rows) as Record<Kind, number>
  return { ...mixture, 'answers lost': mixture['answers lost'] || 1 }
}

type Episode = (ports: TroublePorts) => void

const lasting = (shop: SimulatedShop, ms: number, end: () => void): void => {
  shop.clock.after(ms, end)
}

const bad = (name: WireName): Episode => {
  return ({ shop, desk: { dice } }) => {
    const line = shop.wires[name].state
    line.weather = weatherOf(dice)
    lasting(shop, dice.span(5 * SECOND, 10 * MINUTE), () => {
      line.weather = fair
    })
  }
}

function weatherOf(dice: Dice): Weather {
  const one = () => (dice.chance(0.5) ? dice.number() * 0.4 : 0)
  return {
    requestLost: one(),
    answerLost: one(),
    late: one(),
    doubled: one(),
    garbled: one() / 2,
  }
}

const cut = (names: WireName[], longest: number): Episode => {
  return ({ shop, desk: { dice } }) => {
    const how = dice.pick(['refused', 'silent'] as const)
    for (const name of names) shop.wires[name].state.cut = how
    lasting(shop, dice.span(2 * SECOND, longest), () => {
      for (const name of names) shop.wires[name].state.cut = 'whole'
    })
  }
}

const lay = (shop: SimulatedShop, measures: Measure[]): void => {
  const shelf = shop.operator.disk.get(TOKEN)
  if (shelf) shelf.measures = measures
}

function aMeasure(shop: SimulatedShop, dice: Dice, kind: MeasureKind): Measure {
  const from = shop.now() + dice.pick([0, dice.span(SECOND, HOUR)])
  const till = dice.chance(0.5) ? null : from + dice.span(SECOND, HOUR)
  return { kind, reason: 'by the run', from, till }
}

const someProcess = (dice: Dice): Mortal => dice.pick(['register', 'register', 'sko', 'bank'])

const episodes: Record<Kind, Episode> = {
  unplugged: ({ shop, desk: { dice } }) => {
    shop.device.plugged = false
    lasting(shop, dice.span(SECOND, 20 * MINUTE), () => {
      shop.device.plugged = true
    })
  },
  'device.weather': bad('device'),
  'page.weather': bad('page'),
  'upload.weather': bad('upload'),
  'inquiry.weather': bad('inquiry'),
  'device.cut': cut(['device'], 10 * MINUTE),
  impostor: ({ shop, desk: { dice } }) => {
    shop.impostor.present = true
    lasting(shop, dice.span(5 * SECOND, 10 * MINUTE), () => {
      shop.impostor.present = false
    })
  },
  'bank.weather': bad('bank'),
  'bank.cut': cut(['bank'], 10 * MINUTE),
  'bank days': cut(['bank'], 3 * DAY),
  'bank answers lost': ({ shop, desk: { dice } }) => {
    shop.wires.bank.state.loseAnswers = dice.int(1, 6)
  },
  'bank impostor': ({ shop, desk: { dice } }) => {
    const line = shop.wires.bank.state
    line.instead = openBankImpostor(dice, shop.now)
    lasting(shop, dice.span(5 * SECOND, 10 * MINUTE), () => {
      line.instead = null
    })
  },
  internet: cut(['upload', 'inquiry', 'bank'], 6 * HOUR),
  'upload cut': cut(['upload'], HOUR),
  // Neither device nor operator can be asked: what people say now cannot be checked yet.
  blackout: cut(['device', 'upload', 'inquiry'], 10 * MINUTE),
  // The device is pulled out right after it did what nobody heard of.
  gone: ({ shop, desk: { dice } }) => {
    const line = shop.wires.device.state
    line.loseAnswers = 1
    line.afterLoss = () => {
      shop.device.plugged = false
      lasting(shop, dice.span(SECOND, 5 * MINUTE), () => {
        shop.device.plugged = true
      })
    }
  },
  'answers lost': ({ shop, desk: { dice } }) => {
    shop.wires.device.state.loseAnswers = dice.int(1, 6)
  },
  killed: ({ shop, desk: { dice } }) => shop.kill(someProcess(dice), 'from outside'),
  deadly: ({ shop, desk: { dice } }) => {
    const place = shop.perils[someProcess(dice)]
    place.deadly = dice.span(1, 200) / 1000
    lasting(shop, dice.span(5 * SECOND, 5 * MINUTE), () => {
      place.deadly = 0
    })
  },
  'operator down': ({ shop, desk: { dice } }) => {
    shop.operator.kill()
    lasting(shop, dice.span(5 * SECOND, HOUR), () => {
      void shop.operator.start()
    })
  },
  // Known ahead or at once, ending by their dates or lifted, with a line or without one.
  measures: ({ shop, desk: { dice } }) => {
    lay(
      shop,
      measureKinds.flatMap((kind) => (dice.chance(0.5) ? aMeasure(shop, dice, kind) : [])),
    )
    lasting(shop, dice.span(SECOND, HOUR), () => lay(shop, []))
  },
  // A shift that is opened soon is opened under it, and the register dies on the way.
  warned: (ports) => {
    const { shop, desk } = ports
    const { dice } = desk
    lay(shop, [{ kind: 'warning', reason: 'by the run', from: shop.now(), till: null }])
    void (async () => {
      const own: Desk = { ...desk, wanted: { wish: null, again: false } }
      await close(own)
      await fulfil(own, { kind: 'shift-opening' })
      const [open] = (await statusOf(own))?.open ?? []
      const view = open === undefined ? null : await operationOf(own, open)
      if (view?.state !== 'warned') return
      await shop.clock.rest(dice.span(1, MINUTE))
      if (dice.chance(0.5)) cut(['upload', 'inquiry'], MINUTE)(ports)
      if (dice.chance(0.3)) lay(shop, [aMeasure(shop, dice, 'block')])
      shop.kill('register', 'while a warning is read')
    })()
    lasting(shop, 15 * MINUTE, () => lay(shop, []))
  },
  'operator impostor': ({ shop, desk: { dice } }) => {
    const impostor = openOperatorImpostor(dice, {
      now: shop.now,
      keyId: () => shop.operatorKeys.key('').key,
    })
    const lines = [shop.wires.upload.state, shop.wires.inquiry.state]
    for (const excuse of ['answer distrusted', 'keys refused']) shop.state.excused.add(excuse)
    for (const line of lines) line.instead = impostor
    lasting(shop, dice.span(5 * SECOND, 10 * MINUTE), () => {
      for (const line of lines) line.instead = null
    })
  },
  'operator backup': ({ shop }) => {
    shop.state.backups.operator = copyOfShelves(shop.operator.disk)
  },
  // It gets all again by itself, and nothing that it signed for is taken back.
  'operator put back': ({ shop, audit }) => {
    const backup = shop.state.backups.operator
    if (!backup) return
    shop.operator.kill()
    shop.operator.disk = copyOfShelves(backup)
    shop.state.excused.add('operator was put back')
    audit.operatorRestored()
    void shop.operator.start()
  },
  'sko backup': ({ shop }) => {
    shop.state.backups.sko = copyOf(shop.sko.disk)
  },
  // Until the newest copy is back in its place, which is the way out, nothing may be signed.
  'sko put back': (ports) => awaitPutBack(ports, 60),
  'clock forward': ({ shop, desk: { dice } }) => {
    shop.state.clockOffset += dice.span(SECOND, 26 * HOUR)
  },
  'clock back': ({ shop, desk: { dice } }) => stepBack(shop, dice.span(10, 4 * MINUTE)),
  backup: ({ shop }) => {
    shop.state.backups.register = copyOf(shop.register.disk)
  },
  'put back': ({ shop, audit }) => {
    const backup = shop.state.backups.register
    // With both memories gone the till sells on in a chain of its own: see put-back.test.ts.
    if (!backup || shop.state.putBack) return
    shop.kill('register', 'to put a backup back')
    shop.register.disk = copyOf(backup)
    shop.printer.forget()
    audit.restored()
  },
  clearing: ({ desk }) => {
    const administrator: Desk = { ...desk, role: 'administrator' }
    void put(administrator, '/api/settings', { clearing: desk.dice.chance(0.5) })
  },
  night: ({ shop, desk: { dice } }) => {
    for (const name of ['register', 'sko', 'bank'] as const) shop.kill(name, 'for the night')
    shop.clock.leap(dice.span(HOUR, 16 * HOUR))
  },
  days: (ports) => {
    const { shop, desk } = ports
    // The line is often down all that while.
    if (desk.dice.chance(0.5)) cut(['upload', 'inquiry', 'bank'], HOUR)(ports)
    shop.clock.leap(desk.dice.span(DAY, 9 * DAY))
  },
  'disk full': ({ shop, desk: { dice } }) => {
    const place = shop.perils[someProcess(dice)]
    place.full = true
    lasting(shop, dice.span(500, 2 * MINUTE), () => {
      place.full = false
    })
  },
  'no paper': ({ shop, desk: { dice } }) => {
    shop.printer.state.noPaper = true
    lasting(shop, dice.span(SECOND, HOUR), () => {
      shop.printer.state.noPaper = false
    })
  },
  'printer trouble': ({ shop, desk: { dice } }) => {
    shop.printer.state.trouble = dice.number()
    lasting(shop, dice.span(SECOND, 10 * MINUTE), () => {
      shop.printer.state.trouble = 0
    })
  },
}

/**
 * Puts an older copy of the device's memory in its place once nothing is under way, and the newest
 * one back after a while: that is the way out, and until then nothing may be signed.
 */
function awaitPutBack(ports: TroublePorts, tries: number): void {
  const { shop, audit, isOver, desk } = ports
  const backup = shop.state.backups.sko
  if (!backup || isOver() || tries === 0) return
  if (!isNoticed(shop, audit, backup)) {
    lasting(shop, 5 * SECOND, () => awaitPutBack(ports, tries - 1))
    return
  }
  for (const excuse of ['operator holds other documents', 'operator was put back'])
    shop.state.excused.add(excuse)
  shop.kill('sko', 'to put a backup back')
  shop.tally.fault('sko really put back')
  shop.state.putBack = { newest: shop.sko.disk, number: lastNumber(backup) }
  shop.sko.disk = copyOf(backup)
  lasting(shop, desk.dice.span(MINUTE, HOUR), () => restoreNewest(shop))
}

/** The register remembers more than the copy holds, and nothing is on its way to the device. */
function isNoticed(shop: SimulatedShop, audit: RunningAudit, copy: Sqlite): boolean {
  const { wires, state, register } = shop
  if (state.putBack || wires.device.state.underWay > 0 || audit.books().open.size > 0) return false
  const { last } = JSON.parse(String(register.disk.prepare('select body from ledger').get()?.body))
  return (last?.number ?? 0) > lastNumber(copy)
}

/**
 * The way out of a device that was put back: its newest memory is put in its place, once nothing is
 * on its way to it. What the older one refused it alone remembers, and a copy may come late.
 */
function restoreNewest(shop: SimulatedShop): void {
  const { putBack } = shop.state
  if (!putBack) return
  if (shop.wires.device.state.underWay > 0) {
    shop.clock.after(SECOND, () => restoreNewest(shop))
    return
  }
  shop.kill('sko', 'to put its newest memory in its place')
  shop.sko.disk = putBack.newest
  shop.state.putBack = null
}

/** NTP sets the clock back a little: never further than a device tolerates (5 minutes). */
function stepBack(shop: SimulatedShop, ms: number): void {
  if (shop.state.clockOffset < ms || shop.state.steppedBackAt > shop.clock.now() - HOUR) return
  shop.state.steppedBackAt = shop.clock.now()
  shop.state.clockOffset -= ms
}

/** Everything that was brought is taken away again. */
export function calm(shop: SimulatedShop): void {
  for (const line of Object.values(shop.wires)) {
    Object.assign(line.state, {
      cut: 'whole',
      weather: fair,
      loseAnswers: 0,
      afterLoss: null,
      instead: null,
    })
  }
  for (const place of Object.values(shop.perils)) Object.assign(place, { deadly: 0, full: false })
  Object.assign(shop.printer.state, { noPaper: false, trouble: 0 })
  shop.device.plugged = true
  shop.impostor.present = false
  shop.customer.calm = true
  restoreNewest(shop)
  void shop.operator.start()
  quiet(shop.office)
  lay(shop, [])
}
