import { connect } from 'node:net'

const DEADLINE_MS = 2000

export type Internet = () => Promise<boolean | null>

/**
 * Whether anything beyond the shop can be reached: a connection to `address`, host:port, is opened
 * and closed. Without an address nobody can tell: null.
 */
export const openInternet =
  (address: string | null): Internet =>
  () =>
    new Promise((resolve) => {
      const [host = '', port = ''] = address?.split(':') ?? []
      if (host === '') {
        resolve(null)
        return
      }
      const signal = AbortSignal.timeout(DEADLINE_MS)
      const socket = connect({ host, port: Number(port), signal })
      const finish = (reached: boolean) => {
        resolve(reached)
        socket.destroy()
      }
      socket.on('connect', () => finish(true))
      socket.on('error', () => finish(false))
    })
