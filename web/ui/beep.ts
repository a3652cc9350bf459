const TONE_HZ = 320
const TONE_S = 0.12
const PAUSE_S = 0.08
const LOUDNESS = 0.25

let context: AudioContext | undefined

/** Two short low tones. A browser that allows no sound yet, or has none, stays silent. */
export function beep(): void {
  try {
    context ??= new AudioContext()
    void context.resume().catch(() => {})
    tone(context, context.currentTime)
    tone(context, context.currentTime + TONE_S + PAUSE_S)
  } catch {
    // The message stands on the screen, which is what counts.
  }
}

function tone(of: AudioContext, at: number): void {
  const loudness = of.createGain()
  loudness.gain.value = LOUDNESS
  loudness.connect(of.destination)
  const tone = of.createOscillator()
  tone.type = 'square'
  tone.frequency.value = TONE_HZ
  tone.connect(loudness)
  tone.start(at)
  tone.stop(at + TONE_S)
}
