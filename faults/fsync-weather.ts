import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { between, pause } from './chance';
import type { Kind, Sky } from './weather';

/**
 * Every so many calls of fsync and fdatasync answer EIO: of our server, which has SQLite in it, or of PostgreSQL. After
 * some of them the server is killed, so that what was written and never synced is found by the next start.
 */
export const failedSyncs: Kind = {
  storms: [syncsFail, serversDie],
  clear: async ({ host, servers, mend }) => {
    mend();
    await host.crash?.();
    for (const server of servers) {
      await server.kill();
      server.start();
    }
    await Promise.all(servers.map((server) => server.untilReady()));
  },
};

/** Whether this machine has what makes a system call fail: strace, allowed to trace. */
export function canFailSyncs(): boolean {
  return process.platform === 'linux' && spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0;
}

/** The start of a command line whose program has a failing disk; it becomes that program. */
export function failingLauncher(traces: string, every: number): string[] {
  const trace = join(traces, `${Date.now()}-${Math.random().toString(36).slice(2)}.trace`);
  const calls = 'fsync,fdatasync';
  return [
    'strace',
    ...['-D', '-f', '-qq', '--seccomp-bpf', '-o', trace, '-e', `trace=${calls}`],
    ...['-e', 'signal=none', '-e', `inject=${calls}:error=EIO:when=${every}+${every}`],
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
    for (const server of servers) {
      await server.kill();
      server.start();
    }
    await Promise.all(servers.map((server) => server.untilReady()));
  }
}

function failuresIn(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).reduce(
    (sum, name) => sum + readFileSync(join(folder, name), 'utf8').split('(INJECTED)').length - 1,
    0,
  );
}
