import { writeSync } from 'node:fs';

/** A step at which this process is to die, and at which pass of it (1: the first). */
export interface Fault {
  readonly step: string;
  readonly count: number;
}

const slot = globalThis as { kabaoFaults?: Map<string, number> };

/**
 * Makes this process die at one of some named steps, whichever it reaches first, for the campaigns of `npm run faults`. Only
 * the start of a server or worker calls it, with what `env()` allows: production refuses the setting.
 */
export function armFaults(faults: readonly Fault[]): void {
  slot.kabaoFaults = new Map(faults.map(({ step, count }) => [step, count]));
}

const STDERR = 2;

/**
 * Marks a step that a campaign can name as `when:what`. It does nothing unless the step is armed and this is the pass at
 * which it is to die: then the process writes the step to stderr and kills itself with SIGKILL, as in a power cut.
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
