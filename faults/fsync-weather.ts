import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { between, pause } from './chance';
import type { Server } from './fleet';
import type { Kind, Sky } from './weather';

/**
 * Every so many calls of fsync and fdatasync answer EIO: of our server, which has SQLite in it, or of PostgreSQL. After
 * some of them the server is killed, so that what was written and never synced is found by the next start.
 */
export const failedSyncs: Kind = {
  storms: [
    async (sky) => {
      sky.spoil();
      await everythingStartsAgain(sky);
      await Promise.all([syncsFail(sky), serversDie(sky)]);
    },
  ],
  clear: async (sky) => {
    sky.mend();
    await everythingStartsAgain(sky);
  },
};

async function everythingStartsAgain({ host, servers }: Sky): Promise<void> {
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

/** Whether this machine has what makes a system call fail: strace, allowed to trace. */
export function canFailSyncs(): boolean {
  return process.platform === 'linux' && spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0;
}

/** The start of a command line whose program has a failing disk; it becomes that program. */
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

async function syncsFail({ traces, toll, host, isStormy }: Sky): Promise<void> {
  while (isStormy()) {
    await pause(250);
    toll.kills.set('failed sync', failuresIn(traces));
    await host.revive();
  }
}

async function serversDie({ servers, toll, isStormy }: Sky): Promise<void> {
  while (isStormy()) {
    const seen = toll.kills.get('failed sync') ?? 0;
    const enough = seen + between(2, 6);
    while (isStormy() && (toll.kills.get('failed sync') ?? 0) < enough) await pause(100);
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
