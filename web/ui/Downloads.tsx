import { fileForms } from '#core/api/file-form.ts'

/** The list of a request as a file: the browser fetches it while it is made. */
export function Downloads({ path, request, label }: Props) {
  const named = Object.entries(request).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return (
    <span class="downloads">
      {fileForms.map((as) => (
        <a
          key={as}
          class="button button-quiet"
          href={`${path}?${new URLSearchParams([['as', as], ...named])}`}
          download
          aria-label={`${label} ${as.toUpperCase()}`}
        >
          {as.toUpperCase()}
        </a>
      ))}
    </span>
  )
}

type Props = {
  path: string
  request: Readonly<Record<string, string | number | boolean | undefined>>
  /** What is done with it, before the form of the file. */
  label: string
}
