import { officeNotices } from '#core/notices.ts'
import { officeWords } from '#core/words/office.ts'
import { useWords } from '#web/ui/language.ts'
import { OwnAccount, OwnNotices } from '#web/ui/OwnAccount.tsx'
import { ClientPeople } from '#web/ui/People.tsx'
import { office, type Session, told, useEntitled, visit } from '../office.ts'

/** C4 the client's people, and what one does about one's own sign-in. */
export function OfficeSettings({ session }: { session: Session }) {
  const words = useWords(officeWords).settings
  return (
    <>
      <div class="title-row">
        <h1>{words.heading}</h1>
      </div>
      {useEntitled('client.people') && (
        <ClientPeople api={office} told={told} cabinet="office" own={session.email} />
      )}
      <div class="own-account">
        <OwnAccount
          api={office}
          told={told}
          hasFactor={session.secondFactor}
          onFactor={() => void visit.restore()}
        />
        {session.role === 'client' && <OwnNotices names={officeNotices} api={office} told={told} />}
      </div>
    </>
  )
}
