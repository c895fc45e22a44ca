import { between, chance, pause } from './chance';
import type { Server } from './fleet';
import { someUse } from './some-use';
import { count } from './toll';
import type { Kind, Sky } from './weather';

/** The database's disk is full for a while, again and again; sometimes a server starts on a full disk. */
export const fullDisks: Kind = {
  storms: [diskFills],
  clear: async (sky) => {
    sky.disk?.free();
    await recovered(sky);
  },
};

const RECOVERY_MS = 60_000;

async function diskFills(sky: Sky): Promise<void> {
  const { disk, servers, toll, isStormy } = sky;
  while (disk && isStormy()) {
    await someUse(sky, between(1, 30));
    if (!isStormy()) return;
    disk.fill();
    count(toll.kills, 'full disk');
    await pause(between(500, 2_000));
    if (chance(0.3)) await Promise.all(servers.map(startAgain));
    await pause(between(0, 1_000));
    disk.free();
    await recovered(sky);
  }
}

async function startAgain(server: Server): Promise<void> {
  await server.kill();
  server.start();
}

/**
 * A database server that ended by itself is started again, as its operator would. A server of ours that could not start
 * says so by ending; one that stayed has to serve again by itself.
 */
async function recovered({ host, servers, complain }: Sky): Promise<void> {
  await host.revive();
  for (const server of servers) if (!server.isAlive()) server.start();
  const ready = await Promise.all(servers.map((server) => server.untilReady(RECOVERY_MS)));
  if (ready.includes(false)) complain('a server does not serve again although the disk has room');
}
