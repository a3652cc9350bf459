import type { Typed } from '#core/register/claim.ts'
import { keep, kept } from '#web/ui/store.ts'

// D18: what was typed off a voice on the phone is not lost by a key, another screen or a reload.

const CLAIM = 'zpos.claim'
const nothing: Typed = { number: '', at: '', uid: '' }

/** Keeps what was typed into the form of this operation, over reloads of the tab. */
export const keepClaim = (id: string, { number, at, uid }: Typed): void =>
  keep(CLAIM, { id, number, at, uid })

/** What was typed for this operation before; nothing of it, where it was for another one. */
export function keptClaim(id: string): Typed {
  const before = (kept(CLAIM) ?? {}) as Partial<Record<string, unknown>>
  if (before.id !== id) return nothing
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  return { number: text(before.number), at: text(before.at), uid: text(before.uid) }
}
