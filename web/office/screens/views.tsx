import { useState } from 'preact/hooks'
import type { SavedView } from '#core/api/office-views.ts'
import { formatMoney } from '#core/money.ts'
import { officeWords } from '#core/words/office.ts'
import { Button } from '#web/ui/Button.tsx'
import { useLoad } from '#web/ui/hooks.ts'
import { Loaded } from '#web/ui/Loaded.tsx'
import { useWords } from '#web/ui/language.ts'
import { office, told } from '../office.ts'
import { emptyFilter, type Filter, hashOf, type Request } from '../routes.ts'
import { ActForm } from '../staff/act-form.tsx'

/** The address of a view: what is looked for, as it would have been typed. */
function addressOfView({ filter }: SavedView): string {
  const typed = Object.entries(filter).map(([name, value]): [string, string] => {
    if (name === 'sum') return [name, formatMoney(Number(value) as never)]
    return [name, value === 'at-down' ? '' : String(value)]
  })
  return hashOf(Object.assign({}, emptyFilter, Object.fromEntries(typed)) as Filter)
}

/** The same for what looks for the same, however it was typed. */
const wordsOf = (filter: object): string =>
  JSON.stringify(
    Object.entries(filter)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

/** What one looks for often: a press away, kept under names. */
export function Views({ search, request }: { search: string; request: Request | null }) {
  const words = useWords(officeWords).list.views
  const [answer, again] = useLoad('views', () => office.views({}))
  return (
    <Loaded answer={answer} told={told} again={again}>
      {({ views }) => {
        const asked = request && wordsOf(request)
        const present = views.find(({ filter }) => wordsOf(filter) === asked)
        const isSaving = !present && request !== null && search !== hashOf({})
        if (views.length === 0 && !isSaving) return null
        return (
          <nav class="views" aria-label={words.heading}>
            {views.map((each) => (
              <a
                key={each.id}
                href={addressOfView(each)}
                aria-current={each === present ? 'page' : undefined}
              >
                {each.name}
              </a>
            ))}
            {isSaving && <Saving request={request} onDone={again} />}
            {present && <Present key={present.id} view={present} onDone={again} />}
          </nav>
        )
      }}
    </Loaded>
  )
}

function Saving({ request, onDone }: { request: Request; onDone: () => void }) {
  const { cancel, list } = useWords(officeWords)
  const words = list.views
  const [isOpen, setOpen] = useState(false)
  if (!isOpen) {
    return (
      <Button tone="quiet" onClick={() => setOpen(true)}>
        {words.save}
      </Button>
    )
  }
  return (
    <>
      <Button tone="quiet" onClick={() => setOpen(false)}>
        {cancel}
      </Button>
      <ActForm
        act={words.save}
        fields={{ name: { label: words.name } }}
        send={({ name }) => office.saveView({ name, filter: request })}
        onDone={onDone}
      />
    </>
  )
}

function Present({ view: { id, name }, onDone }: { view: SavedView; onDone: () => void }) {
  const { cancel, list } = useWords(officeWords)
  const words = list.views
  const [isOpen, setOpen] = useState(false)
  const remove = async () => {
    if ((await office.removeView({ view: id })).kind === 'done') onDone()
  }
  return (
    <>
      <Button tone="quiet" onClick={() => setOpen(!isOpen)}>
        {isOpen ? cancel : words.rename}
      </Button>
      <Button tone="quiet" onClick={() => void remove()}>
        {words.remove}
      </Button>
      {isOpen && (
        <ActForm
          act={words.rename}
          fields={{ name: { label: words.name, value: name } }}
          send={(typed) => office.renameView({ view: id, name: typed.name })}
          onDone={() => {
            setOpen(false)
            onDone()
          }}
        />
      )}
    </>
  )
}
