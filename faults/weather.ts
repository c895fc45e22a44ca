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
}

/** How long a server is given to come to the step at which it is to die: so many times what its start took. */
const PATIENCE_IN_STARTS = 4;

export function startStorm(options: WeatherOptions): Weather {
  const { toll } = options;
  const isStormy = () => toll.server + toll.database < options.kills && Date.now() < options.endsAt;
  const storm: Storm = { ...options, isStormy };
  const storms = [
    ...options.servers.map((server) => serverStorm(server, storm)),
    databaseStorm(storm),
    farSideStorm(storm),
  ];
  return { isStormy, cleared: Promise.all(storms).then(() => clear(options)) };
}

type Storm = WeatherOptions & Pick<Weather, 'isStormy'>;

async function serverStorm(server: Server, { servers, toll, isStormy }: Storm): Promise<void> {
  while (isStormy()) {
    const step = chance(0.75) ? leastSeen(toll) : null;
    await server.kill();
    server.start(step && `${step}@${between(1, STEPS[step] ?? 1)}`);
    if (step) {
      const startedAt = Date.now();
      await server.untilReady();
      await server.untilDead(PATIENCE_IN_STARTS * (Date.now() - startedAt));
    } else {
      // Some die while they start.
      if (chance(0.8)) await server.untilReady();
      await server.untilDead(between(0, 1_200));
      // Now and then everything goes at the same moment, and nobody is left who could know.
      if (chance(0.15)) await Promise.all(servers.map((each) => each.kill()));
    }
  }
}

async function databaseStorm({ host, toll, isStormy }: Storm): Promise<void> {
  while (host.crash && isStormy()) {
    await pause(between(300, 2_500));
    if (!isStormy()) return;
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
