export interface RowFailure {
  /** Names the row: its id, never what stands in it. */
  readonly row: string;
  readonly error: unknown;
}

/** What fails on every row of a large table fails alike: as many as say why are kept, and logged, and not a million. */
const KEPT = 20;

/** Some rows of a walk failed; all others were done. Whoever runs the walk tells of each of its `failures`, and of the `count`. */
export class RowsFailed extends Error {
  override readonly name = 'RowsFailed';
  /** The first of them, at most twenty. */
  readonly failures: readonly RowFailure[];
  /** How many there were, with those that were not kept. */
  readonly count: number;

  constructor(failures: readonly RowFailure[], count = failures.length) {
    const kept = failures.slice(0, KEPT);
    const more = count > kept.length ? [`and ${count - kept.length} more`] : [];
    super([...kept.map(({ row, error }) => `${row}: ${textOf(error)}`), ...more].join(', '));
    this.failures = kept;
    this.count = count;
  }
}

interface Identified {
  readonly id: string;
}

/**
 * Does `work` on one row after another. A row that fails holds up none of those behind it: `RowsFailed` is thrown when all
 * have had their turn. Returns on how many `work` returned true.
 */
export async function forEachRow<Row extends Identified>(
  rows: readonly Row[],
  work: (row: Row) => Promise<unknown>,
): Promise<number> {
  const walk = new Walk();
  for (const row of rows) await walk.attempt(row, work);
  return walk.end();
}

export interface Paging<Row extends Identified> {
  /** The next rows by id behind the one named, which is '' for the first page; at most `size`. */
  readonly page: (after: string, size: number) => Promise<readonly Row[]>;
  readonly size: number;
  /** Work on the rows of a page at once instead of one after another. */
  readonly together?: boolean;
}

/** The same for rows that are read page by page. A page that cannot be read ends the walk and fails it as a row does. */
export async function forEachPagedRow<Row extends Identified>(
  { page, size, together = false }: Paging<Row>,
  work: (row: Row) => Promise<unknown>,
): Promise<number> {
  const walk = new Walk();
  let rows: readonly Row[] = [];
  for (let after = ''; ; ) {
    const read = async () => {
      rows = [];
      rows = await page(after, size);
    };
    await walk.attempt({ id: `page after ${after}` }, read);
    if (together) await Promise.all(rows.map((row) => walk.attempt(row, work)));
    else for (const row of rows) await walk.attempt(row, work);
    const last = rows.at(-1);
    if (!last || rows.length < size) return walk.end();
    after = last.id;
  }
}

class Walk {
  readonly #kept: RowFailure[] = [];
  #failed = 0;
  #done = 0;

  async attempt<Row extends Identified>(row: Row, work: (row: Row) => Promise<unknown>): Promise<void> {
    try {
      if ((await work(row)) === true) this.#done += 1;
    } catch (error) {
      // A walk within a walk: its rows say more than what they stand under.
      this.#fail(error instanceof RowsFailed ? error : { failures: [{ row: row.id, error }], count: 1 });
    }
  }

  end(): number {
    if (this.#failed > 0) throw new RowsFailed(this.#kept, this.#failed);
    return this.#done;
  }

  #fail({ failures, count }: Pick<RowsFailed, 'failures' | 'count'>): void {
    this.#kept.push(...failures.slice(0, KEPT - this.#kept.length));
    this.#failed += count;
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
