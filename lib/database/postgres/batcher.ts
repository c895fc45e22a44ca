import { setImmediate } from 'node:timers';
import type pg from 'pg';
import type { AroundCommit, Unit, UnitCommitter, UnitOutcome } from '../commit-units';
import { openPool } from '../postgres-pool';
import { BATCH_TABLES, batchArguments, COMMIT_TOGETHER, type Columns, fittingTogether } from './batch';

interface Waiting {
  readonly unit: Unit;
  readonly resolve: (outcome: UnitOutcome) => void;
  readonly reject: (error: unknown) => void;
}

type ApartAnswer = UnitOutcome | { outcome: 'failed'; sqlstate: string; message: string };

/** As long as an interactive transaction may last, because a unit may have to wait for rows that it has locked. */
const ANSWER_MS = 60_000;
const DEADLOCK_TRIES = 4;
/** Fewer units than this are not spread over several connections. */
const LEAST_SHARE = 6;

/**
 * Commits units that arrive together in one transaction: while a call is on its way to PostgreSQL later units wait,
 * and go with the next. A unit that comes alone goes at once. Each caller gets the answer of its own unit.
 *
 * When the connection breaks before the answer, or the answer does not come in time, every caller of the batch gets the error and none is told more than is
 * known: its unit may have been committed. Nothing is sent again by itself; the same request with the same idempotency
 * key is what finds out.
 */
export class Batcher implements UnitCommitter {
  readonly #url: string;
  readonly #lanes: number;
  readonly #maxUnits: number;
  readonly #answerMs: number;
  readonly #around: AroundCommit;
  #pool: pg.Pool | null = null;
  #columns: Promise<Columns> | null = null;
  #waiting: Waiting[] = [];
  #busy = 0;
  #scheduled = false;

  constructor(
    url: string,
    options: { lanes?: number; maxUnits?: number; answerMs?: number; around?: AroundCommit } = {},
  ) {
    this.#url = url;
    this.#lanes = options.lanes ?? 2;
    this.#maxUnits = options.maxUnits ?? 64;
    this.#answerMs = options.answerMs ?? ANSWER_MS;
    this.#around = options.around ?? ((call) => call());
  }

  commit(unit: Unit): Promise<UnitOutcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ unit, resolve, reject });
      this.#schedule();
    });
  }

  /** Ends the connections once what was begun is answered. A later unit opens new ones. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = null;
    this.#columns = null;
    await pool?.end();
  }

  /** Waits for the end of this turn of the event loop, so that units that arrive in it go together. */
  #schedule(): void {
    if (this.#scheduled || this.#busy >= this.#lanes || this.#waiting.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const batch = this.#waiting.splice(0, this.#share());
      this.#busy += 1;
      void this.#run(batch).finally(() => {
        this.#busy -= 1;
        this.#schedule();
      });
      this.#schedule();
    });
  }

  /** How many units go now: those that wait are spread over the free connections, but not too thinly. */
  #share(): number {
    const even = Math.ceil(this.#waiting.length / (this.#lanes - this.#busy));
    return Math.min(this.#maxUnits, Math.max(LEAST_SHARE, even));
  }

  async #run(batch: readonly Waiting[]): Promise<void> {
    try {
      const left = await this.#together(batch);
      if (left.length > 0) await this.#apartOrAlone(left);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  /** Answers the callers of units that were written together, and returns the other units, of which nothing was written. */
  async #together(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const fitting = fittingTogether(batch);
    if (fitting.length === 0) return batch;
    const values = batchArguments(
      fitting.map(({ unit }) => unit),
      await this.#knownColumns(),
    );
    try {
      const { rows } = await this.#retried<{ rest: number[] }>({
        name: 'commit_together',
        text: COMMIT_TOGETHER,
        values,
      });
      const rest = new Set(rows[0]?.rest);
      const committed = new Set(fitting.filter((_, index) => !rest.has(index)));
      for (const { resolve } of committed) resolve({ outcome: 'committed' });
      return batch.filter((each) => !committed.has(each));
    } catch (error) {
      if (!concernsOneUnit(error)) throw error;
      // Also what a migration beside this process changes: another order of columns.
      this.#columns = null;
      return batch;
    }
  }

  /** When the call cannot be read at all, for a text that one unit brought, nothing is done: each then goes by itself. */
  async #apartOrAlone(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#apart(batch);
    } catch (error) {
      if (batch.length === 1 || !/^22/.test(sqlstateOf(error))) throw error;
      for (const each of batch) await this.#apart([each]).catch(each.reject);
    }
  }

  async #apart(batch: readonly Waiting[]): Promise<void> {
    const json = JSON.stringify(
      batch.map(({ unit }) => unit),
      (_, value) => (typeof value === 'bigint' ? value.toString() : value),
    );
    const { rows } = await this.#retried<{ answers: ApartAnswer[] }>({
      name: 'commit_apart',
      text: 'SELECT commit_apart($1::jsonb) AS answers',
      values: [json],
    });
    batch.forEach(({ resolve, reject }, index) => {
      const answer = rows[0]?.answers[index];
      if (answer === undefined) reject(new Error('commit_apart answered too few'));
      else if (answer.outcome !== 'failed') resolve(answer);
      else reject(Object.assign(new Error(answer.message), { code: answer.sqlstate }));
    });
  }

  async #retried<T extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<T>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#around(() => this.#open().query<T>(query));
      } catch (error) {
        if (!NOTHING_WRITTEN.test(sqlstateOf(error)) || attempt === DEADLOCK_TRIES) throw error;
      }
    }
  }

  #knownColumns(): Promise<Columns> {
    if (!this.#columns) {
      const reading = this.#readColumns();
      this.#columns = reading;
      reading.catch(() => {
        if (this.#columns === reading) this.#columns = null;
      });
    }
    return this.#columns;
  }

  async #readColumns(): Promise<Columns> {
    const { rows } = await this.#open().query<{ table: string; columns: string[] }>(
      `SELECT c.relname AS "table", array_agg(a.attname::text ORDER BY a.attnum) AS "columns"
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.oid = ANY (SELECT to_regclass(quote_ident(name)) FROM unnest($1::text[]) name) GROUP BY c.relname`,
      [BATCH_TABLES],
    );
    return new Map(rows.map(({ table, columns }) => [table, columns]));
  }

  #open(): pg.Pool {
    this.#pool ??= openPool(this.#url, {
      max: this.#lanes,
      applicationName: 'kabao commits',
      queryTimeoutMs: this.#answerMs,
    });
    return this.#pool;
  }
}

/** Serialization failure and deadlock. Of 40003 servers that scale out do not know themselves whether they wrote. */
const NOTHING_WRITTEN = /^40(?:001|P01)$/;

/** Errors of one unit's data (classes 22, 23) or of a row that the server could not read (42): each unit is then tried alone. */
function concernsOneUnit(error: unknown): boolean {
  return /^(22|23|42|P0)/.test(sqlstateOf(error));
}

function sqlstateOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
