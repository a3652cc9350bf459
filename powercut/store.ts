import type { ProcessName } from '#core/api/stand.ts'
import type { Ports, Program } from './life.ts'
import type { Neighbours } from './shop.ts'

/**
 * What a process told of one thing: its state, and bytes of what it said by which it told;
 * `isMaybe`: if it said them at all.
 */
export type Told = { id: string; state: string; said: string | Uint8Array; isMaybe?: true }

/** A process with a store, how it is put to work and how it is asked. */
export type Store = {
  /** Who is there while it works; while it is asked nobody is. */
  neighbours: readonly ProcessName[]
  program: (data: string, near: Neighbours) => Program
  /** Speaks to it over all lives of one recording. */
  open: (data: string) => Talk
  /**
   * Whether a state after the cut keeps what was told before it; `next` was told of the same thing
   * later, had there been no cut. Without this it must be one of the two.
   */
  isKept?: (told: string, now: string | null) => boolean
}

export type Talk = {
  /** Does one more thing; every id goes to `tried` before it is sent. */
  work: (ports: Ports, nth: number, tried: (id: string) => void) => Promise<Told[]>
  /** What it tells of a thing; null: nothing that anybody could rely on. */
  ask: (ports: Ports, id: string) => Promise<Told | null>
}
