import { pause } from '#web/ui/hooks.ts'
import { asReceipt, basketOf, emptyBasket, priced } from './basket.ts'
import type { Moving } from './moving.ts'
import { register } from './register.ts'
import { isTaken, newId, readShared, setBasket, setMoving, till } from './till.ts'

const REPEAT_MS = 1500

/** Puts the receipt aside (N9); null: under its time. */
export function park(name: string | null): void {
  readShared()
  const { id } = till.get().basket
  if (id !== null && !isTaken(till.get())) start({ is: 'park', id, act: newId(), name })
}

/** Brings a receipt back in place of the empty one. */
export function bringBack(id: Moving['id']): void {
  readShared()
  if (till.get().basket.lines.length > 0 || isTaken(till.get())) return
  start({ is: 'bring', id, act: newId() })
}

function start(moving: Moving): void {
  till.set({ trouble: null })
  setMoving(moving)
  void followMoving()
}

/** What was begun is asked for until it is answered: over a reload, a sign-in, in another tab. */
export async function followMoving(): Promise<void> {
  const { moving } = till.get()
  if (!moving) return
  for (;;) {
    const answer = await (moving.is === 'park' ? askToPark(moving) : askBack(moving))
    readShared()
    if (till.get().moving?.act !== moving.act) return
    if (answer.kind === 'done') {
      setBasket(answer.basket)
      setMoving(null)
      return
    }
    if (answer.kind === 'refused' || answer.kind === 'invalid') {
      // It goes on once somebody has signed in.
      if (answer.kind === 'refused' && answer.code === 'session.required') return
      setMoving(null)
      till.set({ trouble: answer })
      return
    }
    await pause(REPEAT_MS)
    if (till.get().moving?.act !== moving.act) return
  }
}

async function askToPark({ id, act, name }: Extract<Moving, { is: 'park' }>) {
  const { basket } = till.get()
  // Answered before, and cut off between the two writes.
  if (basket.id !== id) return { kind: 'done', basket } as const
  const sum = priced(basket).totals?.total ?? null
  const answer = await register.park({ id, act, name, sum, receipt: asReceipt(basket) })
  return answer.kind === 'done' ? ({ kind: 'done', basket: emptyBasket } as const) : answer
}

async function askBack({ id, act }: Extract<Moving, { is: 'bring' }>) {
  const answer = await register.bringBack({ id, act })
  if (answer.kind !== 'done') return answer
  return {
    kind: 'done',
    basket: basketOf({ id, removed: [], receipt: answer.value.receipt }),
  } as const
}
