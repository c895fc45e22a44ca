import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freshSecrets } from '../scripts/secrets.mjs';
import { type Balancer, openBalancer } from './balancer';
import type { Plan } from './campaign';
import { type DatabaseHost, openDatabaseHost } from './database-host';
import type { Server } from './fleet';
import { failingLauncher } from './fsync-scenario';
import { alipaySettings, openSandboxGateway, type SandboxGateway } from './sandbox-gateway';
import { mountSmallDisk, type SmallDisk } from './small-disk';
import { openStandbyPair } from './standby-host';

/** What a campaign runs on: the database, the gateway, the servers behind one address, and their configuration. */
export interface TestBed {
  readonly host: DatabaseHost;
  readonly gateway: SandboxGateway;
  readonly balancer: Balancer;
  readonly servers: Server[];
  readonly disk: SmallDisk | null;
  /** The folder in which strace records the syncs that it makes fail. */
  readonly traces: string;
  readonly env: NodeJS.ProcessEnv;
  /** What the command line of a server begins with: strace where its syncs are to fail, else nothing. */
  readonly launcher: () => readonly string[];
  /** Processes started from now on see some of their fsync calls fail. */
  failSyncs(): void;
  /** Processes started from now on see none fail. */
  stopFailingSyncs(): void;
  close(): Promise<void>;
}

/** Little more than the database needs, so that the disk is soon full. */
const DISK_MEGABYTES = { sqlite: 48, postgres: 400 } as const;
/**
 * One of so many calls fails, counted for each process or thread. PostgreSQL syncs its log with fdatasync and its data files
 * with fsync. After a crash it syncs hundreds of data files, and would never start again if those failed as often.
 */
const FAILS_EVERY = {
  sqlite: { fsync: 25, fdatasync: 25 },
  postgres: { fsync: 600, fdatasync: 40 },
} as const;

export async function openTestBed(plan: Plan): Promise<TestBed> {
  const { engine, scenario, folder } = plan;
  const traces = join(folder, 'traces');
  // Run by root, PostgreSQL and its tracer belong to another user, who must be able to write here whatever the umask.
  chmodSync(folder, 0o711);
  mkdirSync(traces);
  chmodSync(traces, 0o777);
  const disk = scenario === 'disk' ? mountSmallDisk(join(folder, 'disk'), DISK_MEGABYTES[engine]) : null;
  let syncsFail = false;
  const failing = () => (syncsFail ? failingLauncher(traces, FAILS_EVERY[engine]) : []);
  const host =
    scenario === 'standby'
      ? await openStandbyPair(folder)
      : await openDatabaseHost({
          engine,
          folder: disk?.folder ?? folder,
          launcher: failing,
        });
  const gateway = await openSandboxGateway(folder);
  const servers: Server[] = [];
  const balancer = await openBalancer(() => servers.filter((each) => each.isReady()).map(({ port }) => port));
  return {
    host,
    gateway,
    balancer,
    servers,
    disk,
    traces,
    env: environment(plan, { host, gateway, balancer }),
    launcher: engine === 'sqlite' ? failing : () => [],
    failSyncs: () => {
      syncsFail = true;
    },
    stopFailingSyncs: () => {
      syncsFail = false;
    },
    close: async () => {
      await Promise.all(servers.map((server) => server.kill()));
      await balancer.close();
      await gateway.close();
      await host.stop();
      disk?.unmount();
    },
  };
}

function environment(
  { folder }: Plan,
  { host, gateway, balancer }: Pick<TestBed, 'host' | 'gateway' | 'balancer'>,
): NodeJS.ProcessEnv {
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
    ...alipaySettings(gateway.alipay),
  };
}
