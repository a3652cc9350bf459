import { cutInMiddle } from './cut-name.ts'

/** A name of goods, cut where names do not differ; `most`: characters that fit as they stand. */
export function CutName({ name, most }: { name: string; most: number }) {
  const [head, tail] = cutInMiddle(name, most)
  if (tail === '') return <>{name}</>
  return (
    // Of what language a shop's own words are nobody knows.
    <span class="cut-name" lang="">
      <span class="cut-head">{head}</span>
      <span class="cut-tail">{tail}</span>
    </span>
  )
}
