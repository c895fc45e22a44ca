import { pause } from './chance';
import type { Sky } from './weather';

const LONGEST_LULL_MS = 20_000;

/** Waits until the shop has been of some use, so that there is something to lose; not for ever. */
export async function someUse({ acknowledged, isStormy }: Sky, atLeast: number): Promise<void> {
  const enough = acknowledged() + atLeast;
  const deadline = Date.now() + LONGEST_LULL_MS;
  while (isStormy() && acknowledged() < enough && Date.now() < deadline) await pause(20);
}
