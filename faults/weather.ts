import { FORGERIES, NOTIFY_MODES, SANDBOX_CALLS, type SandboxSwitches } from '../lib/gateways/sandbox';
import { between, chance, oneOf, pause } from './chance';
import type { DatabaseHost } from './database-host';
import type { FarSide } from './far-side';
import type { Server } from './fleet';
import { STEPS } from './steps';

/** What was killed so far, and where. */
export interface Toll {
  server: number;
  database: number;
  /** Deaths at named steps. */
  readonly steps: Map<string, number>;
}

export interface Weather {
  isStormy(): boolean;
  /** Ends when there were enough kills or the time is over, with every server running and the gateway well-behaved. */
  readonly cleared: Promise<void>;
}

export interface WeatherOptions {
  readonly servers: readonly Server[];
  readonly host: DatabaseHost;
  readonly farSide: FarSide;
  /** Counted by whoever learns of a death. */
  readonly toll: Toll;
  readonly kills: number;
  readonly endsAt: number;
  /** Ends the storm before its time. */
  readonly enough: AbortSignal;
}

/** How long a server is given to come to the step at which it is to die: so many times what its start took. */
const PATIENCE_IN_STARTS = 4;

export function startStorm(options: WeatherOptions): Weather {
  const { toll } = options;
  const isStormy = () =>
    toll.server + toll.database < options.kills && Date.now() < options.endsAt && !options.enough.aborted;
  const storm: Storm = { ...options, isStormy };
  const storms = [
    ...options.servers.map((server) => serverStorm(server, storm)),
    databaseStorm(storm),
    farSideStorm(storm),
  ];
  return { isStormy, cleared: Promise.all(storms).then(() => clear(options)) };
}

type Storm = WeatherOptions & Pick<Weather, 'isStormy'>;

async function serverStorm(server: Server, storm: Storm): Promise<void> {
  let startMs = 1_000;
  while (storm.isStormy()) {
    await server.kill();
    if (chance(0.3)) {
      server.start(null);
      // It dies while it starts, looks at what it finds, and takes it up again.
      await server.untilDead(between(0, startMs));
    } else startMs = await liveAndDie(server, storm);
  }
}

/** Answers how long the start took. */
async function liveAndDie(server: Server, { servers, toll }: Storm): Promise<number> {
  const step = chance(0.75) ? leastSeen(toll) : null;
  const startedAt = Date.now();
  server.start(step && `${step}@${between(1, STEPS[step] ?? 1)}`);
  await server.untilReady();
  const startMs = Date.now() - startedAt;
  if (step) await server.untilDead(PATIENCE_IN_STARTS * startMs);
  else await server.untilDead(between(0, 2 * startMs));
  // Now and then everything goes at the same moment, and nobody is left who could know.
  if (!step && chance(0.2)) await Promise.all(servers.map((each) => each.kill()));
  return startMs;
}

/** Two of five kills are the database's: more, and no server would ever get to work. */
async function databaseStorm({ host, servers, toll, isStormy }: Storm): Promise<void> {
  while (host.crash && isStormy()) {
    await pause(between(200, 1_500));
    const isItsTurn = 3 * toll.database <= 2 * toll.server && servers.some((server) => server.isReady());
    if (!isItsTurn || !isStormy()) continue;
    await host.crash();
    toll.database += 1;
  }
}

async function farSideStorm({ farSide, isStormy }: Storm): Promise<void> {
  while (isStormy()) {
    await farSide.misbehave(randomSwitches());
    await pause(between(500, 2_500));
  }
}

function randomSwitches(): SandboxSwitches {
  return {
    ...(chance(0.08) ? { down: true } : {}),
    ...(chance(0.2) ? { slowMs: between(10, 400) } : {}),
    ...(chance(0.25) ? { loseAnswers: [oneOf(SANDBOX_CALLS)] } : {}),
    ...(chance(0.15) ? { forgeAnswers: [oneOf(SANDBOX_CALLS)] } : {}),
    ...(chance(0.6) ? { notify: oneOf(NOTIFY_MODES) } : {}),
    ...(chance(0.3) ? { forgeNotifications: [oneOf(FORGERIES)] } : {}),
    ...(chance(0.1) ? { refuseRefunds: true } : {}),
  };
}

async function clear({ servers, farSide }: WeatherOptions): Promise<void> {
  await farSide.misbehave({});
  for (const server of servers) {
    await server.kill();
    server.start(null);
  }
  await Promise.all(servers.map((server) => server.untilReady()));
}

/** The step that was met least so far; of equals any. */
function leastSeen({ steps }: Toll): string {
  const names = Object.keys(STEPS);
  const fewest = Math.min(...names.map((name) => steps.get(name) ?? 0));
  return oneOf(names.filter((name) => (steps.get(name) ?? 0) <= fewest + 1));
}
