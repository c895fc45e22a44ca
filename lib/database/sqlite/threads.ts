import { isDriverAdapterError, type SqlResultSet } from '@prisma/driver-adapter-utils';
import { Op, Outcome, type SqlValue, type WorkerSettings } from './protocol';
import { Thread } from './thread';

export type ThreadsOptions = {
  path: string;
  workerFile: string;
  readers: number;
  busyTimeoutMs: number;
  idleTransactionMs: number;
};

/** The writer and the readers of one database file. */
export class Threads {
  readonly writer: Thread;
  readonly #path: string;
  readonly #readers: Thread[];

  constructor({ path, workerFile, readers, busyTimeoutMs, idleTransactionMs }: ThreadsOptions) {
    const settings = (role: WorkerSettings['role']) => ({ role, path, busyTimeoutMs, idleTransactionMs });
    this.#path = path;
    this.writer = new Thread(workerFile, settings('writer'));
    this.#readers = Array.from({ length: readers }, () => new Thread(workerFile, settings('reader')));
  }

  /** The writer first: it creates the file and sets its mode. Throws an error that says why it cannot. */
  async open(): Promise<void> {
    try {
      await this.writer.call(Op.ping);
    } catch (error) {
      const reason = isDriverAdapterError(error) ? error.cause.originalMessage : String(error);
      throw new Error(`the database ${this.#path} cannot be opened: ${reason}`, { cause: error });
    }
  }

  async query(sql: string, args: readonly SqlValue[]): Promise<SqlResultSet> {
    return (await this.#run(Op.query, sql, args)) as SqlResultSet;
  }

  async execute(sql: string, args: readonly SqlValue[]): Promise<number> {
    return (await this.#run(Op.execute, sql, args)) as number;
  }

  async script(sql: string): Promise<void> {
    await this.writer.call(Op.script, sql);
    await Promise.all(this.#readers.map((reader) => reader.isRunning && reader.call(Op.script)));
  }

  async close(): Promise<void> {
    await Promise.all(this.#readers.map((reader) => reader.close()));
    await this.writer.close();
  }

  async #run(op: Op, sql: string, args: readonly SqlValue[]): Promise<unknown> {
    if (MAY_READ.test(sql)) {
      const reader = this.#leastBusyReader();
      const answer = await reader?.call(op, sql, args);
      if (answer?.[1] === Outcome.done) return answer[2];
    }
    return (await this.writer.call(op, sql, args))[2];
  }

  #leastBusyReader(): Thread | undefined {
    let best = this.#readers[0];
    for (const reader of this.#readers) {
      if (best && reader.load < best.load) best = reader;
    }
    return best;
  }
}

/** A cheap guess: the reader asks SQLite, and declines what is not a read after all (`WITH … INSERT`). */
const MAY_READ = /^\s*(?:SELECT|WITH|PRAGMA|EXPLAIN|VALUES)\b/i;
