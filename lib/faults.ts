import { writeSync } from 'node:fs';

/** A step at which this process is to die, and how many times the step is passed before. */
export interface Fault {
  readonly step: string;
  readonly count: number;
}

const slot = globalThis as { kabaoFaults?: Map<string, number> };

/**
 * Makes this process die at the first of some named steps, for the campaigns that prove that nothing is lost
 * (`npm run faults`). Only the server's start calls it, with what `env()` allows: production refuses the setting.
 */
export function armFaults(faults: readonly Fault[]): void {
  slot.kabaoFaults = new Map(faults.map(({ step, count }) => [step, count]));
}

const STDERR = 2;

/**
 * A step that a campaign can name as `when:what`. It does nothing, unless it is armed and its count is used up: then the
 * process says where, and is gone at once, like in a power cut; no code after it runs.
 */
export function reach(when: string, what: () => string): void {
  const { kabaoFaults } = slot;
  if (!kabaoFaults || kabaoFaults.size === 0) return;
  const step = `${when}:${what()}`;
  const left = (kabaoFaults.get(step) ?? 0) - 1;
  if (left < 0) return;
  kabaoFaults.set(step, left);
  if (left > 0) return;
  writeSync(STDERR, `died at ${step}\n`);
  process.kill(process.pid, 'SIGKILL');
}
