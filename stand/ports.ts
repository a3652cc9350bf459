import { createServer, type Server } from 'node:net'

// Free ports are wanted before those who will listen on them are started, and kept while these are
// killed and started again. So they are not the system's own choice, which may give one to somebody
// else meanwhile: a stand takes a stretch of ports below those that the system gives away, and
// holds its first one as long as it runs, which keeps other stands out of the whole.

const FIRST = 10_000
const STRETCH = 25
const STRETCHES = 900

type Leased<P> = { ports: P; release: () => Promise<void> }

/** Ports 0 become free ones, which no other stand of this machine takes until they are released. */
export async function leasePorts<P extends Record<string, number>>(
  wanted: P,
  { host, chance }: { host: string; chance: () => number },
): Promise<Leased<P>> {
  for (let tries = 0; tries < STRETCHES; tries += 1) {
    const base = FIRST + Math.floor(chance() * STRETCHES) * STRETCH
    const lease = await held(host, base)
    if (!lease) continue
    const release = () => closed(lease)
    const ports = await within(base, wanted, host)
    if (ports) return { ports, release }
    await release()
  }
  throw new Error('no free ports')
}

/** Null when too many ports of the stretch are in use. */
async function within<P extends Record<string, number>>(
  base: number,
  wanted: P,
  host: string,
): Promise<P | null> {
  const found: Record<string, number> = {}
  let next = base
  for (const [name, port] of Object.entries(wanted)) {
    found[name] = port
    while (found[name] === 0) {
      next += 1
      if (next >= base + STRETCH) return null
      const free = await held(host, next)
      if (!free) continue
      await closed(free)
      found[name] = next
    }
  }
  return { ...wanted, ...found }
}

/** Null when somebody listens there. */
const held = (host: string, port: number): Promise<Server | null> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', () => resolve(null))
    server.listen(port, host, () => resolve(server))
  })

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => server.close(() => resolve()))
