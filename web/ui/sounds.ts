import { openStore } from './store.ts'

type Tone = { hz: number; s: number }

// Told apart without looking: high is well, low is not, rising is money, thrice is a call.
const sounds = {
  found: [{ hz: 1320, s: 0.07 }],
  'not-found': [
    { hz: 320, s: 0.12 },
    { hz: 320, s: 0.12 },
  ],
  paid: [
    { hz: 660, s: 0.09 },
    { hz: 880, s: 0.09 },
    { hz: 1320, s: 0.14 },
  ],
  attention: [
    { hz: 520, s: 0.14 },
    { hz: 520, s: 0.14 },
    { hz: 520, s: 0.14 },
  ],
} as const satisfies Record<string, readonly Tone[]>
export type Sound = keyof typeof sounds

const PAUSE_S = 0.07
const LOUDNESS = 0.2
const OFF = 'zpos.silent'

/** Whether this till sounds; it remembers. */
export const sounding = openStore<{ on: boolean }>({ on: !isKeptOff() })

/** From here on, over reloads too. */
export function switchSounds(on: boolean): void {
  sounding.set({ on })
  try {
    if (on) localStorage.removeItem(OFF)
    else localStorage.setItem(OFF, '1')
  } catch {
    // A forbidden storage costs the memory of it alone.
  }
}

function isKeptOff(): boolean {
  try {
    return localStorage.getItem(OFF) !== null
  } catch {
    return false
  }
}

let context: AudioContext | undefined

/** A browser that allows no sound yet, or has none, stays silent. */
export function play(sound: Sound): void {
  if (!sounding.get().on) return
  try {
    context ??= new AudioContext()
    void context.resume().catch(() => {})
    let at = context.currentTime
    for (const { hz, s } of sounds[sound]) {
      tone(context, { hz, s }, at)
      at += s + PAUSE_S
    }
  } catch {
    // The message stands on the screen, which is what counts.
  }
}

function tone(of: AudioContext, { hz, s }: Tone, at: number): void {
  const loudness = of.createGain()
  loudness.gain.value = LOUDNESS
  loudness.connect(of.destination)
  const tone = of.createOscillator()
  tone.type = 'square'
  tone.frequency.value = hz
  tone.connect(loudness)
  tone.start(at)
  tone.stop(at + s)
}
