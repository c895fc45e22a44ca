import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { between, pause } from './chance';
import type { Server } from './fleet';
import type { Scenario, ScenarioContext } from './scenario';

/**
 * Some calls of fsync and fdatasync fail with EIO: those of our server, which contains SQLite, or those of PostgreSQL. After
 * a few failures the servers are killed, so that the next start finds what was written and never synced.
 */
export const failedSyncs: Scenario = {
  injectors: [
    async (context) => {
      context.failSyncs();
      await everythingStartsAgain(context);
      await Promise.all([syncsFail(context), serversDie(context)]);
    },
  ],
  repair: async (context) => {
    context.stopFailingSyncs();
    await everythingStartsAgain(context);
  },
};

async function everythingStartsAgain({ host, servers }: ScenarioContext): Promise<void> {
  await host.crash?.();
  await startAgain(servers);
}

async function startAgain(servers: readonly Server[]): Promise<void> {
  for (const server of servers) {
    await server.kill();
    server.start();
  }
  await Promise.all(servers.map((server) => server.untilReady()));
}

/** Whether strace, which makes the calls fail, is installed and allowed to trace. */
export function canFailSyncs(): boolean {
  return process.platform === 'linux' && spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0;
}

/** What to put before a command so that some of its syncs fail. The process stays the command's own (`strace -D`). */
export function failingLauncher(
  traces: string,
  every: { readonly fsync: number; readonly fdatasync: number },
): string[] {
  const trace = join(traces, `${Date.now()}-${Math.random().toString(36).slice(2)}.trace`);
  return [
    'strace',
    ...['-D', '-f', '-qq', '--seccomp-bpf', '-o', trace, '-e', 'trace=fsync,fdatasync', '-e', 'signal=none'],
    ...Object.entries(every).flatMap(([call, count]) => [
      '-e',
      `inject=${call}:error=EIO:when=${count}+${count}`,
    ]),
  ];
}

async function syncsFail({ traces, tally, host, isInjecting }: ScenarioContext): Promise<void> {
  while (isInjecting()) {
    await pause(250);
    tally.kills.set('failed sync', failuresIn(traces));
    await host.revive();
  }
}

async function serversDie({ servers, tally, isInjecting }: ScenarioContext): Promise<void> {
  while (isInjecting()) {
    const seen = tally.kills.get('failed sync') ?? 0;
    const enough = seen + between(2, 6);
    while (isInjecting() && (tally.kills.get('failed sync') ?? 0) < enough) await pause(100);
    await startAgain(servers);
  }
}

function failuresIn(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).reduce(
    (sum, name) => sum + readFileSync(join(folder, name), 'utf8').split('(INJECTED)').length - 1,
    0,
  );
}
