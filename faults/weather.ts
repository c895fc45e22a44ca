import { FORGERIES, NOTIFY_MODES, SANDBOX_CALLS, type SandboxSwitches } from '../lib/gateways/sandbox';
import { between, chance, oneOf, pause } from './chance';
import { crashes } from './crash-weather';
import type { DatabaseHost } from './database-host';
import { fullDisks } from './disk-weather';
import type { FarSide } from './far-side';
import type { Server } from './fleet';
import { failedSyncs } from './fsync-weather';
import type { SmallDisk } from './small-disk';
import { failovers } from './standby-weather';
import type { Toll } from './toll';

export const WEATHERS = ['crash', 'disk', 'fsync', 'standby'] as const;
export type WeatherName = (typeof WEATHERS)[number];

/** What all kinds of weather work on. */
export interface Sky {
  readonly servers: readonly Server[];
  readonly host: DatabaseHost;
  readonly farSide: FarSide;
  readonly disk: SmallDisk | null;
  readonly toll: Toll;
  /** Where the tracers of a campaign with failing syncs write. */
  readonly traces: string;
  /** What is started from now on has a disk that fails. */
  readonly spoil: () => void;
  /** What is started from now on has a good disk again. */
  readonly mend: () => void;
  /** How much the shop has acknowledged so far. */
  readonly acknowledged: () => number;
  /** Something that the product should have done and did not. */
  readonly complain: (what: string) => void;
  isStormy(): boolean;
}

/** What goes wrong, each until the storm is over; and what is done when it is, so that everything can work again. */
export interface Kind {
  readonly storms: readonly ((sky: Sky) => Promise<void>)[];
  readonly clear: (sky: Sky) => Promise<void>;
}

const KINDS: Readonly<Record<WeatherName, Kind>> = {
  crash: crashes,
  disk: fullDisks,
  fsync: failedSyncs,
  standby: failovers,
};

/** Ends when it no longer storms and everything that was broken on purpose is whole. */
export async function storm(name: WeatherName, sky: Sky): Promise<void> {
  const { storms, clear } = KINDS[name];
  await Promise.all([...storms, gatewayMisbehaves].map((each) => each(sky)));
  await sky.farSide.misbehave({});
  await clear(sky);
}

async function gatewayMisbehaves({ farSide, isStormy }: Sky): Promise<void> {
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
