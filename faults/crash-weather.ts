import { between, chance, pause } from './chance';
import type { Server } from './fleet';
import { someUse } from './some-use';
import { STEPS } from './steps';
import { count, type Toll } from './toll';
import type { Kind, Sky } from './weather';

/** Servers die at random moments and at named steps, alone and all at once; PostgreSQL stops in immediate mode. */
export const crashes: Kind = {
  storms: [
    async (sky) => {
      // One works most of the time: were all to die as often, the shop would be of no use and have nothing to lose.
      const [steady, ...others] = sky.servers;
      if (!steady) throw new Error('a campaign has a server');
      await Promise.all([sometimesDies(steady, sky), ...others.map((server) => serverDies(server, sky))]);
    },
    databaseDies,
  ],
  clear: async ({ host, servers, complain }) => {
    if (await host.revive()) complain('the database server ended by itself');
    for (const server of servers) {
      await server.kill();
      server.start();
    }
    const ready = await Promise.all(servers.map((server) => server.untilReady()));
    if (ready.includes(false)) complain('a server does not serve again although nothing is broken any more');
  },
};

/** How long a server is given to come to a step at which it is to die: so many times what its start took. */
const PATIENCE_IN_STARTS = 3;

async function sometimesDies(server: Server, sky: Sky): Promise<void> {
  while (sky.isStormy()) {
    await someUse(sky, between(10, 40));
    if (!sky.isStormy()) return;
    // Now and then everything goes at the same moment, and nobody is left who could know.
    await Promise.all((chance(0.3) ? sky.servers : [server]).map((each) => each.kill()));
    server.start();
    await server.untilReady();
  }
}

async function serverDies(server: Server, sky: Sky): Promise<void> {
  let startMs = 1_000;
  while (sky.isStormy()) {
    await server.kill();
    if (chance(0.3)) {
      server.start();
      // It dies while it starts, looks at what it finds, and takes it up again.
      await server.untilDead(between(0, startMs));
    } else startMs = await liveAndDie(server, sky);
  }
}

/** Answers how long the start took. */
async function liveAndDie(server: Server, sky: Sky): Promise<number> {
  const { toll } = sky;
  const steps = chance(0.75) ? leastSeen(toll) : [];
  const startedAt = Date.now();
  server.start(steps.map((step) => `${step}@${between(1, STEPS[step] ?? 1)}`));
  await server.untilReady();
  const startMs = Date.now() - startedAt;
  const use = steps.length > 0 ? Number.POSITIVE_INFINITY : between(0, 12);
  await Promise.race([someUse(sky, use), server.untilDead(PATIENCE_IN_STARTS * startMs)]);
  return startMs;
}

/** Two of five kills are the database's: more, and no server would ever get to work. */
async function databaseDies(sky: Sky): Promise<void> {
  const { host, servers, toll, isStormy } = sky;
  while (host.crash && isStormy()) {
    await pause(between(100, 800));
    const [ofServers, ofDatabase] = [toll.kills.get('server') ?? 0, toll.kills.get('database') ?? 0];
    const isItsTurn = 3 * ofDatabase <= 2 * ofServers && servers.some((server) => server.isReady());
    if (!isItsTurn) continue;
    await someUse(sky, between(0, 6));
    if (!isStormy()) return;
    await host.crash();
    count(toll.kills, 'database');
  }
}

/** The steps that were met least so far: the server dies at the first of them, so that the rest gets its turn next. */
function leastSeen({ steps }: Toll): string[] {
  const names = Object.keys(STEPS);
  const fewest = Math.min(...names.map((name) => steps.get(name) ?? 0));
  return names.filter((name) => (steps.get(name) ?? 0) === fewest);
}
