import pg from 'pg';

interface PoolOptions {
  readonly max: number;
  readonly applicationName: string;
  /** Run on each new connection before anything else is. */
  readonly settings?: string;
  /** A query that has no answer by then fails, and its connection is given up: whether it was done is unknown. */
  readonly queryTimeoutMs?: number;
}

/**
 * Connections to the server that `url` names. Of several (`postgres://user:password@one:5432,two:5432/kabao`) it is the
 * one that takes writes, as with libpq's `target_session_attrs=read-write`: when that one is gone and a standby was
 * promoted, the next connection finds it. What was under way when a connection broke fails, and whether it was done is
 * unknown: nothing is sent a second time by itself.
 */
export function openPool(
  url: string,
  { max, applicationName, settings, queryTimeoutMs }: PoolOptions,
): pg.Pool {
  const urls = urlsOf(url);
  const onConnect = async (client: pg.ClientBase): Promise<void> => {
    if (urls.length > 1) await refuseStandby(client);
    if (settings) await client.query(settings);
  };
  const config = {
    max,
    connectionTimeoutMillis: 10_000,
    application_name: applicationName,
    ...(queryTimeoutMs === undefined ? {} : { query_timeout: queryTimeoutMs }),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    onConnect,
  };
  const [only] = urls;
  const pool =
    urls.length === 1 ? new pg.Pool({ ...config, connectionString: only }) : new WritablePool(config, urls);
  // A connection that breaks while nobody uses it concerns nobody: the next call opens another.
  pool.on('error', () => undefined);
  return pool;
}

/** One URL per host of a URL that lists several. */
export function urlsOf(url: string): string[] {
  const [, before = '', hosts = '', after = ''] =
    /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]*)(.*)$/s.exec(url) ?? [];
  return hosts.split(',').map((host) => `${before}${host}${after}`);
}

class WritablePool extends pg.Pool {
  readonly #urls: readonly string[];
  /** Which of the hosts took writes last. */
  readonly #place: { current: number };

  constructor(config: pg.PoolConfig, urls: readonly string[]) {
    const place = { current: 0 };
    class ClientOfPlace extends pg.Client {
      constructor(options?: pg.ClientConfig) {
        super({ ...options, connectionString: urls[place.current] ?? '' });
      }
    }
    super({ ...config, Client: ClientOfPlace });
    this.#urls = urls;
    this.#place = place;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    const found = this.#connect();
    if (!callback) return found;
    found.then(
      (client) => callback(undefined, client, (release) => client.release(release)),
      (error) => callback(error, undefined, () => undefined),
    );
    return undefined;
  }

  /** Asks each host once, beginning with the one that took writes last. */
  async #connect(): Promise<pg.PoolClient> {
    for (let left = this.#urls.length - 1; ; left -= 1) {
      const asked = this.#place.current;
      try {
        return await super.connect();
      } catch (error) {
        // All connections are in use: that says nothing about the host.
        if (error instanceof Error && error.message.startsWith('timeout exceeded')) throw error;
        if (this.#place.current === asked) this.#place.current = (asked + 1) % this.#urls.length;
        if (left === 0) throw error;
      }
    }
  }
}

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: Error | boolean) => void,
) => void;

async function refuseStandby(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby');
  if (rows[0]?.standby) throw new Error('the server is a standby and takes no writes');
}
