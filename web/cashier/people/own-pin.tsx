import { useState } from 'preact/hooks'
import { PIN_LENGTH } from '#core/access/pin.ts'
import { peopleWords } from '#core/words/people.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { Field } from '#web/ui/Field.tsx'
import { useFocus, useKeys, useLedToFault } from '#web/ui/hooks.ts'
import { useWords } from '#web/ui/language.ts'
import { useForm } from '../form-state.ts'
import { register } from '../register.ts'
import { goBack } from '../standing-header.tsx'
import { NewPinTwice, pinTwiceFaults } from './new-pin.tsx'
import { Told } from './person-editor.tsx'

const empty = { pin: '', newPin: '', again: '' }

/** K3: everybody changes her own PIN. */
export function OwnPin() {
  const words = useWords(peopleWords)
  const [isChanged, setChanged] = useState(false)
  const { typed, faults, tries, trouble, busy, put, save } = useForm(empty)
  const form = useLedToFault(tries)
  const field = useFocus()
  useKeys({ Escape: () => goBack({ at: 'own-pin' }) })
  const trySave = () =>
    save({
      check: ({ pin, newPin, again }) => {
        const twice = pinTwiceFaults({ pin: newPin, again }, words)
        return {
          pin: pin === '' ? words.missing : undefined,
          newPin: twice.pin,
          again: twice.again,
        }
      },
      send: ({ pin, newPin }) => register.changeOwnPin({ pin, newPin }),
      saved: () => {
        put(empty)
        setChanged(true)
      },
    })
  return (
    <>
      <h1>{words.ownHeading}</h1>
      {isChanged && <Alert tone="green" title={words.changed} />}
      <form
        ref={form}
        class="people-form"
        onSubmit={(event) => {
          event.preventDefault()
          setChanged(false)
          void trySave()
        }}
      >
        <Told trouble={trouble} />
        <Field
          label={words.nowPin}
          type="password"
          inputMode="numeric"
          autocomplete="current-password"
          maxLength={PIN_LENGTH.most}
          value={typed.pin}
          onText={(pin) => put({ pin })}
          error={faults.pin}
          field={field}
        />
        <NewPinTwice
          labels={{ pin: words.newPin, again: words.repeat }}
          typed={{ pin: typed.newPin, again: typed.again }}
          faults={{ pin: faults.newPin, again: faults.again }}
          put={({ pin = typed.newPin, again = typed.again }) => put({ newPin: pin, again })}
        />
        <Button tone="main" big wide type="submit" busy={busy}>
          {words.change}
        </Button>
      </form>
    </>
  )
}
