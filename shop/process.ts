/** Thrown at the boundary where a process is killed; the process does nothing after it. */
export class Killed extends Error {
  override name = 'Killed'
}

/** What SQLite throws when a write finds no room: the statement or the commit has done nothing. */
export class DiskFull extends Error {
  override name = 'DiskFull'
}

/** What a process may be thrown by the shop it runs in, and by nothing else. */
export const isBefallen = (error: unknown): boolean =>
  error instanceof Killed || error instanceof DiskFull

/** One life of a process: it passes boundaries between effects, and may end at one. */
export type Life = {
  alive: boolean
  /** Called before and after every effect; throws where the process is killed, and ever after. */
  boundary: (where: string) => void
  /** There is no room for one more write. */
  full: () => boolean
}

/** Whoever is not of the shop: nothing befalls them. */
export const outside: Life = { alive: true, boundary: () => {}, full: () => false }

/** What may befall the processes of a shop. */
export type Hazards<Name extends string> = {
  /** Told of every boundary between two effects; true: the process is killed there. */
  kills: (name: Name, where: string) => boolean
  /** Asked at every commit; true: there is no room for it. */
  full: (name: Name) => boolean
}

export const harmless: Hazards<string> = { kills: () => false, full: () => false }

/** How a process comes to life, over what outlives it. */
export type Row<Disk, App> = {
  disk: Disk
  /** What SIGKILL leaves of the disk: whatever was not committed never was. */
  rollBack?: (disk: Disk) => void
  /** Answers once it listens. */
  start: (life: Life, disk: Disk) => App | Promise<App>
}

export type Process<Disk, App> = {
  /** Put another in its place only while the process is dead. */
  disk: Disk
  /** The life of this moment, or the last one. */
  life: Life
  /** Null: nobody listens. */
  app: App | null
  /** SIGKILL, if it is alive. */
  kill: () => void
  /** A new life over the same disk, the present one killed; one that ends at its start is over. */
  start: () => Promise<void>
}

export function openProcess<Name extends string, Disk, App>(
  name: Name,
  hazards: Hazards<Name>,
  row: Row<Disk, App>,
): Process<Disk, App> {
  const process: Process<Disk, App> = {
    disk: row.disk,
    life: { alive: false, boundary: () => {}, full: () => false },
    app: null,
    kill: () => {
      process.life.alive = false
      process.app = null
      // Nobody may see what was not committed: whoever reads on the same connection neither.
      row.rollBack?.(process.disk)
    },
    start: async () => {
      process.kill()
      const life = bear()
      process.life = life
      try {
        const app = await row.start(life, process.disk)
        if (life.alive) process.app = app
      } catch (error) {
        if (life.alive) process.kill()
        if (!isBefallen(error)) throw error
      }
    },
  }
  const bear = (): Life => {
    const life: Life = {
      alive: true,
      full: () => hazards.full(name),
      boundary: (where) => {
        if (!life.alive) throw new Killed(name)
        if (!hazards.kills(name, where)) return
        process.kill()
        throw new Killed(where)
      },
    }
    return life
  }
  return process
}
