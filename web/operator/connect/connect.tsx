import { useState } from 'preact/hooks'
import type { Reply } from '#core/api/contract.ts'
import type { operatorCabinetApi } from '#core/api/operator-cabinet.ts'
import { MINUTE } from '#core/time.ts'
import type { EnrolmentWords } from '#core/words/enrolment/ru.ts'
import { enrolmentWords } from '#core/words/enrolment.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Facts } from '#web/ui/Facts.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus, useLoad } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { NoAnswer } from '#web/ui/NoAnswer.tsx'
import type { Trouble } from '#web/ui/trouble.ts'
import { operator, told } from '../operator.ts'

type Api = typeof operatorCabinetApi
type Seen = Reply<Api['lookUpEnrolment']> & { code: string }
type Place = Reply<Api['enrolmentPlaces']>['places'][number]

/**
 * Connects a till or a device by the code it shows: seen first, then confirmed for a register. What
 * an address brings, as the QR on a till's screen does, is typed in and no more.
 */
export function Connect({ code: brought }: { code: string }) {
  const { connect: words } = useWords(enrolmentWords)
  const [code, setCode] = useState(brought)
  const [seen, setSeen] = useState<Seen | null>(null)
  const [end, setEnd] = useState<{ tone: 'green' | 'amber'; title: string } | null>(null)
  const begin = (title: { tone: 'green' | 'amber'; title: string } | null) => {
    setSeen(null)
    setCode('')
    setEnd(title)
  }
  return (
    <div class="connect">
      <h1>{words.heading}</h1>
      {end && (
        <Alert tone={end.tone} title={end.title}>
          <Button onClick={() => begin(null)}>{words.next}</Button>
        </Alert>
      )}
      {!end && !seen && <Find code={code} onCode={setCode} onSeen={setSeen} />}
      {!end && seen && <Decide key={seen.code} seen={seen} onEnd={begin} />}
    </div>
  )
}

function Find(props: {
  code: string
  onCode: (code: string) => void
  onSeen: (seen: Seen) => void
}) {
  const { code, onCode, onSeen } = props
  const { connect: words } = useWords(enrolmentWords)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [busy, setBusy] = useState(false)
  const field = useFocus()
  const find = async (event: Event) => {
    event.preventDefault()
    if (code.trim() === '' || busy) return
    setBusy(true)
    const answer = await operator.lookUpEnrolment({ code })
    setBusy(false)
    if (answer.kind === 'done') onSeen(Object.assign({ code }, answer.value))
    else setTrouble(answer)
  }
  return (
    <form class="connect-card" onSubmit={find}>
      <p>{words.lead}</p>
      <Field
        label={words.code}
        value={code}
        onText={(text) => onCode(text.toUpperCase())}
        placeholder="BCDF-GHJK"
        maxLength={20}
        field={field}
        error={trouble === null ? undefined : told(trouble)}
      />
      <Button type="submit" tone="main" big busy={busy} disabled={code.trim() === ''}>
        {words.find}
      </Button>
    </form>
  )
}

type End = (end: { tone: 'green' | 'amber'; title: string } | null) => void

/** What asks, and for which register it is to be. */
function Decide({ seen, onEnd }: { seen: Seen; onEnd: End }) {
  const { connect: words } = useWords(enrolmentWords)
  const [place, setPlace] = useState<Place | null>(null)
  const [isReplacing, setReplacing] = useState(false)
  const [reason, setReason] = useState('')
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [busy, setBusy] = useState(false)
  const { kind, serial, code, address, ageMs } = seen
  const present = place && standing(kind, place)
  // A device that gives way is retired for good, and that is explained.
  const isOfDevice = kind === 'sko' && present !== null
  const isAgreed = present === null || (isReplacing && !(isOfDevice && reason.trim() === ''))
  const say = async (work: () => Promise<Trouble | { kind: 'done' }>, end: () => void) => {
    setBusy(true)
    const answer = await work()
    setBusy(false)
    if (answer.kind === 'done') end()
    else setTrouble(answer)
  }
  const confirm = (register: number) =>
    say(
      () =>
        operator.confirmEnrolment({
          code,
          serial,
          register,
          replaces: present ?? undefined,
          reason: isOfDevice ? reason.trim() : undefined,
        }),
      () =>
        onEnd({ tone: 'green', title: words.done(`${words.what[kind]} № ${serial}`, register) }),
    )
  const refuse = () =>
    say(
      () => operator.refuseEnrolment({ code }),
      () => onEnd({ tone: 'amber', title: words.refused }),
    )
  return (
    <div class="connect-card">
      <Facts
        rows={[
          [words.what[kind], <strong key="serial">№ {serial}</strong>],
          [words.ageName, words.age(Math.floor(ageMs / MINUTE))],
          [words.address, address === '' ? words.unknownAddress : address],
        ]}
      />
      <Alert tone="amber" title={words.check} />
      <Places
        kind={kind}
        chosen={place}
        onChoose={(to) => {
          setPlace(to)
          setReplacing(false)
          setTrouble(null)
        }}
      />
      {present !== null && (
        <label class="connect-replace">
          <input
            type="checkbox"
            checked={isReplacing}
            onChange={(event) => setReplacing(event.currentTarget.checked)}
          />
          <span>{isOfDevice ? words.replacesDevice(present) : words.replaces(present)}</span>
        </label>
      )}
      {isOfDevice && isReplacing && (
        <>
          {(place?.unsent ?? 0) > 0 && (
            <Alert tone="amber" title={words.unsent(present, place?.unsent ?? 0)} />
          )}
          <Field label={words.reason} value={reason} maxLength={500} onText={setReason} />
        </>
      )}
      {trouble !== null && (
        <p class="field-error" role="alert">
          {told(trouble)}
        </p>
      )}
      <div class="connect-ways">
        <Button
          tone="main"
          busy={busy}
          disabled={place === null || !isAgreed}
          onClick={() => place && void confirm(place.registerNumber)}
        >
          {words.confirm}
        </Button>
        <Button busy={busy} onClick={() => void refuse()}>
          {words.refuse}
        </Button>
        <Button tone="quiet" onClick={() => onEnd(null)}>
          {words.other}
        </Button>
      </div>
    </div>
  )
}

/** What a register has already in the place that is asked for. */
const standing = (kind: Seen['kind'], { device, till }: Place): string | null =>
  kind === 'sko' ? device : till

/** A till can go where a device is; a device anywhere, where another gives way too. */
const takes = (kind: Seen['kind'], { device }: Place): boolean => kind === 'sko' || device !== null

function Places(props: {
  kind: Seen['kind']
  chosen: Place | null
  onChoose: (place: Place) => void
}) {
  const { kind, chosen, onChoose } = props
  const { connect: words } = useWords(enrolmentWords)
  const [number, setNumber] = useState('')
  const digits = number.replace(/\D/g, '').slice(0, 9)
  const [answer, again] = useLoad(digits, () => operator.enrolmentPlaces({ number: digits }))
  if (answer && answer.kind !== 'done') {
    return <NoAnswer told={told(answer)} again={again} />
  }
  const places = answer?.value.places ?? []
  return (
    <fieldset class="connect-places">
      <legend>{words.register}</legend>
      {(places.length > 5 || number !== '') && (
        <Field
          label={words.number}
          hint={words.numberHelp}
          inputMode="numeric"
          value={number}
          onText={setNumber}
          maxLength={9}
        />
      )}
      {answer && places.length === 0 && <p class="soft">{words.none}</p>}
      {places.map((place) => (
        <PlaceRow
          key={place.registerNumber}
          place={place}
          state={stateOf(kind, place, words)}
          isOpen={takes(kind, place)}
          isChosen={chosen?.registerNumber === place.registerNumber}
          onChoose={onChoose}
        />
      ))}
    </fieldset>
  )
}

type Words = EnrolmentWords['connect']

function stateOf(kind: Seen['kind'], place: Place, words: Words): string {
  if (kind === 'register' && place.device === null) return words.noDevice
  const present = standing(kind, place)
  return present === null ? words.free : words.occupied(present)
}

function PlaceRow(props: {
  place: Place
  state: string
  isOpen: boolean
  isChosen: boolean
  onChoose: (place: Place) => void
}) {
  const { place, state, isOpen, isChosen, onChoose } = props
  return (
    <label class="connect-place" data-closed={!isOpen}>
      <input
        type="radio"
        name="register"
        checked={isChosen}
        disabled={!isOpen}
        onChange={() => onChoose(place)}
      />
      <span class="connect-place-text">
        <strong>
          {place.registerNumber} · {place.place}
        </strong>
        <span class="soft small">
          {place.company}, {place.address}
        </span>
      </span>
      <span class="soft small">{state}</span>
    </label>
  )
}
