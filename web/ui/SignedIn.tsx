import type { ComponentChildren, ComponentProps } from 'preact'
import type { Language } from '#core/words/language.ts'
import { Button } from './Button.tsx'
import { useStart, useStore } from './hooks.ts'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { NoAnswer } from './NoAnswer.tsx'
import { SignIn } from './SignIn.tsx'
import type { Visit } from './visit.ts'

type Person = { language: Language | null }

/** A cabinet for whoever is signed in; the way in for anybody else. */
export function SignedIn<Session extends Person>(
  props: Omit<ComponentProps<typeof SignIn<Session>>, 'begin'> & {
    visit: Visit<Session>
    children: (session: Session) => ComponentChildren
  },
) {
  const { visit, heading, signIn, told, children } = props
  const { session, trouble } = useStore(visit.store)
  useStart(() => void visit.restore())
  if (session) return <>{children(session)}</>
  if (session === null) {
    return <SignIn heading={heading} signIn={signIn} begin={visit.begin} told={told} />
  }
  return (
    trouble && (
      <main class="main">
        <NoAnswer told={told(trouble)} again={() => void visit.restore()} />
      </main>
    )
  )
}

/** Whose cabinet it is, its sections, and the way out. */
export function CabinetHeader<Session extends Person>(props: {
  visit: Visit<Session>
  who: string
  heading: string
  out: string
  children: ComponentChildren
}) {
  const { visit, who, heading, out, children } = props
  return (
    <header class="header">
      <div class="header-who">
        <strong>{who}</strong>
        <span class="soft small">{heading}</span>
      </div>
      {children}
      <LanguageSwitch onChoose={visit.chooseLanguage} />
      <Button tone="quiet" class="header-out" onClick={() => void visit.end()}>
        {out}
      </Button>
    </header>
  )
}
