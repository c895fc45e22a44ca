import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import type { AroundCommit, Unit, UnitCommitter, UnitOutcome } from '../commit-units';
import { Op, Outcome } from './protocol';
import { type SharedThreads, shareThreads } from './shared-threads';
import type { Thread } from './thread';
import type { ThreadsOptions } from './threads';
import { stepsOf } from './unit-steps';

/**
 * Hands units to the writer thread of a database. It is given a unit as plain steps first, and does them if nothing
 * stands against them; why not, and whether it is a refusal at all, the procedure `commit_units` says. The writer commits
 * together what waits together.
 */
export class UnitWriter implements UnitCommitter {
  readonly #settings: ThreadsOptions;
  readonly #around: AroundCommit;
  #shared: Promise<SharedThreads> | null = null;

  constructor(settings: ThreadsOptions, around: AroundCommit) {
    this.#settings = settings;
    this.#around = around;
  }

  commit(unit: Unit): Promise<UnitOutcome> {
    return this.#around(() => this.#commit(unit));
  }

  /** Lets go of the threads; a later unit asks for them again. */
  async close(): Promise<void> {
    const shared = this.#shared;
    this.#shared = null;
    await (await shared?.catch(() => null))?.release();
  }

  async #commit(unit: Unit): Promise<UnitOutcome> {
    const { writer } = (await this.#open()).threads;
    const steps = stepsOf(unit);
    if (steps) {
      const [, outcome] = await writer.call(Op.accept, '', steps);
      if (outcome === Outcome.done) return { outcome: 'committed' };
    }
    return judge(writer, unit);
  }

  #open(): Promise<SharedThreads> {
    if (!this.#shared) {
      const opening = shareThreads(this.#settings);
      this.#shared = opening;
      opening.catch(() => {
        if (this.#shared === opening) this.#shared = null;
      });
    }
    return this.#shared;
  }
}

async function judge(writer: Thread, unit: Unit): Promise<UnitOutcome> {
  const json = JSON.stringify([unit], (_, value) => (typeof value === 'bigint' ? value.toString() : value));
  try {
    const [, , answer] = await writer.call(Op.call, 'commit_units', [json]);
    const [outcome] = JSON.parse(String(answer)) as UnitOutcome[];
    if (!outcome) throw new Error('commit_units answered nothing');
    return outcome;
  } catch (error) {
    if (isDriverAdapterError(error) && error.cause.kind === 'UniqueConstraintViolation') {
      return { outcome: 'refused', refusal: { code: 'duplicate' } };
    }
    throw error;
  }
}
