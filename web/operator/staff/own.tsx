import { useState } from 'preact/hooks'
import { staffWords } from '#core/words/staff.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useWords } from '#web/ui/language.ts'
import { Qr } from '#web/ui/Paper.tsx'
import type { Trouble } from '#web/ui/trouble.ts'
import { operator, restoreSession, type Session, told } from '../operator.ts'

type Offer = { secret: string; uri: string }

/** What an account does about its own sign-in: the second factor. */
export function Own({ session }: { session: Session }) {
  const words = useWords(staffWords).own
  const [offer, setOffer] = useState<Offer | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const begin = async () => {
    const answer = await operator.beginSecondFactor({})
    setTrouble(answer.kind === 'done' ? null : answer)
    if (answer.kind === 'done') setOffer(answer.value)
  }
  const confirm = async (code: string) => {
    const answer = await operator.confirmSecondFactor({ code })
    setTrouble(answer.kind === 'done' ? null : answer)
    if (answer.kind === 'done') setCodes(answer.value.recoveryCodes)
  }
  const drop = async (code: string) => {
    const answer = await operator.dropSecondFactor({ code })
    setTrouble(answer.kind === 'done' ? null : answer)
    if (answer.kind === 'done') void restoreSession()
  }
  const saved = () => {
    setCodes(null)
    setOffer(null)
    void restoreSession()
  }
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
      </div>
      <section class="panel own" aria-labelledby="factor">
        <h2 id="factor">{words.factor}</h2>
        {trouble && <Alert tone="red" title={told(trouble)} />}
        {codes && <RecoveryCodes codes={codes} onSaved={saved} />}
        {!codes && session.secondFactor && (
          <>
            <p>{words.isOn}</p>
            <CodeForm label={words.code} action={words.drop} onCode={drop} />
          </>
        )}
        {!codes && !session.secondFactor && !offer && (
          <>
            <p>{words.isOff}</p>
            <p>
              <Button tone="main" onClick={() => void begin()}>
                {words.begin}
              </Button>
            </p>
          </>
        )}
        {!codes && !session.secondFactor && offer && (
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
    </>
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
  const words = useWords(staffWords).own
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
