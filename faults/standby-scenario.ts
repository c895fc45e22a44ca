import { awaitAcknowledgements } from './await-acknowledgements';
import { between } from './chance';
import type { Scenario, ScenarioContext } from './scenario';
import { count } from './tally';

/** The primary dies with everything that only it had; the synchronous standby takes its place. */
export const failovers: Scenario = {
  injectors: [primaryDies],
  repair: async ({ servers }) => {
    await Promise.all(servers.map((server) => server.untilReady()));
  },
};

async function primaryDies(context: ScenarioContext): Promise<void> {
  const { host, tally, isInjecting } = context;
  while (host.crash && isInjecting()) {
    await awaitAcknowledgements(context, between(10, 60));
    if (!isInjecting()) return;
    await host.crash();
    count(tally.kills, 'primary');
  }
}
