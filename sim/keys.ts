import { DAY, HOUR, SECOND } from '#core/time.ts'
import { keyOfSeed } from '#shop/enrolment.ts'
import type { Dice } from './dice.ts'
import type { SimulatedShop } from './simulated-shop.ts'
import { fair } from './weather.ts'

// Keys of operator and device that give way to others while everybody is at work (0049), and what
// befalls the asking for them.

const kinds = {
  'operator key': 3,
  'operator key stolen': 2,
  'device key': 4,
  cut: 3,
  weather: 3,
}

/** Changes keys until it is over, in every other run. */
export async function keyTrouble(
  shop: SimulatedShop,
  dice: Dice,
  isOver: () => boolean,
): Promise<void> {
  if (dice.chance(0.5)) return
  while (!isOver()) {
    await shop.clock.rest(dice.span(10 * SECOND, 2 * HOUR))
    if (isOver()) return
    const kind = dice.weighted(kinds)
    shop.trace(`keys trouble: ${kind}`)
    shop.tally.fault(`keys: ${kind}`)
    befall(shop, dice, kind)
  }
}

function befall(shop: SimulatedShop, dice: Dice, kind: keyof typeof kinds): void {
  const line = shop.wires.keys.state
  const next = () => keyOfSeed(dice.bytes(32))
  // Whoever has not heard of a key yet believes nothing that it signs.
  const unheard = () => shop.state.excused.add('answer distrusted')
  switch (kind) {
    case 'operator key': {
      const [leadMs, overlapMs] = [dice.span(SECOND, HOUR), dice.span(HOUR, 30 * DAY)]
      unheard()
      shop.operatorKeys.change(next(), { leadMs, overlapMs })
      return
    }
    case 'operator key stolen':
      unheard()
      shop.operatorKeys.change(next(), { leadMs: 0, overlapMs: 0 })
      return
    case 'device key':
      shop.device.keys.lay(next(), dice.int(3, 20))
      return
    case 'cut':
      line.cut = dice.pick(['refused', 'silent'])
      shop.clock.after(dice.span(SECOND, HOUR), () => {
        line.cut = 'whole'
      })
      return
    case 'weather':
      line.weather = { requestLost: 0.2, answerLost: 0.2, late: 0.2, doubled: 0.1, garbled: 0.1 }
      shop.clock.after(dice.span(SECOND, HOUR), () => {
        line.weather = fair
      })
      return
    default:
      kind satisfies never
  }
}
