import { between } from './chance';
import { someUse } from './some-use';
import { count } from './toll';
import type { Kind, Sky } from './weather';

/** The primary is gone with everything that only it knew; the synchronous standby takes its place. */
export const failovers: Kind = {
  storms: [primaryDies],
  clear: async ({ servers }) => {
    await Promise.all(servers.map((server) => server.untilReady()));
  },
};

async function primaryDies(sky: Sky): Promise<void> {
  const { host, toll, isStormy } = sky;
  while (host.crash && isStormy()) {
    await someUse(sky, between(10, 60));
    if (!isStormy()) return;
    await host.crash();
    count(toll.kills, 'primary');
  }
}
