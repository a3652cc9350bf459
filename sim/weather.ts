import type { Send, SentRequest } from '#core/api/client.ts'
import type { Life } from '#shop/process.ts'
import type { Cut, Delivered, Wire, WirePlan } from '#shop/wire.ts'
import type { VirtualClock } from './clock.ts'
import type { Dice } from './dice.ts'

type Answer = Awaited<ReturnType<Send>>

/** What a message may meet, as chances; `whole` takes the rest. */
export type Weather = {
  requestLost: number
  answerLost: number
  /** The request comes after its sender has stopped waiting. */
  late: number
  /** The request comes twice. */
  doubled: number
  /** Something in between answers, or the answer is cut. */
  garbled: number
}

export const fair: Weather = { requestLost: 0, answerLost: 0, late: 0, doubled: 0, garbled: 0 }
type Fate = keyof Weather | 'whole'

type WirePorts = Omit<WirePlan<string>, 'name'> & {
  clock: VirtualClock
  dice: Dice
  /** Told of everything that went wrong on the way. */
  told: (fate: Fate | Cut) => void
}

/** Whoever stands in the far end's place; `deliver` is the far end itself. */
export type Instead = (
  request: SentRequest,
  deliver: () => Promise<Delivered>,
) => Promise<Delivered>

type WireState = {
  cut: Cut
  weather: Weather
  /** So many answers to commands are lost, whatever the weather. */
  loseAnswers: number
  /** Called once an answer was lost that way, after what was asked for is done. */
  afterLoss: (() => void) | null
  instead: Instead | null
  /** Copies of messages that may yet arrive. */
  underWay: number
}

export type WeatheredWire = Wire & { state: WireState }

/**
 * A wire in weather. An answer is what services/runtime/send.ts may give: `unsent` only where no
 * copy of the request can ever arrive, `lost` for everything that is not known.
 */
export function openWeatheredWire(ports: WirePorts): WeatheredWire {
  const wire: WireState = {
    cut: 'whole',
    weather: fair,
    loseAnswers: 0,
    afterLoss: null,
    instead: null,
    underWay: 0,
  }
  return {
    state: wire,
    isWhole: () => wire.cut === 'whole',
    /** Sends on behalf of one life: whoever died hears nothing any more. */
    send:
      (life: Life, headers = {}): Send =>
      (request) => {
        const fate = fateOf(ports, wire, request)
        if (fate !== 'whole') ports.told(fate)
        return new Promise((resolve) => {
          const tell = (answer: Answer) => {
            if (life.alive) resolve(answer)
          }
          journey({ ports, wire, request, headers, fate, tell })
        })
      },
  }
}

function fateOf({ dice, isCommand }: WirePorts, wire: WireState, request: SentRequest): Fate {
  if (wire.loseAnswers > 0 && isCommand(request)) {
    wire.loseAnswers -= 1
    return 'answerLost'
  }
  const bad = Object.values(wire.weather).reduce((sum, chance) => sum + chance, 0)
  return dice.weighted({ ...wire.weather, whole: Math.max(0, 1 - bad) })
}

type Journey = {
  ports: WirePorts
  wire: WireState
  request: SentRequest
  headers: Record<string, string>
  fate: Fate
  tell: (answer: Answer) => void
}

function journey({ ports, wire, request, headers, fate, tell }: Journey): void {
  const { clock, dice, deadlineMs } = ports
  const callOff = clock.after(deadlineMs, () => tell({ lost: 'deadline' }))
  const settle = (answer: Answer) => {
    callOff()
    tell(answer)
  }
  if (wire.cut !== 'whole') {
    ports.told(wire.cut)
    // A connection kept open from before breaks only by its deadline: nobody knows what it carried.
    const unsent = () => settle({ unsent: 'refused' })
    if (wire.cut === 'refused') clock.after(dice.int(1, 50), unsent)
    else if (dice.chance(0.5)) clock.after(deadlineMs - 1, unsent)
    return
  }
  if (fate === 'requestLost') return
  const copy = async (isOnly: boolean): Promise<void> => {
    wire.underWay -= 1
    // The wire was cut while the copy was under way.
    if (wire.cut !== 'whole') return
    const deliver = () => ports.deliver(request, headers)
    const reply = wire.instead ? await wire.instead(request, deliver) : await deliver()
    const heard = answerOf(reply, { isOnly, isGarbled: fate === 'garbled', dice })
    if (fate !== 'answerLost') clock.after(latency(dice), () => settle(heard))
    else if (wire.afterLoss) {
      wire.afterLoss()
      wire.afterLoss = null
    }
  }
  const isDoubled = fate === 'doubled'
  const wait = fate === 'late' ? deadlineMs + dice.span(10, 600_000) : latency(dice)
  wire.underWay += isDoubled ? 2 : 1
  clock.after(wait, () => copy(!isDoubled && fate !== 'late'))
  if (isDoubled) clock.after(dice.span(1, 120_000), () => copy(false))
}

const latency = (dice: Dice): number => dice.int(1, dice.chance(0.05) ? 900 : 20)

function answerOf(
  reply: Delivered,
  { isOnly, isGarbled, dice }: { isOnly: boolean; isGarbled: boolean; dice: Dice },
): Answer {
  if (reply === null) return isOnly ? { unsent: 'ECONNREFUSED' } : { lost: 'broken' }
  if (reply === 'lost') return { lost: 'broken' }
  if (!isGarbled) return reply
  const half = { status: 200, body: reply.body.slice(0, reply.body.length >> 1) }
  return dice.pick([half, { status: 502, body: '<html>Bad gateway</html>' }])
}
