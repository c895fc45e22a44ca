import { setImmediate } from 'node:timers';
import { Worker } from 'node:worker_threads';
import { driverError } from './errors';
import {
  type Answer,
  type Failure,
  FailureCode,
  OPENING,
  Op,
  Outcome,
  type Request,
  type SqlValue,
  type WorkerSettings,
} from './protocol';

type Pending = { resolve: (answer: Answer) => void; reject: (error: Error) => void };

const NO_ARGUMENTS: readonly SqlValue[] = [];
/** What follows a part of this many answers takes the caller's thread well under a millisecond. */
const PART = 16;

/**
 * A worker thread and the calls that wait for it. Started by the first call, and again by the first call after it
 * died; those it owed an answer then fail, and whether they were done is unknown. It keeps the process alive only
 * while somebody waits for an answer.
 */
export class Thread {
  readonly #file: string;
  readonly #settings: WorkerSettings;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #outgoing: Request[] = [];
  /** Received, and not handed out yet. */
  #answers: Answer[] = [];
  #lastId = OPENING;

  constructor(file: string, settings: WorkerSettings) {
    this.#file = file;
    this.#settings = settings;
  }

  get load(): number {
    return this.#pending.size;
  }

  /** Ids are never used again, so that a transaction of a dead worker is unknown to the next one. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Returns done or declined; throws a `DriverAdapterError` when the call failed. */
  call(op: Op, sql = '', args = NO_ARGUMENTS, { id = this.nextId(), transaction = 0 } = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const worker = this.#worker ?? this.#start();
      if (this.#pending.size === 0) worker.ref();
      this.#pending.set(id, { resolve, reject });
      if (this.#outgoing.length === 0) setImmediate(() => this.#send());
      this.#outgoing.push([id, op, transaction, sql, args]);
    });
  }

  get isRunning(): boolean {
    return this.#worker !== null;
  }

  /** Waits for what was asked before. A worker that dies meanwhile is closed too; its callers were told. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    await this.call(Op.close).catch(() => undefined);
    await worker.terminate();
  }

  #start(): Worker {
    const worker = new Worker(/* turbopackIgnore: true */ this.#file, {
      workerData: this.#settings,
      execArgv: [],
      name: `sqlite-${this.#settings.role}`,
    });
    const lost = (reason: string) =>
      this.#lose(worker, { code: FailureCode.connectionClosed, message: `the database worker ${reason}` });
    worker.on('message', (answers: Answer[]) => this.#receive(worker, answers));
    worker.on('error', (error) => lost(`failed: ${error.message}`));
    worker.on('exit', (code) => lost(`ended with code ${code}`));
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  /**
   * All that was asked for in one turn of the event loop travels in one message, and so does all that is asked for while
   * a group's answers are handed out: the writer would make of smaller messages smaller groups.
   */
  #send(): void {
    if (this.#answers.length > 0) {
      setImmediate(() => this.#send());
      return;
    }
    const requests = this.#outgoing;
    this.#outgoing = [];
    if (requests.length > 0) this.#worker?.postMessage(requests);
  }

  #receive(worker: Worker, answers: readonly Answer[]): void {
    if (worker !== this.#worker) return;
    const failure = answers.find(([id]) => id === OPENING)?.[2];
    if (failure) {
      this.#lose(worker, failure as Failure);
      return;
    }
    const isHandingOut = this.#answers.length > 0;
    this.#answers.push(...answers);
    if (!isHandingOut) this.#handOut();
  }

  /** In parts, between which timers and other requests have their turn: a group's callers all go on at once. */
  #handOut(): void {
    for (const answer of this.#answers.splice(0, PART)) this.#settle(answer);
    if (this.#answers.length > 0) setImmediate(() => this.#handOut());
    else if (this.#pending.size === 0) this.#worker?.unref();
  }

  #settle(answer: Answer): void {
    const [id, outcome, value] = answer;
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (outcome === Outcome.failed) pending?.reject(driverError(value as Failure));
    else pending?.resolve(answer);
  }

  #lose(worker: Worker, failure: Failure): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    this.#outgoing = [];
    for (const answer of this.#answers.splice(0)) this.#settle(answer);
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of waiting) reject(driverError(failure));
  }
}
