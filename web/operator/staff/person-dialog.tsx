import { useState } from 'preact/hooks'
import { type StaffRoleName, staffRoleNames } from '#core/access/roles.ts'
import type { StaffPerson } from '#core/api/operator-cabinet/staff.ts'
import { printedMoment } from '#core/time.ts'
import { staffWords } from '#core/words/staff.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Dialog } from '#web/ui/Dialog.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { Select } from '#web/ui/Select.tsx'
import type { Trouble } from '#web/ui/trouble.ts'
import { operator, told } from '../operator.ts'

type Link = { token: string; until: number }

const roleOf = (text: string): StaffRoleName =>
  staffRoleNames.find((name) => name === text) ?? 'support'

function RoleChoice(props: { value: StaffRoleName; onChoice: (role: StaffRoleName) => void }) {
  const words = useWords(staffWords).people
  return (
    <>
      <Select
        label={words.role}
        value={props.value}
        options={staffRoleNames.map((name) => ({ value: name, text: words.roles[name] }))}
        onChoice={(text) => props.onChoice(roleOf(text))}
      />
      <p class="soft small">{words.roleMeans[props.value]}</p>
    </>
  )
}

/** The link by which a person chooses a password: told this once. */
function InvitationLink({ link }: { link: Link }) {
  const words = useWords(staffWords).people
  const address = `${location.origin}/#/invitation/${link.token}`
  return (
    <>
      <Alert tone="green" title={words.linkReady(printedMoment(link.until).slice(0, 16))} />
      <p>
        <code class="secret">{address}</code>
      </p>
      <p class="soft small">{words.linkOnce}</p>
    </>
  )
}

/** A new one of the operator's people. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { people: words, measures } = useWords(staffWords)
  const [email, setEmail] = useState('')
  const [staffRole, setRole] = useState<StaffRoleName>('support')
  const [link, setLink] = useState<Link | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const field = useFocus()
  const invite = async (event: Event) => {
    event.preventDefault()
    const answer = await operator.inviteStaff({ email, staffRole })
    if (answer.kind === 'done') setLink(answer.value)
    else setTrouble(answer)
  }
  return (
    <Dialog title={words.invite} class="measure" onClose={onClose}>
      <form class="measure-form" onSubmit={invite}>
        {link ? (
          <InvitationLink link={link} />
        ) : (
          <>
            <Field
              label={words.email}
              type="email"
              value={email}
              maxLength={128}
              field={field}
              onText={setEmail}
            />
            <RoleChoice value={staffRole} onChoice={setRole} />
          </>
        )}
        {trouble && !link && <Alert tone="red" title={told(trouble)} />}
        <div class="dialog-actions">
          {!link && (
            <Button type="submit" tone="main" disabled={email.trim() === ''}>
              {words.invite}
            </Button>
          )}
          <Button onClick={onClose}>{link ? measures.close : measures.cancel}</Button>
        </div>
      </form>
    </Dialog>
  )
}

type Way = 'role' | 'sessions' | 'link' | 'factor' | 'disable' | 'enable'

const waysOf = ({ disabledAt, secondFactor }: StaffPerson): readonly Way[] => [
  'role',
  'sessions',
  'link',
  ...(secondFactor ? (['factor'] as const) : []),
  disabledAt === null ? 'disable' : 'enable',
]

type Wish = { email: string; reason: string; staffRole: StaffRoleName }

function carryOut(way: Exclude<Way, 'link'>, { email, reason, staffRole }: Wish) {
  switch (way) {
    case 'role':
      return operator.changeStaff({ email, reason, staffRole })
    case 'sessions':
      return operator.endStaffSessions({ email, reason })
    case 'factor':
      return operator.resetStaffFactor({ email, reason })
    case 'disable':
      return operator.disableStaff({ email, reason })
    case 'enable':
      return operator.enableStaff({ email, reason })
    default:
      return way satisfies never
  }
}

/** One confirmation for what is done about a person: who, what follows, and why. */
export function PersonDialog({ person, onClose }: { person: StaffPerson; onClose: () => void }) {
  const { people: words, measures } = useWords(staffWords)
  const { email } = person
  const [way, setWay] = useState<Way>('role')
  const [staffRole, setRole] = useState<StaffRoleName>(person.staffRole ?? 'support')
  const [reason, setReason] = useState('')
  const [link, setLink] = useState<Link | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const confirm = async (event: Event) => {
    event.preventDefault()
    if (way === 'link') {
      const invited = await operator.reinviteStaff({ email, reason })
      if (invited.kind === 'done') setLink(invited.value)
      else setTrouble(invited)
      return
    }
    const answer = await carryOut(way, { email, reason, staffRole })
    if (answer.kind === 'done') onClose()
    else setTrouble(answer)
  }
  return (
    <Dialog title={email} class="measure" onClose={onClose}>
      <form class="measure-form" onSubmit={confirm}>
        {link ? (
          <InvitationLink link={link} />
        ) : (
          <>
            <Select
              label={words.way}
              value={way}
              options={waysOf(person).map((each) => ({ value: each, text: words.ways[each] }))}
              onChoice={(text) => setWay(waysOf(person).find((each) => each === text) ?? 'role')}
            />
            {way === 'role' && <RoleChoice value={staffRole} onChoice={setRole} />}
            {way !== 'role' && <p>{words.means[way]}</p>}
            <Field
              label={measures.reason}
              hint={measures.whyHint}
              value={reason}
              maxLength={500}
              onText={setReason}
            />
          </>
        )}
        {trouble && !link && <Alert tone="red" title={told(trouble)} />}
        <div class="dialog-actions">
          {!link && (
            <Button
              type="submit"
              tone={way === 'disable' ? 'danger' : 'main'}
              disabled={reason.trim() === ''}
            >
              {words.ways[way]}
            </Button>
          )}
          <Button onClick={onClose}>{link ? measures.close : measures.cancel}</Button>
        </div>
      </form>
    </Dialog>
  )
}
