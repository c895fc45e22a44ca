import type { Plan } from './campaign';
import { canFailSyncs } from './fsync-scenario';
import { canMountDisks } from './small-disk';

/** Why this scenario cannot run on this machine and engine; null when it can. */
export function missingRequirement({ engine, scenario }: Pick<Plan, 'engine' | 'scenario'>): string | null {
  switch (scenario) {
    case 'crash':
      return null;
    case 'disk':
      return canMountDisks() ? null : 'a small disk is a tmpfs, which only root on Linux can mount';
    case 'fsync':
      return canFailSyncs()
        ? null
        : 'syncs are made to fail by strace, which is not installed or not allowed to trace';
    case 'standby':
      return engine === 'postgres' ? null : 'SQLite has no standby';
  }
}
