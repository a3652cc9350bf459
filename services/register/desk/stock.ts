import type { Context as Call } from 'hono'
import { done, type Handlers, invalid, refused } from '#core/api/contract.ts'
import type { registerApi } from '#core/api/register.ts'
import { answerRefused } from '#services/runtime/serve.ts'
import type { Register } from '../register.ts'
import type { SignedIn } from './people.ts'

/** A picture is called by its hash: what was once got is never another. */
export const openPicture =
  ({ pictures }: Register) =>
  (call: Call): Response => {
    const image = pictures.image(call.req.param('hash') ?? '')
    if (!image) return answerRefused(call, invalid('hash', 'unknown'))
    const headers = { 'content-type': 'image/png', 'cache-control': FOR_EVER }
    return new Response(image, { headers })
  }

const FOR_EVER = 'private, max-age=31536000, immutable'

/** The shop's goods as whoever keeps them sees them (K1). */
export function stockHandlers({
  stock,
  pictures,
  changed,
}: Register): Pick<
  Handlers<typeof registerApi, SignedIn, Call>,
  'stock' | 'stockOne' | 'addGoods' | 'changeGoods' | 'retireGoods' | 'keepPicture'
> {
  return {
    stock: async (asked) => done(stock.page(asked)),
    stockOne: async ({ id }) => {
      const goods = stock.one(id)
      return goods ? done({ goods, prices: stock.prices(id) }) : refused('goods.unknown')
    },
    addGoods: async ({ request, ...form }, { person }) =>
      stock.add(form, { person: person.user, request }),
    changeGoods: async ({ id, revision, ...form }, { person }) => {
      const answer = stock.change(form, { id, revision, person: person.user })
      // A7: pages with these goods in a receipt are told.
      changed(null)
      return answer
    },
    retireGoods: async ({ id, retired }, { person }) => stock.retire(id, retired, person.user),
    keepPicture: async ({ png }) => {
      const picture = pictures.keep(Buffer.from(png, 'base64'))
      return picture === null ? invalid('png', 'picture') : done({ picture })
    },
  }
}
