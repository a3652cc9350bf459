// What each program of the cluster is told. Patroni reads YAML, of which JSON is a part.

const HOST = '127.0.0.1'

/** Where a machine has its files and listens. */
export type MachinePlace = { name: string; folder: string; ports: MachinePorts }
export type MachinePorts = Record<'postgres' | 'patroni' | 'etcd' | 'etcdPeer', number>

/** How long a leader that is not heard of is waited for: what a fail-over takes at most, nearly. */
export const TTL_SECONDS = 20

/** Arguments of a machine's etcd. */
export function etcdArguments(own: MachinePlace, all: readonly MachinePlace[]): string[] {
  const url = (port: number) => `http://${HOST}:${port}`
  const peers = all.map(({ name, ports }) => `${name}=${url(ports.etcdPeer)}`)
  return [
    ['--name', own.name],
    ['--data-dir', `${own.folder}/etcd`],
    ['--listen-client-urls', url(own.ports.etcd)],
    ['--advertise-client-urls', url(own.ports.etcd)],
    ['--listen-peer-urls', url(own.ports.etcdPeer)],
    ['--initial-advertise-peer-urls', url(own.ports.etcdPeer)],
    ['--initial-cluster', peers.join(',')],
    ['--initial-cluster-token', 'zpos'],
    ['--log-level', 'warn'],
    ['--enable-v2'],
  ].flat()
}

/**
 * A machine's Patroni. Strictly synchronous: what no second machine has is not acknowledged, even
 * when one machine is all that is left; then the tills keep what they have.
 */
export function patroniSettings(
  own: MachinePlace,
  all: readonly MachinePlace[],
  binaries: string,
): string {
  const { folder, ports } = own
  const at = (port: number) => `${HOST}:${port}`
  return JSON.stringify({
    scope: 'zpos',
    name: own.name,
    restapi: { listen: at(ports.patroni), connect_address: at(ports.patroni) },
    // Not `etcd3`: Patroni 3.0 keeps a copy of etcd by that protocol, which a machine that stood
    // still goes on believing; the wrong machine is promoted next, without what was acknowledged.
    etcd: { hosts: all.map((each) => at(each.ports.etcd)) },
    bootstrap: {
      dcs: {
        ttl: TTL_SECONDS,
        loop_wait: 2,
        retry_timeout: 5,
        maximum_lag_on_failover: 0,
        synchronous_mode: true,
        synchronous_mode_strict: true,
        // A leader that loses etcd, but not the other machines, goes on.
        failsafe_mode: true,
        postgresql: { use_pg_rewind: true, parameters: { max_connections: 100 } },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }, 'data-checksums'],
    },
    postgresql: {
      listen: at(ports.postgres),
      connect_address: at(ports.postgres),
      data_dir: `${folder}/data`,
      bin_dir: binaries,
      pgpass: `${folder}/pgpass`,
      pg_hba: [
        `host all all ${HOST}/32 trust`,
        `host replication all ${HOST}/32 trust`,
        'local all all trust',
      ],
      parameters: { unix_socket_directories: folder },
      authentication: {
        superuser: { username: 'postgres' },
        replication: { username: 'replicator' },
        rewind: { username: 'rewinder' },
      },
    },
  })
}

type Front = {
  /** Where programs reach the leader's database, and tills a gateway. */
  front: { database: number; operator: number }
  machines: readonly MachinePlace[]
  gateways: readonly { name: string; port: number }[]
}

/** The balancer: one way to whoever leads, one to any gateway that lives. */
export function balancerSettings({ front, machines, gateways }: Front): string {
  const often = 'inter 500 fall 2 rise 1'
  const leaders = machines.map(
    ({ name, ports: { postgres, patroni } }) =>
      `  server ${name} ${HOST}:${postgres} check port ${patroni} ${often}`,
  )
  const doors = gateways.map(({ name, port }) => `  server ${name} ${HOST}:${port} check ${often}`)
  return `defaults
  mode tcp
  timeout connect 1s
  timeout client 1m
  timeout server 1m
  retries 3
  option redispatch
listen database
  bind ${HOST}:${front.database}
  option httpchk GET /primary
  http-check expect status 200
  # Who lost the lead must not be written to by lines of before.
  default-server on-marked-down shutdown-sessions
${leaders.join('\n')}
listen operator
  bind ${HOST}:${front.operator}
  option httpchk
  http-check send meth GET uri /health ver HTTP/1.1 hdr Host operator
  balance roundrobin
  default-server on-marked-down shutdown-sessions
${doors.join('\n')}
`
}
