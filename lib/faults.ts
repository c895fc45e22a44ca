/** A step at which this process is to die, and how many times the step is passed before. */
export interface Fault {
  readonly step: string;
  readonly count: number;
}

const slot = globalThis as { kabaoFault?: { step: string; left: number } };

/**
 * Makes this process die at a named step, for the campaigns that prove that nothing is lost (`npm run faults`). Only the
 * server's start calls it, with what `env()` allows: production refuses the setting.
 */
export function armFault({ step, count }: Fault): void {
  slot.kabaoFault = { step, left: count };
}

/**
 * A step that a campaign can name as `when:what`. It does nothing, unless it is the armed one and its count is used up:
 * then the process is gone at once, like in a power cut, and no code after it runs.
 */
export function reach(when: string, what: () => string): void {
  const { kabaoFault } = slot;
  if (!kabaoFault || `${when}:${what()}` !== kabaoFault.step) return;
  kabaoFault.left -= 1;
  if (kabaoFault.left === 0) process.kill(process.pid, 'SIGKILL');
}
