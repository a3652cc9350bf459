import type { MachinePlace } from '#core/api/register-equipment.ts'
import { equipmentWords } from '#core/words/equipment.ts'
import { Field } from '#web/ui/Field.tsx'
import { useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'

/** A machine's place as it is typed: both ways are kept while one of them is chosen. */
export type PlaceTyped = { kind: MachinePlace['kind']; host: string; port: string; path: string }

export const placeTyped = (place: MachinePlace): PlaceTyped => ({
  kind: place.kind,
  host: place.kind === 'network' ? place.host : '',
  port: place.kind === 'network' ? String(place.port) : '',
  path: place.kind === 'device' ? place.path : '',
})

/** What was typed as a place; whether there may be such a one the register tells. */
export const typedPlace = ({ kind, host, port, path }: PlaceTyped): MachinePlace =>
  kind === 'device' ? { kind, path } : { kind, host, port: Number(port) }

/** The field of a place, by its name in the contract. */
export const machineFieldOf = (field: string): 'host' | 'port' | 'path' | undefined =>
  (['host', 'port', 'path'] as const).find((each) => field === `place.${each}`)

/** What of it is wrong before anybody is asked. */
export function placeFaults(
  { kind, host, port, path }: PlaceTyped,
  words: { missing: string; portWrong: string },
): { [F in keyof PlaceTyped]?: string | undefined } {
  const missing = (text: string) => (text.trim() === '' ? words.missing : undefined)
  if (kind === 'device') return { path: missing(path) }
  const isPort = /^\d{4,5}$/.test(port.trim())
  return { host: missing(host), port: isPort ? undefined : words.portWrong }
}

/** Whether the machine hangs on the network or on this computer, and where there. */
export function MachinePlaceFields(props: {
  typed: PlaceTyped
  faults: { [F in keyof PlaceTyped]?: string | undefined }
  put: (change: Partial<PlaceTyped>) => void
  portHint: string
}) {
  const words = useWords(equipmentWords)
  const { typed, faults, put } = props
  return (
    <>
      <Select
        label={words.connection}
        value={typed.kind}
        options={(['network', 'device'] as const).map((kind) => ({
          value: kind,
          text: words.kinds[kind],
        }))}
        onChoice={(kind) => put({ kind: kind === 'device' ? kind : 'network' })}
      />
      {typed.kind === 'network' ? (
        <>
          <Field
            label={words.host}
            hint={words.hostHint}
            value={typed.host}
            maxLength={253}
            onText={(host) => put({ host })}
            error={faults.host}
          />
          <Field
            label={words.port}
            hint={props.portHint}
            inputMode="numeric"
            value={typed.port}
            maxLength={5}
            onText={(port) => put({ port })}
            error={faults.port}
          />
        </>
      ) : (
        <Field
          label={words.path}
          hint={words.pathHint}
          value={typed.path}
          maxLength={64}
          onText={(path) => put({ path })}
          error={faults.path}
        />
      )}
    </>
  )
}
