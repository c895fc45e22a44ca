import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freshSecrets } from '../scripts/secrets.mjs';
import { type Balancer, openBalancer } from './balancer';
import type { Plan } from './campaign';
import { type DatabaseHost, openDatabaseHost } from './database-host';
import { type FarSide, openFarSide } from './far-side';
import type { Server } from './fleet';
import { failingLauncher } from './fsync-weather';
import { mountSmallDisk, type SmallDisk } from './small-disk';
import { openStandbyPair } from './standby-host';

/** What a campaign stands on: the database, the gateway, the address before the servers, their configuration. */
export interface Ground {
  readonly host: DatabaseHost;
  readonly farSide: FarSide;
  readonly balancer: Balancer;
  readonly servers: Server[];
  readonly disk: SmallDisk | null;
  readonly traces: string;
  readonly env: NodeJS.ProcessEnv;
  readonly launcher: () => readonly string[];
  /** What is started from now on has a disk that fails. */
  spoil(): void;
  /** What is started from now on has a good disk again. */
  mend(): void;
  close(): Promise<void>;
}

/** Room for the database and little more, so that it is soon full. */
const DISK_MEGABYTES = { sqlite: 48, postgres: 400 } as const;
/**
 * One call of so many fails, of each process or thread. PostgreSQL writes its log with fdatasync, and data files with fsync,
 * by the hundred after each crash: it would never come up again if those failed as often.
 */
const FAILS_EVERY = {
  sqlite: { fsync: 25, fdatasync: 25 },
  postgres: { fsync: 600, fdatasync: 40 },
} as const;

export async function openGround(plan: Plan): Promise<Ground> {
  const { engine, weather, folder } = plan;
  const traces = join(folder, 'traces');
  // Where root runs it, PostgreSQL and its tracer are somebody else, and `mkdir` would heed the umask.
  chmodSync(folder, 0o711);
  mkdirSync(traces);
  chmodSync(traces, 0o777);
  const disk = weather === 'disk' ? mountSmallDisk(join(folder, 'disk'), DISK_MEGABYTES[engine]) : null;
  let syncsFail = false;
  const failing = () => (syncsFail ? failingLauncher(traces, FAILS_EVERY[engine]) : []);
  const host =
    weather === 'standby'
      ? await openStandbyPair(folder)
      : await openDatabaseHost({
          engine,
          folder: disk?.folder ?? folder,
          launcher: failing,
        });
  const farSide = await openFarSide(folder);
  const servers: Server[] = [];
  const balancer = await openBalancer(() => servers.filter((each) => each.isReady()).map(({ port }) => port));
  return {
    host,
    farSide,
    balancer,
    servers,
    disk,
    traces,
    env: environment(plan, { host, farSide, balancer }),
    launcher: engine === 'sqlite' ? failing : () => [],
    spoil: () => {
      syncsFail = true;
    },
    mend: () => {
      syncsFail = false;
    },
    close: async () => {
      await Promise.all(servers.map((server) => server.kill()));
      await balancer.close();
      await farSide.close();
      await host.stop();
      disk?.unmount();
    },
  };
}

function environment(
  { folder }: Plan,
  { host, farSide, balancer }: Pick<Ground, 'host' | 'farSide' | 'balancer'>,
): NodeJS.ProcessEnv {
  const { alipay } = farSide;
  return {
    ...process.env,
    ...freshSecrets(),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    KABAO_DEMO: '1',
    KABAO_DATA_DIR: folder,
    KABAO_ORIGIN: balancer.origin,
    KABAO_SANDBOX: '0',
    KABAO_TRUSTED_PROXIES: '1',
    DATABASE_URL: host.url,
    ALIPAY_APP_ID: alipay.appId,
    ALIPAY_SELLER_ID: alipay.sellerId,
    ALIPAY_PRIVATE_KEY: alipay.privateKeyPem,
    ALIPAY_PUBLIC_KEY: alipay.alipayPublicKeyPem,
    ALIPAY_GATEWAY_URL: alipay.gatewayUrl,
  };
}
