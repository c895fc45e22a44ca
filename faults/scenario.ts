import { FORGERIES, NOTIFY_MODES, SANDBOX_CALLS, type SandboxSwitches } from '../lib/gateways/sandbox';
import { between, chance, oneOf, pause } from './chance';
import { crashes } from './crash-scenario';
import type { DatabaseHost } from './database-host';
import { fullDisks } from './disk-scenario';
import type { Server } from './fleet';
import { failedSyncs } from './fsync-scenario';
import type { SandboxGateway } from './sandbox-gateway';
import type { SmallDisk } from './small-disk';
import { failovers } from './standby-scenario';
import type { Tally } from './tally';

export const SCENARIOS = ['crash', 'disk', 'fsync', 'standby'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

/** What a scenario may break, and where it reports what it did. */
export interface ScenarioContext {
  readonly servers: readonly Server[];
  readonly host: DatabaseHost;
  readonly gateway: SandboxGateway;
  readonly disk: SmallDisk | null;
  readonly tally: Tally;
  /** The folder in which strace records the syncs that it makes fail. */
  readonly traces: string;
  /** Processes started from now on see some of their fsync calls fail. */
  readonly failSyncs: () => void;
  /** Processes started from now on see none fail. */
  readonly stopFailingSyncs: () => void;
  /** How many operations the shop has acknowledged so far. */
  readonly acknowledged: () => number;
  /** Records something that the product should have done and did not. */
  readonly complain: (what: string) => void;
  /** Whether faults are still to be injected; false once the campaign has had its kills or its time. */
  isInjecting(): boolean;
}

/** One way of breaking a running shop. */
export interface Scenario {
  /** Run side by side; each breaks things until `isInjecting` is false. */
  readonly injectors: readonly ((context: ScenarioContext) => Promise<void>)[];
  /** Afterwards restores everything that was broken, so that payments can come to their end. */
  readonly repair: (context: ScenarioContext) => Promise<void>;
}

const SCENARIO_BY_NAME: Readonly<Record<ScenarioName, Scenario>> = {
  crash: crashes,
  disk: fullDisks,
  fsync: failedSyncs,
  standby: failovers,
};

/** Runs a scenario, with a misbehaving gateway beside it. Returns when faults have ended and what was broken is restored. */
export async function injectFaults(name: ScenarioName, context: ScenarioContext): Promise<void> {
  const { injectors, repair } = SCENARIO_BY_NAME[name];
  await Promise.all([...injectors, gatewayMisbehaves].map((each) => each(context)));
  await context.gateway.misbehave({});
  await repair(context);
}

async function gatewayMisbehaves({ gateway, isInjecting }: ScenarioContext): Promise<void> {
  while (isInjecting()) {
    await gateway.misbehave(randomSwitches());
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
