import { acceptUnit } from './accept-unit';
import type { Connection } from './connection';
import { failureOf } from './failure';
import type { Procedure } from './procedures';
import { callProcedure } from './procedures/call';
import { type Answer, FailureCode, Op, Outcome, type Request } from './protocol';
import { executeCount, queryRows, Statements } from './statements';

/** Runs statements and calls on the writer's connection: in the transaction that is open, or in one of their own. */
export class Jobs {
  readonly statements: Statements;
  readonly #connection: Connection;
  readonly #procedures: Readonly<Record<string, Procedure>>;
  readonly #savepoint: () => void;
  readonly #release: () => void;
  readonly #undo: () => void;
  readonly #begin: () => void;
  readonly #commit: () => void;
  readonly #rollback: () => void;

  constructor(connection: Connection, procedures: Readonly<Record<string, Procedure>>) {
    this.statements = new Statements(connection);
    this.#connection = connection;
    this.#procedures = procedures;
    const control = (sql: string) => {
      const statement = connection.prepare(sql);
      return () => void statement.run();
    };
    this.#savepoint = control('SAVEPOINT job');
    this.#release = control('RELEASE job');
    this.#undo = control('ROLLBACK TO job');
    this.#begin = control('BEGIN IMMEDIATE');
    this.#commit = control('COMMIT');
    this.#rollback = control('ROLLBACK');
  }

  /** Takes the write lock, waiting for other processes; throws if it cannot be had in time. */
  begin(): void {
    this.#begin();
  }

  /** Commits, or rolls back and throws: no transaction is open afterwards. */
  commit(): void {
    try {
      this.#commit();
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  /** Does nothing if SQLite has already ended the transaction. */
  rollback(): void {
    if (this.#connection.inTransaction) this.#rollback();
  }

  /** One commit for all of them. A job that fails takes back its own work and no other's. */
  runTogether(jobs: readonly Request[]): Answer[] {
    const [only] = jobs;
    if (only && jobs.length === 1) return [this.#runAlone(only)];
    try {
      this.begin();
    } catch (error) {
      return jobs.map((job) => failed(job, error));
    }
    try {
      const answers = this.#runTrusting(jobs) ?? this.#runInSavepoints(jobs);
      if (answers) {
        this.commit();
        return answers;
      }
    } catch (error) {
      this.rollback();
      if (!failureOf(error).code.startsWith('SQLITE_CONSTRAINT'))
        return jobs.map((job) => failed(job, error));
    }
    // Nothing is left of the group, by the fault of one (a deferred foreign key, RAISE(ROLLBACK)); nobody was
    // answered. The others must not suffer for it, so each is run again by itself.
    return jobs.map((job) => this.#runAlone(job));
  }

  /**
   * Without savepoints, which cost as much as the work itself. null when a job was not done: nothing is left of any then,
   * and a new transaction is open.
   */
  #runTrusting(jobs: readonly Request[]): Answer[] | null {
    const answers: Answer[] = [];
    for (const job of jobs) {
      const answer = this.run(job);
      if (answer[1] !== Outcome.done) {
        this.rollback();
        this.begin();
        return null;
      }
      answers.push(answer);
    }
    return answers;
  }

  /** null when one of the jobs ended the transaction. */
  #runInSavepoints(jobs: readonly Request[]): Answer[] | null {
    const answers: Answer[] = [];
    for (const job of jobs) {
      answers.push(this.runInSavepoint(job));
      if (!this.#connection.inTransaction) return null;
    }
    return answers;
  }

  runInSavepoint(job: Request): Answer {
    this.#savepoint();
    const answer = this.run(job);
    if (!this.#connection.inTransaction) return answer;
    if (answer[1] !== Outcome.done) this.#undo();
    this.#release();
    return answer;
  }

  run(job: Request): Answer {
    const [id, op, , sql, args] = job;
    try {
      switch (op) {
        case Op.query:
          return [id, Outcome.done, queryRows(this.statements.get(sql), args)];
        case Op.execute:
          return [id, Outcome.done, executeCount(this.statements.get(sql), args)];
        case Op.call:
          return [id, Outcome.done, this.#call(sql, args[0])];
        case Op.accept:
          return [id, acceptUnit(this.statements, args) ? Outcome.done : Outcome.declined, null];
        case Op.savepoint:
          this.#connection.exec(sql);
          return [id, Outcome.done, null];
        default:
          return [
            id,
            Outcome.failed,
            { code: FailureCode.misuse, message: `operation ${op} is out of place` },
          ];
      }
    } catch (error) {
      return failed(job, error);
    }
  }

  #call(name: string, payload: Request[4][number] | undefined): string {
    const procedure = Object.hasOwn(this.#procedures, name) ? this.#procedures[name] : undefined;
    return callProcedure(this.#connection, procedure, payload);
  }

  #runAlone(job: Request): Answer {
    try {
      this.begin();
      const answer = this.run(job);
      if (answer[1] === Outcome.done) this.commit();
      else this.rollback();
      return answer;
    } catch (error) {
      return failed(job, error);
    }
  }
}

export function failed(job: Request, error: unknown): Answer {
  return [job[0], Outcome.failed, failureOf(error)];
}
