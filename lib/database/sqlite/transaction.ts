import type { SqlQuery, SqlResultSet, Transaction } from '@prisma/driver-adapter-utils';
import { sqlArguments } from './arguments';
import { calledProcedure, callResult } from './call';
import { Op, type SqlValue } from './protocol';
import type { Thread } from './thread';

export const ADAPTER_NAME = 'kabao-sqlite';

/** An interactive transaction: it has the writer alone until it is committed or rolled back. */
export class SqliteTransaction implements Transaction {
  readonly provider = 'sqlite';
  readonly adapterName = ADAPTER_NAME;
  /** Prisma then leaves BEGIN, COMMIT and ROLLBACK to us. */
  readonly options = { usePhantomQuery: true };
  readonly #writer: Thread;
  readonly #transaction: number;

  constructor(writer: Thread, transaction: number) {
    this.#writer = writer;
    this.#transaction = transaction;
  }

  async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    const procedure = calledProcedure(query.sql);
    if (procedure !== null) return callResult(await this.#send(Op.call, procedure, sqlArguments(query)));
    return (await this.#send(Op.query, query.sql, sqlArguments(query)))[2] as SqlResultSet;
  }

  async executeRaw(query: SqlQuery): Promise<number> {
    return (await this.#send(Op.execute, query.sql, sqlArguments(query)))[2] as number;
  }

  /** When this throws, the transaction was rolled back. */
  async commit(): Promise<void> {
    await this.#send(Op.commit);
  }

  async rollback(): Promise<void> {
    await this.#send(Op.rollback);
  }

  async createSavepoint(name: string): Promise<void> {
    await this.#send(Op.savepoint, `SAVEPOINT "${name}"`);
  }

  async rollbackToSavepoint(name: string): Promise<void> {
    await this.#send(Op.savepoint, `ROLLBACK TO "${name}"`);
  }

  async releaseSavepoint(name: string): Promise<void> {
    await this.#send(Op.savepoint, `RELEASE "${name}"`);
  }

  #send(op: Op, sql?: string, args?: readonly SqlValue[]) {
    return this.#writer.call(op, sql, args, { transaction: this.#transaction });
  }
}
