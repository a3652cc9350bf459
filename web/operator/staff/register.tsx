import type { ComponentChildren } from 'preact'
import type { Reply } from '#core/api/contract.ts'
import type { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { printedMoment } from '#core/time.ts'
import { cabinetWords } from '#core/words/cabinet.ts'
import { controlsWords } from '#core/words/controls.ts'
import type { StaffWords } from '#core/words/staff/ru.ts'
import { staffWords } from '#core/words/staff.ts'
import { addressOf } from '#web/ui/address.ts'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords, wordsNow } from '#web/ui/language.ts'
import { ageIn } from '#web/ui/moment.ts'
import { operator, told, useEntitled } from '../operator.ts'
import { Retire } from '../retire.tsx'
import { Measures } from './measures.tsx'
import type { FindingsFilter } from './routes.ts'
import { States } from './state.tsx'
import { Words } from './words.tsx'

type Register = Reply<(typeof operatorCabinetApi)['fleetRegister']>
type Device = Register['devices'][number]

/** C2: a register, its devices and what is known of them. */
export function RegisterPage({ register }: { register: number }) {
  const [answer, again] = useLoad(String(register), () => operator.fleetRegister({ register }))
  const words = useWords(staffWords).register
  const { back, refresh } = useWords(cabinetWords)
  return (
    <>
      <div class="title-row">
        <Button tone="quiet" icon="back" label={back} onClick={() => history.back()} />
        <h1>{words.heading(register)}</h1>
        <Button tone="quiet" onClick={again}>
          {refresh}
        </Button>
      </div>
      <Loaded answer={answer} told={told} again={again}>
        {(register) => <Known register={register} onChanged={again} />}
      </Loaded>
    </>
  )
}

function Known({ register, onChanged }: { register: Register; onChanged: () => void }) {
  const readsActs = useEntitled('acts.read')
  const all = useWords(staffWords)
  const words = all.register
  const { registerNumber, unp, company, place, address, states, devices, asOf } = register
  const { red, redSince } = register
  const { age } = useWords(controlsWords)
  const waits = redSince === null ? null : ageIn(age, Math.max(0, asOf - redSince))
  const of = { register: String(registerNumber) }
  return (
    <div class="panels">
      <section class="panel" aria-labelledby="about">
        <h2 id="about">{words.about}</h2>
        <Facts
          rows={[
            [words.state, <States key="states" states={states} />],
            ...(red === null ? [] : [row(words.red, unsentIn(words, { unsent: red, waits }))]),
            [words.number, <code key="number">{registerNumber}</code>],
            [
              words.client,
              <a key="client" href={addressOf('fleet', { unp })}>
                {company}
              </a>,
            ],
            [words.unp, <code key="unp">{unp}</code>],
            [words.place, place],
            [words.address, address],
            ...(readsActs
              ? [row(all.acts.heading, <a href={addressOf('acts', of)}>{all.acts.all}</a>)]
              : []),
          ]}
        />
      </section>
      <Measures register={register} asOf={asOf} onChanged={onChanged} />
      <Words register={registerNumber} devices={devices.map(({ device }) => device)} />
      <section class="panel" aria-labelledby="devices">
        <h2 id="devices">{words.devices}</h2>
        {devices.length === 0 && <p class="soft">{words.noDevice}</p>}
        {devices.map((device) => (
          <DeviceFacts
            key={device.device}
            device={device}
            asOf={asOf}
            register={String(registerNumber)}
            onChanged={onChanged}
          />
        ))}
      </section>
    </div>
  )
}

function DeviceFacts(props: {
  device: Device
  asOf: number
  register: string
  onChanged: () => void
}) {
  const { device, asOf, register } = props
  const words = useWords(staffWords).register
  const { age } = useWords(controlsWords)
  const { number, lastAt, heardAt, delayMs, forks, forgotten, marked } = device
  const { unsent, version, oldestUnsentAt, retired } = device
  const all = useWords(staffWords).retire
  const waits = oldestUnsentAt === null ? null : ageIn(age, asOf - oldestUnsentAt)
  const heard =
    heardAt === null
      ? wordsNow(staffWords).fleet.never
      : words.heardAgo(printedMoment(heardAt), ageIn(age, asOf - heardAt))
  const last =
    lastAt === null ? words.noDocument : words.lastOf(number, printedMoment(lastAt).slice(0, 16))
  return (
    <>
      <h3>{words.device(device.device)}</h3>
      <Facts
        rows={[
          ...(retired === null
            ? []
            : [
                row(all.retired, all.by(printedMoment(retired.at), retired.person, retired.reason)),
              ]),
          [words.heard, heard],
          [words.last, last],
          ...(delayMs === null ? [] : [row(words.delay, ageIn(age, delayMs))]),
          ...(unsent === null ? [] : [row(words.unsent, unsentIn(words, { unsent, waits }))]),
          ...(version === null ? [] : [row(words.version, version)]),
          [words.forks, <Count key="forks" count={forks} of={{ kind: 'fork', register }} />],
          [
            words.forgotten,
            <Count key="forgotten" count={forgotten} of={{ kind: 'lost', register }} />,
          ],
          [
            words.refused,
            <a key="refused" href={addressOf('findings', { kind: 'refused', register })}>
              {words.see}
            </a>,
          ],
          [words.marked, <Count key="marked" count={marked} of={{ kind: 'marked', register }} />],
          ...(number === 0 ? [] : [row(words.head, <code>{device.hash}</code>)]),
          [words.key, <code key="key">{device.key}</code>],
        ]}
      />
      {retired === null && (
        <div class="ways">
          <Retire device={device.device} unsent={unsent} onDone={props.onChanged} />
        </div>
      )}
    </>
  )
}

const unsentIn = (
  words: StaffWords['register'],
  { unsent, waits }: { unsent: number; waits: string | null },
): string => (waits === null ? String(unsent) : words.unsentSince(unsent, waits))

const row = (name: string, value: ComponentChildren): [string, ComponentChildren] => [name, value]

/** What speaks against a device stands out; nothing does not. */
const Count = ({ count, of }: { count: number; of: FindingsFilter }) =>
  count === 0 ? (
    <span class="soft">0</span>
  ) : (
    <a class="bad" href={addressOf('findings', of)}>
      {count}
    </a>
  )
