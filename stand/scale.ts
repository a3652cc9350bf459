import type { Socket } from 'node:net'
import type { ScaleView } from '#core/api/stand.ts'

/** A till has one scale; the rest is old lines. */
export const SCALE_PLACES = { strangers: 16, perAddress: 16, known: 0, perName: 0 }
const LONGEST_LINE = 64

/** A shop scale of MT-SICS, level 0, on which the stand's page lays what it likes. */
export function openVirtualScale(changed: () => void) {
  let view: ScaleView = { grams: 0, state: 'stable' }
  return {
    view: (): ScaleView => view,
    lay: (laid: ScaleView): void => {
      view = laid
      changed()
    },
    /** Serves one connection of a till. */
    serve: (socket: Socket): void => {
      let unread = ''
      socket.on('error', () => socket.destroy())
      socket.on('data', (part) => {
        const lines = (unread + part.toString('latin1')).split('\n')
        unread = lines.pop() ?? ''
        if (unread.length > LONGEST_LINE) return void socket.destroy()
        for (const line of lines) socket.write(`${answerTo(line.trim(), view)}\r\n`)
      })
    },
  }
}

export type VirtualScale = ReturnType<typeof openVirtualScale>

function answerTo(command: string, { grams, state }: ScaleView): string {
  if (command === 'I4') return 'I4 A "STAND"'
  if (command !== 'S' && command !== 'SI') return 'ES'
  if (state === 'overload') return 'S +'
  if (state === 'underload') return 'S -'
  const shown = `${(grams / 1000).toFixed(3).padStart(10)} kg`
  if (state === 'stable') return `S S ${shown}`
  return command === 'SI' ? `S D ${shown}` : 'S I'
}
