import { awaitAcknowledgements } from './await-acknowledgements';
import { between, chance, pause } from './chance';
import type { Server } from './fleet';
import type { Scenario, ScenarioContext } from './scenario';
import { count } from './tally';

/** The database's disk is full for a while, again and again; sometimes a server starts on a full disk. */
export const fullDisks: Scenario = {
  injectors: [diskFills],
  repair: async (context) => {
    context.disk?.free();
    await recovered(context);
  },
};

const RECOVERY_MS = 60_000;

async function diskFills(context: ScenarioContext): Promise<void> {
  const { disk, servers, tally, isInjecting } = context;
  while (disk && isInjecting()) {
    await awaitAcknowledgements(context, between(1, 30));
    if (!isInjecting()) return;
    disk.fill();
    count(tally.kills, 'full disk');
    await pause(between(500, 2_000));
    if (chance(0.3)) await Promise.all(servers.map(startAgain));
    await pause(between(0, 1_000));
    disk.free();
    await recovered(context);
  }
}

async function startAgain(server: Server): Promise<void> {
  await server.kill();
  server.start();
}

/**
 * Starts what ended: the database server, as its operator would, and servers that gave up because they could not start.
 * Those that stayed up have to serve again without help.
 */
async function recovered({ host, servers, complain }: ScenarioContext): Promise<void> {
  await host.revive();
  for (const server of servers) if (!server.isAlive()) server.start();
  const ready = await Promise.all(servers.map((server) => server.untilReady(RECOVERY_MS)));
  if (ready.includes(false)) complain('a server does not serve again although the disk has room');
}
