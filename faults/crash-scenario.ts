import { awaitAcknowledgements } from './await-acknowledgements';
import { between, chance, pause } from './chance';
import type { Server } from './fleet';
import type { Scenario, ScenarioContext } from './scenario';
import { STEPS } from './steps';
import { count, type Tally } from './tally';

/** Servers die at random moments and at named steps, alone and all at once; PostgreSQL stops in immediate mode. */
export const crashes: Scenario = {
  injectors: [
    async (context) => {
      // One server works most of the time: if all died as often, nothing would be acknowledged and nothing could be lost.
      const [steady, ...others] = context.servers;
      if (!steady) throw new Error('a campaign has a server');
      await Promise.all([
        diesNowAndThen(steady, context),
        ...others.map((server) => diesAgainAndAgain(server, context)),
      ]);
    },
    databaseCrashes,
  ],
  repair: async ({ host, servers, complain }) => {
    if (await host.revive()) complain('the database server ended by itself');
    for (const server of servers) {
      await server.kill();
      server.start();
    }
    const ready = await Promise.all(servers.map((server) => server.untilReady()));
    if (ready.includes(false)) complain('a server does not serve again although nothing is broken any more');
  },
};

/** How long a server may take to reach a step at which it is to die, as a multiple of the time that its start took. */
const PATIENCE_IN_STARTS = 4;

async function diesNowAndThen(server: Server, context: ScenarioContext): Promise<void> {
  while (context.isInjecting()) {
    await awaitAcknowledgements(context, between(10, 40));
    if (!context.isInjecting()) return;
    // Now and then all servers go at the same moment, so that nothing in memory survives.
    await Promise.all((chance(0.3) ? context.servers : [server]).map((each) => each.kill()));
    server.start();
    await server.untilReady();
  }
}

async function diesAgainAndAgain(server: Server, context: ScenarioContext): Promise<void> {
  let startMs = 1_000;
  while (context.isInjecting()) {
    await server.kill();
    if (chance(0.3)) {
      server.start();
      // It dies during its start, when it takes up the work that others left.
      await server.untilDead(between(0, startMs));
    } else startMs = await liveAndDie(server, context);
  }
}

/** Starts a server and waits for its death or for some use of it. Returns how long the start took. */
async function liveAndDie(server: Server, context: ScenarioContext): Promise<number> {
  const { tally } = context;
  const steps = chance(0.9) ? leastSeen(tally) : [];
  const startedAt = Date.now();
  server.start(steps.map((step) => `${step}@${between(1, STEPS[step] ?? 1)}`));
  await server.untilReady();
  const startMs = Date.now() - startedAt;
  const use = steps.length > 0 ? Number.POSITIVE_INFINITY : between(0, 12);
  await Promise.race([awaitAcknowledgements(context, use), server.untilDead(PATIENCE_IN_STARTS * startMs)]);
  return startMs;
}

/** At most two of five kills are the database's: with more, no server would ever get to work. */
async function databaseCrashes(context: ScenarioContext): Promise<void> {
  const { host, servers, tally, isInjecting } = context;
  while (host.crash && isInjecting()) {
    await pause(between(100, 800));
    const [ofServers, ofDatabase] = [tally.kills.get('server') ?? 0, tally.kills.get('database') ?? 0];
    const isItsTurn = 3 * ofDatabase <= 2 * ofServers && servers.some((server) => server.isReady());
    if (!isItsTurn) continue;
    await awaitAcknowledgements(context, between(0, 6));
    if (!isInjecting()) return;
    await host.crash();
    count(tally.kills, 'database');
  }
}

/** The steps at which servers died least often so far. Armed with all of them, a server dies at the first that it reaches. */
function leastSeen({ steps }: Tally): string[] {
  const names = Object.keys(STEPS);
  const fewest = Math.min(...names.map((name) => steps.get(name) ?? 0));
  return names.filter((name) => (steps.get(name) ?? 0) === fewest);
}
