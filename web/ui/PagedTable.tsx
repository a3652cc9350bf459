import type { ComponentProps } from 'preact'
import { controlsWords } from '#core/words/controls.ts'
import type { Pages } from './hooks-pages.ts'
import { useWords } from './language.ts'
import { NoAnswer } from './NoAnswer.tsx'
import { Table } from './Table.tsx'

/** A long list as its pages come (`usePages`): rows, that there are `none`, or why none came. */
export function PagedTable<T>(
  props: Omit<ComponentProps<typeof Table<T>>, 'rows' | 'end' | 'onEnd'> & {
    pages: Pages<T>
    none: string
  },
) {
  const { pages, none, ...table } = props
  const { rows, told, isEmpty, onEnd, again } = pages
  const { loading } = useWords(controlsWords)
  return (
    <>
      {told !== undefined && <NoAnswer told={told} again={again} />}
      {(rows.length > 0 || isEmpty) && (
        <Table<T>
          {...table}
          rows={rows}
          end={onEnd ? loading : isEmpty ? none : undefined}
          onEnd={onEnd}
        />
      )}
    </>
  )
}
