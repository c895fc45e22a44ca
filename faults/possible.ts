import type { Plan } from './campaign';
import { canFailSyncs } from './fsync-weather';
import { canMountDisks } from './small-disk';

/** Why this machine cannot have such a campaign; null when it can. */
export function whyNot({ engine, weather }: Pick<Plan, 'engine' | 'weather'>): string | null {
  switch (weather) {
    case 'crash':
      return null;
    case 'disk':
      return canMountDisks() ? null : 'a small disk is a tmpfs, which only root on Linux can mount';
    case 'fsync':
      return canFailSyncs() ? null : 'syncs are made to fail by strace, which is not here or may not trace';
    case 'standby':
      return engine === 'postgres' ? null : 'SQLite has no standby';
  }
}
