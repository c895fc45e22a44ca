import { between, pause } from './chance';
import { count } from './toll';
import type { Kind, Sky } from './weather';

/** The primary is gone with everything that only it knew; the synchronous standby takes its place. */
export const failovers: Kind = {
  storms: [primaryDies],
  clear: async ({ servers }) => {
    await Promise.all(servers.map((server) => server.untilReady()));
  },
};

async function primaryDies({ host, toll, isStormy }: Sky): Promise<void> {
  while (host.crash && isStormy()) {
    await pause(between(2_000, 6_000));
    if (!isStormy()) return;
    await host.crash();
    count(toll.kills, 'primary');
  }
}
