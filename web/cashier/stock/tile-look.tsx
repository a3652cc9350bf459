import { useRef, useState } from 'preact/hooks'
import { PICTURE_SIDE, type TileColour, tileColours } from '#core/goods/tile.ts'
import { stockWords } from '#core/words/stock.ts'
import { Alert } from '#web/ui/Alert.tsx'
import { Button } from '#web/ui/Button.tsx'
import { useLanguage, useWords } from '#web/ui/language.ts'
import { type PictureFault, squarePicture } from '#web/ui/square-picture.ts'
import { type Trouble, troubleOf } from '#web/ui/trouble.ts'
import { register } from '../register.ts'
import { pictureAddress } from '../tile-picture.ts'

type Look = { colour: TileColour | null; picture: string | null }

/** How the tile of goods looks on the selling page: a colour and a picture, or neither. */
export function TileLook({ look, onLook }: { look: Look; onLook: (look: Partial<Look>) => void }) {
  const words = useWords(stockWords)
  return (
    <>
      <fieldset class="tile-colours">
        <legend class="field-label">{words.colour}</legend>
        {[null, ...tileColours].map((colour) => (
          <label key={colour} class={`tile-swatch tile-${colour ?? 'plain'}`}>
            <input
              type="radio"
              name="tile-colour"
              aria-label={colour === null ? words.noColour : words.colours[colour]}
              checked={look.colour === colour}
              onChange={() => onLook({ colour })}
            />
          </label>
        ))}
      </fieldset>
      <PictureChoice picture={look.picture} onPicture={(picture) => onLook({ picture })} />
    </>
  )
}

function PictureChoice(props: {
  picture: string | null
  onPicture: (picture: string | null) => void
}) {
  const words = useWords(stockWords)
  const language = useLanguage()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<PictureFault | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const take = async (file: File) => {
    setBusy(true)
    const made = await squarePicture(file, PICTURE_SIDE)
    const answer = 'png' in made ? await register.keepPicture(made) : null
    setBusy(false)
    setFault('fault' in made ? made.fault : null)
    setTrouble(answer && answer.kind !== 'done' ? answer : null)
    if (answer?.kind === 'done') props.onPicture(answer.value.picture)
  }
  return (
    <fieldset class="tile-picture">
      <legend class="field-label">{words.picture}</legend>
      {props.picture !== null && (
        <img src={pictureAddress(props.picture)} alt={words.picture} width={64} height={64} />
      )}
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file) void take(file)
          currentTarget.value = ''
        }}
      />
      <Button busy={busy} onClick={() => input.current?.click()}>
        {words.choosePicture}
      </Button>
      {props.picture !== null && (
        <Button tone="quiet" onClick={() => props.onPicture(null)}>
          {words.takePicture}
        </Button>
      )}
      <p class={fault ? 'field-error' : 'soft small'} role={fault ? 'alert' : undefined}>
        {fault ? words.pictureFaults[fault] : words.pictureNote}
      </p>
      {trouble && <Alert tone="red" {...troubleOf('register', trouble, language)} />}
    </fieldset>
  )
}
