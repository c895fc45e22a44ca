import type { MessagePort } from 'node:worker_threads';
import type { Connection } from './connection';
import { failed } from './jobs';
import { type Answer, Op, Outcome, type Request } from './protocol';
import { executeCount, queryRows, Statements } from './statements';

/** Reads on a connection of its own that cannot write. Every statement sees all that was committed before it began. */
export class Reader {
  readonly #port: MessagePort;
  readonly #connection: Connection;
  readonly #statements: Statements;

  constructor(port: MessagePort, connection: Connection) {
    this.#port = port;
    this.#connection = connection;
    this.#statements = new Statements(connection);
  }

  receive(requests: readonly Request[]): void {
    this.#port.postMessage(requests.map((request) => this.#answer(request)));
    if (requests.some(([, op]) => op === Op.close)) this.#port.close();
  }

  #answer(request: Request): Answer {
    const [id, op, , sql, args] = request;
    try {
      if (op === Op.close) this.#connection.close();
      if (op === Op.script) this.#statements.clear();
      if (op !== Op.query && op !== Op.execute) return [id, Outcome.done, null];
      const prepared = this.#statements.get(sql);
      if (!prepared.isRead) return [id, Outcome.declined, null];
      return [id, Outcome.done, op === Op.query ? queryRows(prepared, args) : executeCount(prepared, args)];
    } catch (error) {
      return failed(request, error);
    }
  }
}
