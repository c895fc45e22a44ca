import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { applyPragmas, type Connection } from './connection';
import { failed, Jobs } from './jobs';
import type { Procedure } from './procedures';
import { type Answer, FailureCode, Op, Outcome, type Request } from './protocol';

const GROUP_SIZE = 128;

type WriterOptions = {
  port: MessagePort;
  connection: Connection;
  procedures: Readonly<Record<string, Procedure>>;
  idleTransactionMs: number;
};

/**
 * The one writer of a database. An interactive transaction has it alone from BEGIN IMMEDIATE to its end. What arrives
 * outside of one waits in order, and statements and calls that wait together are committed together. An answer leaves
 * only after the commit that it stands on.
 */
export class Writer {
  readonly #port: MessagePort;
  readonly #connection: Connection;
  readonly #jobs: Jobs;
  readonly #idleTransactionMs: number;
  readonly #queue: Request[] = [];
  #answers: Answer[] = [];
  /** The id of the interactive transaction that has the writer, or 0. */
  #transaction = 0;
  #transactionUsedAt = 0;
  #isWatching = false;
  #closing: Request | null = null;

  constructor({ port, connection, procedures, idleTransactionMs }: WriterOptions) {
    this.#port = port;
    this.#connection = connection;
    this.#jobs = new Jobs(connection, procedures);
    this.#idleTransactionMs = idleTransactionMs;
  }

  receive(requests: readonly Request[]): void {
    this.#accept(requests);
    while (this.#transaction === 0 && this.#queue.length > 0) {
      this.#step();
      this.#flush();
      // What came in during a commit joins the next one.
      for (
        let arrived = receiveMessageOnPort(this.#port);
        arrived;
        arrived = receiveMessageOnPort(this.#port)
      ) {
        this.#accept(arrived.message);
      }
    }
    if (this.#closing) this.#close(this.#closing);
    this.#flush();
  }

  #accept(requests: readonly Request[]): void {
    for (const request of requests) {
      if (request[2] !== 0) this.#answers.push(this.#runInTransaction(request));
      else if (request[1] === Op.close) this.#startClosing(request);
      else this.#queue.push(request);
    }
  }

  #step(): void {
    const group = this.#takeGroup();
    if (group.length > 0) {
      this.#answers.push(...this.#jobs.runTogether(group));
      return;
    }
    const request = this.#queue.shift();
    if (request?.[1] === Op.begin) this.#answers.push(this.#begin(request));
    else if (request?.[1] === Op.script) this.#answers.push(this.#script(request));
    else if (request) this.#answers.push(done(request));
  }

  #takeGroup(): Request[] {
    let size = 0;
    while (size < GROUP_SIZE && isJob(this.#queue[size])) size += 1;
    return this.#queue.splice(0, size);
  }

  #begin(request: Request): Answer {
    if (this.#closing) return refused(request, FailureCode.connectionClosed, 'the database is being closed');
    try {
      this.#jobs.begin();
    } catch (error) {
      return failed(request, error);
    }
    this.#transaction = request[0];
    this.#transactionUsedAt = Date.now();
    this.#watchIdle();
    return done(request);
  }

  #runInTransaction(request: Request): Answer {
    const [, op, transaction] = request;
    if (transaction !== this.#transaction) {
      if (op === Op.rollback) return done(request);
      return refused(request, FailureCode.transactionClosed, 'the transaction has already ended');
    }
    this.#transactionUsedAt = Date.now();
    if (op === Op.commit) return this.#commit(request);
    if (op === Op.rollback) return this.#rollback(request);
    const answer = op === Op.call ? this.#jobs.runInSavepoint(request) : this.#jobs.run(request);
    // Some failures (a full disk, RAISE(ROLLBACK)) end the whole transaction.
    if (!this.#connection.inTransaction) this.#transaction = 0;
    return answer;
  }

  #commit(request: Request): Answer {
    this.#transaction = 0;
    try {
      this.#jobs.commit();
      return done(request);
    } catch (error) {
      return failed(request, error);
    }
  }

  #rollback(request: Request): Answer {
    this.#transaction = 0;
    this.#jobs.rollback();
    return done(request);
  }

  /**
   * The last resort against a client that forgets its transaction; Prisma's own time-outs are shorter. One timer
   * serves all transactions: it is set again while there is one, and looks when that one was last used.
   */
  #watchIdle(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const leftMs = this.#transactionUsedAt + this.#idleTransactionMs - Date.now();
    setTimeout(() => {
      this.#isWatching = false;
      if (this.#transaction === 0) return;
      if (Date.now() - this.#transactionUsedAt < this.#idleTransactionMs) {
        this.#watchIdle();
        return;
      }
      this.#transaction = 0;
      this.#jobs.rollback();
      this.receive([]);
    }, leftMs);
  }

  #script(request: Request): Answer {
    try {
      this.#connection.exec(request[3]);
      if (this.#connection.inTransaction) throw new Error('the script leaves a transaction open');
      return done(request);
    } catch (error) {
      this.#jobs.rollback();
      return failed(request, error);
    } finally {
      this.#jobs.statements.clear();
      applyPragmas(this.#connection);
    }
  }

  /** Waiting work is still done, except for new transactions; an open transaction is rolled back. */
  #startClosing(request: Request): void {
    this.#closing = request;
    this.#transaction = 0;
    this.#jobs.rollback();
  }

  #close(request: Request): void {
    this.#connection.close();
    this.#answers.push(done(request));
    this.#flush();
    this.#port.close();
  }

  #flush(): void {
    if (this.#answers.length === 0) return;
    this.#port.postMessage(this.#answers);
    this.#answers = [];
  }
}

function isJob(request: Request | undefined): boolean {
  const op = request?.[1];
  return op === Op.query || op === Op.execute || op === Op.call || op === Op.accept;
}

function done(request: Request): Answer {
  return [request[0], Outcome.done, null];
}

function refused(request: Request, code: string, message: string): Answer {
  return [request[0], Outcome.failed, { code, message }];
}
