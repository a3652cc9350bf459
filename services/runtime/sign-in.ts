import type { IncomingMessage } from 'node:http'
import type { Context as Call } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import { DAY, SECOND } from '#core/time.ts'
import type { SignInPlace } from './guesses.ts'
import { keyedHash, newToken, sameSecret, sha256 } from './secret.ts'
import { addressOf } from './serve.ts'

export type Cookies = {
  /** What the server's cookies begin with. */
  name: string
  /** Known to the server alone: what it says of a browser nobody else can say. */
  key: string
  /** The browser comes over TLS. */
  isSecure: boolean
}

/** A browser in which somebody was signed in is known for so long. */
const KNOWN_MS = 400 * DAY
const PERSON_LETTERS = 16

/**
 * The cookies of a server: the session's, and one by which a browser is known in which a person
 * has signed in before. They carry the port, since a browser sends the cookies of a host to
 * every port of it.
 */
export function openSignIn({ name, key, isSecure }: Cookies) {
  const nameAt = (host: string | undefined) => {
    const port = /:(\d{1,5})$/.exec(host ?? '')?.[1]
    // The prefix makes a browser refuse one that another host of the domain has set.
    return `${isSecure ? '__Host-' : ''}${name}${port === undefined ? '' : `-${port}`}`
  }
  const nameOf = (call: Call) => nameAt(call.req.header('host') ?? new URL(call.req.url).host)
  const hashOf = (person: string) => sha256(person).slice(0, PERSON_LETTERS)
  const sealOf = (browser: string, person: string) => keyedHash(key, `browser ${browser} ${person}`)
  /** The browser's name in a cookie that this server has set for a person; null: it is none. */
  const browserIn = (value: string | undefined, person: string): string | null => {
    const [browser = '', seal = ''] = (value ?? '').split('.')
    return browser !== '' && sameSecret(seal, sealOf(browser, person)) ? browser : null
  }
  const options = { httpOnly: true, sameSite: 'Strict', path: '/', secure: isSecure } as const
  return {
    /** The session's token; '' where there is none. */
    tokenOf: (call: Call): string => read(call.req.header('cookie'))[nameOf(call)] ?? '',
    tokenIn: ({ headers }: IncomingMessage): string =>
      read(headers.cookie)[nameAt(headers.host)] ?? '',
    /** Where a person signs in from. */
    placeOf: (call: Call, person: string): SignInPlace => {
      const hash = hashOf(person)
      const known = browserIn(read(call.req.header('cookie'))[`${nameOf(call)}-${hash}`], hash)
      if (known !== null) return { standing: 'known', at: known }
      return { standing: 'stranger', at: addressOf(call) }
    },
    /** The browser of a request, where somebody has signed in in it before. */
    knownBrowser: ({ headers }: IncomingMessage): string | null => {
      const start = `${nameAt(headers.host)}-`
      for (const [cookie, value] of Object.entries(read(headers.cookie))) {
        if (!cookie.startsWith(start)) continue
        const browser = browserIn(value, cookie.slice(start.length))
        if (browser !== null) return browser
      }
      return null
    },
    /** Lets a person in: sets the session's cookie, and the one that her browser is known by. */
    letIn: (call: Call, { person, token, maxAge }: LetIn): void => {
      const lasts = maxAge === undefined ? {} : { maxAge }
      setCookie(call, nameOf(call), token, Object.assign(lasts, options))
      const hash = hashOf(person)
      const browser = newToken()
      const known = Object.assign({ maxAge: KNOWN_MS / SECOND }, options)
      setCookie(call, `${nameOf(call)}-${hash}`, `${browser}.${sealOf(browser, hash)}`, known)
    },
    letOut: (call: Call): void => {
      deleteCookie(call, nameOf(call), { path: '/', secure: isSecure })
    },
  }
}

type LetIn = {
  person: string
  token: string
  /** Seconds; without it the cookie ends with the browser. */
  maxAge?: number
}

export type SignInCookies = ReturnType<typeof openSignIn>

const read = (cookies: string | undefined): Record<string, string> => parse(cookies ?? '')
