import { operatorNotices } from '#core/notices.ts'
import { accountWords } from '#core/words/account.ts'
import { useWords } from '#web/ui/language.ts'
import { OwnAccount, OwnNotices } from '#web/ui/OwnAccount.tsx'
import { ClientPeople } from '#web/ui/People.tsx'
import { operator, type Session, told, useEntitled, visit } from '../operator.ts'

/** Who of the client's people may what, and what one does about one's own sign-in. */
export function People({ session }: { session: Session }) {
  const words = useWords(accountWords).people
  return (
    <>
      <div class="title-row">
        <h1>{words.section}</h1>
      </div>
      {useEntitled('client.people') && (
        <ClientPeople api={operator} told={told} cabinet="operator" own={session.email} />
      )}
      <Own session={session} />
    </>
  )
}

/** What one of the operator's people does about her own sign-in. */
export function OwnSignIn({ session }: { session: Session }) {
  return (
    <>
      <div class="title-row">
        <h1>{useWords(accountWords).own.heading}</h1>
      </div>
      <Own session={session} />
    </>
  )
}

const Own = ({ session }: { session: Session }) => (
  <div class="own-account">
    <OwnAccount
      api={operator}
      told={told}
      hasFactor={session.secondFactor}
      onFactor={() => void visit.restore()}
    />
    {session.role === 'client' && <OwnNotices names={operatorNotices} api={operator} told={told} />}
  </div>
)
