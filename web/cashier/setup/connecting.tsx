import type { Enrolling } from '#core/api/operator-enrolment.ts'
import type { EnrolmentKind } from '#core/operator/enrolment.ts'
import { MINUTE } from '#core/time.ts'
import { enrolmentWords, whyNotEnrolled } from '#core/words/enrolment.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { useElapsed, useLoad } from '#web/ui/hooks.ts'
import { LanguageSwitch } from '#web/ui/LanguageSwitch.tsx'
import { speak, useLanguage, useWords } from '#web/ui/language.ts'
import { Qr } from '#web/ui/Paper.tsx'
import { register } from '../register.ts'
import { restoreSession } from '../session.ts'
import { Stages } from './stages.tsx'

const LOOK_MS = 2000

/** K7: a till that is nobody's shows how it is connected, and goes on by itself once it is. */
export function Setup() {
  const { setup: words } = useWords(enrolmentWords)
  const look = Math.floor(useElapsed(LOOK_MS) / LOOK_MS)
  const [answer] = useLoad(String(look), async () => {
    const told = await register.setup({})
    if (told.kind === 'done' && told.value.waiting === null) void restoreSession()
    return told
  })
  const { waiting, devices } = answer?.kind === 'done' ? answer.value : nothing
  return (
    <main class="setup">
      <div class="setup-head">
        <p class="brand">zPOS</p>
        <LanguageSwitch onChoose={speak} />
      </div>
      <Stages now="connect" />
      <h1>{words.heading}</h1>
      <p>{words.lead}</p>
      {answer !== undefined && answer.kind !== 'done' && <Alert tone="red" {...words.silent} />}
      {devices.map((device) => (
        <Waiting key={device.serial} kind="sko" of={device} />
      ))}
      {waiting && <Waiting kind="register" of={waiting} />}
    </main>
  )
}

const nothing: { waiting: Enrolling | null; devices: Enrolling[] } = { waiting: null, devices: [] }

/** One that waits to be connected: its code, and what a person does with it. */
function Waiting({ kind, of }: { kind: EnrolmentKind; of: Enrolling }) {
  const { setup: words } = useWords(enrolmentWords)
  const { serial, code, cabinet, lifeMs } = of
  const title = `${words.what[kind]} № ${serial}`
  return (
    <section class="setup-card" aria-label={title}>
      <h2>{title}</h2>
      <State of={of} />
      {code !== null && cabinet !== null && (
        <div class="setup-ways">
          <div class="setup-way">
            <p class="setup-code">{code}</p>
            <p class="soft small">{words.life(Math.ceil(lifeMs / MINUTE))}</p>
            <ol class="setup-steps">
              {words.steps[kind].map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            <p>
              {words.cabinet}: <strong class="setup-address">{cabinet}</strong>
            </p>
          </div>
          <div class="setup-scan">
            <Qr text={`${cabinet}/#/connect?code=${code}`} />
            <p class="soft small">{words.scan}</p>
          </div>
        </div>
      )}
    </section>
  )
}

/** Where there is no code to type: why, and what helps. */
function State({ of: { state, why } }: { of: Enrolling }) {
  const { setup: words } = useWords(enrolmentWords)
  const language = useLanguage()
  switch (state) {
    case 'waiting':
      return null
    case 'asking':
      return <p class="soft">{words.asking}</p>
    case 'unreachable':
      return <Alert tone="amber" {...words.unreachable} />
    case 'refused':
      return <Alert tone="red" {...words.refused} />
    case 'rejected': {
      const told = whyNotEnrolled(language, why ?? '') ?? words.refused
      return <Alert tone="red" {...told} />
    }
    default:
      return state satisfies never
  }
}
