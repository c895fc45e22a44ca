import { isDriverAdapterError } from '@prisma/driver-adapter-utils';

/** Beyond these, statements stay without a name, so that no connection fills up. */
const MOST_NAMED = 400;
/** A statement gets its name when it comes this often: one with values in its text comes once. */
const COMES_AGAIN = 3;
/** How many that came less often are remembered. */
const MOST_SEEN = 500;
/** A list of another length is another statement: those with more parameters than this have long lists. */
const LONG_LIST = /\$31\b/;
const PLANNED = /^\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE)\b/i;

/** Names for statements, so that a connection keeps them parsed and planned: planning takes the server longer than reading. */
export class StatementNames {
  readonly #names = new Map<string, string>();
  readonly #seen = new Map<string, number>();
  #generation = 0;

  /** Empty for a statement that is parsed and planned anew each time. */
  nameOf(sql: string): string {
    const known = this.#names.get(sql);
    if (known !== undefined) return known;
    if (this.#names.size >= MOST_NAMED || !PLANNED.test(sql) || LONG_LIST.test(sql)) return '';
    if (!this.#comesAgain(sql)) return '';
    const name = `kabao_${this.#generation}_${this.#names.size}`;
    this.#names.set(sql, name);
    return name;
  }

  /** What connections keep under the names so far is used no more. */
  renew(): void {
    this.#names.clear();
    this.#generation += 1;
  }

  #comesAgain(sql: string): boolean {
    const times = (this.#seen.get(sql) ?? 0) + 1;
    if (times === COMES_AGAIN) return this.#seen.delete(sql);
    if (this.#seen.size >= MOST_SEEN) this.#seen.clear();
    this.#seen.set(sql, times);
    return false;
  }
}

/**
 * A migration beside this process changed a column's type: what a connection keeps for it fails before it does anything.
 * PostgreSQL has no code for that alone, and its words are in the server's language: some that are told apart by nothing
 * else fail again when they are sent again.
 */
export function isOutdated(error: unknown): boolean {
  return isDriverAdapterError(error) && error.cause.originalCode === FEATURE_NOT_SUPPORTED;
}

const FEATURE_NOT_SUPPORTED = '0A000';
