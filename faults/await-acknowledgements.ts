import { pause } from './chance';
import type { ScenarioContext } from './scenario';

const LONGEST_WAIT_MS = 20_000;

/** Waits until the shop has acknowledged `atLeast` more operations, so that there is something to lose; 20 seconds at most. */
export async function awaitAcknowledgements(
  { acknowledged, isInjecting }: ScenarioContext,
  atLeast: number,
): Promise<void> {
  const enough = acknowledged() + atLeast;
  const deadline = Date.now() + LONGEST_WAIT_MS;
  while (isInjecting() && acknowledged() < enough && Date.now() < deadline) await pause(20);
}
