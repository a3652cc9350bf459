import { useState } from 'preact/hooks'
import type { cabinetNoticesApi } from '#core/api/cabinet/notices.ts'
import type { cabinetOwnApi } from '#core/api/cabinet/own.ts'
import type { Client, Reply } from '#core/api/contract.ts'
import type { NoticeName } from '#core/notices.ts'
import { printedMoment } from '#core/time.ts'
import type { AccountWords } from '#core/words/account/ru.ts'
import { accountWords } from '#core/words/account.ts'
import { Alert } from './Alert.tsx'
import { Button } from './Button.tsx'
import { browserName } from './browser-name.ts'
import { Field } from './Field.tsx'
import { useLoad } from './hooks.ts'
import { useWords } from './language.ts'
import { Qr } from './Paper.tsx'
import { Switch } from './Switch.tsx'
import type { Trouble } from './trouble.ts'

type Offer = { secret: string; uri: string }

type Props = { api: Client<typeof cabinetOwnApi>; told: (trouble: Trouble) => string }

/** What an account does about its own sign-in: password, second factor, sessions. */
export function OwnAccount(props: Props & { hasFactor: boolean; onFactor: () => void }) {
  const { api, told } = props
  return (
    <>
      <OwnPassword api={api} told={told} />
      <SecondFactor {...props} />
      <Sessions api={api} told={told} />
    </>
  )
}

function SecondFactor(props: Props & { hasFactor: boolean; onFactor: () => void }) {
  const { api, told, hasFactor, onFactor } = props
  const words = useWords(accountWords).own
  const [offer, setOffer] = useState<Offer | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const begin = async () => {
    const answer = await api.beginSecondFactor({})
    setTrouble(answer.kind === 'done' ? null : answer)
    if (answer.kind === 'done') setOffer(answer.value)
  }
  const confirm = async (code: string) => {
    const answer = await api.confirmSecondFactor({ code })
    setTrouble(answer.kind === 'done' ? null : answer)
    if (answer.kind === 'done') setCodes(answer.value.recoveryCodes)
  }
  const drop = async (code: string) => {
    const answer = await api.dropSecondFactor({ code })
    setTrouble(answer.kind === 'done' ? null : answer)
    if (answer.kind === 'done') onFactor()
  }
  const saved = () => {
    setCodes(null)
    setOffer(null)
    onFactor()
  }
  return (
    <section class="card own" aria-labelledby="factor">
      <h2 id="factor">{words.factor}</h2>
      {trouble && <Alert tone="red" title={told(trouble)} />}
      {codes && <RecoveryCodes codes={codes} onSaved={saved} />}
      {!codes && hasFactor && (
        <>
          <p>{words.isOn}</p>
          <CodeForm label={words.code} action={words.drop} onCode={drop} />
        </>
      )}
      {!codes && !hasFactor && !offer && (
        <>
          <p>{words.isOff}</p>
          <p>
            <Button tone="main" onClick={() => void begin()}>
              {words.begin}
            </Button>
          </p>
        </>
      )}
      {!codes && !hasFactor && offer && (
        <>
          <p>{words.scan}</p>
          <div class="own-qr">
            <Qr text={offer.uri} />
          </div>
          <p class="soft">
            {words.byHand} <code class="secret">{offer.secret}</code>
          </p>
          <CodeForm label={words.code} action={words.confirm} onCode={confirm} />
        </>
      )}
    </section>
  )
}

function CodeForm(props: {
  label: string
  action: string
  onCode: (code: string) => Promise<void>
}) {
  const [code, setCode] = useState('')
  const send = (event: Event) => {
    event.preventDefault()
    void props.onCode(code).then(() => setCode(''))
  }
  return (
    <form class="own-code" onSubmit={send}>
      <Field label={props.label} value={code} inputMode="numeric" maxLength={32} onText={setCode} />
      <Button type="submit" tone="main" disabled={code.trim() === ''}>
        {props.action}
      </Button>
    </form>
  )
}

function RecoveryCodes(props: { codes: readonly string[]; onSaved: () => void }) {
  const words = useWords(accountWords).own
  return (
    <>
      <Alert tone="green" title={words.nowOn} next={words.keep} />
      <ul class="own-codes" aria-label={words.recovery}>
        {props.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p>
        <Button tone="main" onClick={props.onSaved}>
          {words.saved}
        </Button>
      </p>
    </>
  )
}

function OwnPassword({ api, told }: Props) {
  const words = useWords(accountWords).people
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [heard, setHeard] = useState<{ kind: 'done' } | Trouble | null>(null)
  const change = async (event: Event) => {
    event.preventDefault()
    const answer = await api.changePassword({ current, password })
    setHeard(answer)
    if (answer.kind !== 'done') return
    setCurrent('')
    setPassword('')
  }
  return (
    <form class="card own" onSubmit={(event) => void change(event)}>
      <h2>{words.passwordHeading}</h2>
      <Field
        label={words.current}
        type="password"
        autocomplete="current-password"
        value={current}
        maxLength={128}
        onText={setCurrent}
      />
      <NewPassword value={password} onText={setPassword} />
      {heard && heard.kind !== 'done' && <Alert tone="red" title={told(heard)} />}
      {heard?.kind === 'done' && <p role="status">{words.changed}</p>}
      <Button type="submit" disabled={current === '' || password.length < SHORTEST}>
        {words.change}
      </Button>
    </form>
  )
}

/** As the contract has it; the server says so too. */
export const SHORTEST = 10

/** A field for a password that is chosen. */
export const NewPassword = ({
  value,
  onText,
}: {
  value: string
  onText: (text: string) => void
}) => {
  const words = useWords(accountWords).people
  return (
    <Field
      label={words.password}
      hint={words.passwordHint}
      type="password"
      autocomplete="new-password"
      value={value}
      maxLength={128}
      onText={onText}
    />
  )
}

/** What one is told of by mail; each choice is kept at once. */
export function OwnNotices<Name extends NoticeName>(props: {
  names: readonly Name[]
  api: Client<ReturnType<typeof cabinetNoticesApi<Name>>>
  told: (trouble: Trouble) => string
}) {
  const { names, api, told } = props
  const words = useWords(accountWords).notices
  const [answer, again] = useLoad('notices', () => api.notices({}))
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  if (!answer) return null
  if (answer.kind !== 'done') return <Alert tone="red" title={told(answer)} />
  const { wanted } = answer.value
  const choose = async (name: Name, on: boolean) => {
    const chosen = names.filter((each) => (each === name ? on : wanted.includes(each)))
    const kept = await api.chooseNotices({ wanted: chosen })
    setTrouble(kept.kind === 'done' ? null : kept)
    again()
  }
  return (
    <section class="card own" aria-labelledby="notices">
      <h2 id="notices">{words.heading}</h2>
      <p class="soft small">{words.how}</p>
      {trouble && <Alert tone="red" title={told(trouble)} />}
      {names.map((name) => (
        <Switch
          key={name}
          label={words.names[name]}
          on={wanted.includes(name)}
          onChange={(on) => void choose(name, on)}
        />
      ))}
    </section>
  )
}

type Session = Reply<(typeof cabinetOwnApi)['sessions']>['sessions'][number]

function Sessions({ api, told }: Props) {
  const words = useWords(accountWords).sessions
  const [answer, again] = useLoad('sessions', () => api.sessions({}))
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const act = async (work: Promise<{ kind: 'done' } | Trouble>) => {
    const done = await work
    setTrouble(done.kind === 'done' ? null : done)
    again()
  }
  if (!answer) return null
  if (answer.kind !== 'done') return <Alert tone="red" title={told(answer)} />
  const { sessions } = answer.value
  return (
    <section class="card own" aria-labelledby="sessions">
      <h2 id="sessions">{words.heading}</h2>
      {trouble && <Alert tone="red" title={told(trouble)} />}
      <ul class="own-sessions">
        {sessions.map((session) => (
          <li key={session.id}>
            <span>
              {session.browser ? browserName(session.browser) : words.browser}
              <span class="soft small own-session-facts">{factsOf(session, words)}</span>
            </span>
            {!session.own && (
              <Button
                tone="quiet"
                aria-label={words.endOf(opened(session, words))}
                onClick={() => void act(api.endSession({ session: session.id }))}
              >
                {words.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <p>
          <Button onClick={() => void act(api.endOtherSessions({}))}>{words.endOthers}</Button>
        </p>
      )}
    </section>
  )
}

type Words = AccountWords['sessions']
const minute = (at: number): string => printedMoment(at).slice(0, 16)

const opened = ({ openedAt, until }: Session, words: Words): string =>
  openedAt === null ? words.until(minute(until)) : words.opened(minute(openedAt))

const factsOf = (session: Session, words: Words): string =>
  [
    ...(session.own ? [words.own] : []),
    opened(session, words),
    ...(session.origin ? [words.from(session.origin)] : []),
  ].join(', ')
