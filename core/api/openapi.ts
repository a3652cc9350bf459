import { z } from 'zod'
import type { ApiWords } from '../words/api/ru.ts'
import { type Contract, type Endpoint, invalidSchema, refusalSchema } from './contract.ts'

/** A contract and what its endpoints are called in one language. */
export type Described<C extends Contract> = {
  title: string
  version: string
  contract: C
  summaries: Record<keyof C & string, string>
  words: Pick<ApiWords, 'done' | 'invalid' | 'refused'>
}

/** OpenAPI 3.1 of a contract: the same schemas that the server and its clients parse by. */
export function openApi<C extends Contract>(described: Described<C>): object {
  const { title, version, contract, summaries, words } = described
  const paths: Record<string, Record<string, object>> = {}
  for (const [name, row] of Object.entries(contract)) {
    const summary = summaries[name] ?? name
    const [method = 'GET', route = '/'] = row.route.split(' ')
    const path = route.replace(/:(\w+)/g, '{$1}')
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: describe(row, { name, summary, words }),
    }
  }
  return { openapi: '3.1.0', info: { title, version }, paths }
}

const schema = (type: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(type, { io, unrepresentable: 'any', target: 'draft-2020-12' })
const json = (content: object) => ({ content: { 'application/json': { schema: content } } })

type Words = Described<Contract>['words']

function describe(
  row: Endpoint,
  { name, summary, words }: { name: string; summary: string; words: Words },
): object {
  const [method = 'GET', route = '/'] = row.route.split(' ')
  const inPath = new Set([...route.matchAll(/:(\w+)/g)].map((match) => match[1]))
  const fields = Object.entries(row.input.shape as Record<string, z.ZodType>)
  const named = (place: 'path' | 'query') => (field: (typeof fields)[number]) => ({
    name: field[0],
    in: place,
    schema: schema(field[1], 'input'),
    required: place === 'path' || !field[1].safeParse(undefined).success,
  })
  const rest = fields.filter(([field]) => !inPath.has(field))
  const body = z.object(Object.fromEntries(rest))
  return {
    operationId: name,
    summary,
    'x-right': row.right,
    parameters: [
      ...fields.filter(([field]) => inPath.has(field)).map(named('path')),
      ...(method === 'GET' ? rest.map(named('query')) : []),
    ],
    ...(method === 'GET' || rest.length === 0 ? {} : { requestBody: json(schema(body, 'input')) }),
    responses: {
      200: { description: words.done, ...json(schema(row.reply, 'output')) },
      400: { description: words.invalid, ...json(schema(invalidSchema, 'output')) },
      ...(row.right === 'public' ? {} : turnedAway(row, words)),
      409: refusal(row.refusals, words),
      429: refusal(['server.busy'], words),
    },
  }
}

const refusal = (codes: readonly string[], words: Words) => ({
  description: words.refused(codes.join(', ')),
  ...json(schema(refusalSchema, 'output')),
})

const turnedAway = ({ right }: Endpoint, words: Words) => ({
  401: refusal(['session.required'], words),
  ...(right === 'signed-in' ? {} : { 403: refusal(['right.required'], words) }),
})
