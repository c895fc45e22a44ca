import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type pg from 'pg';

/** What `pg` offers to a query of one's own, beyond its published types. */
interface CopyConnection {
  readonly stream: Writable & Readable;
  query(sql: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

interface Settle {
  readonly resolve: (rows: number) => void;
  readonly reject: (error: Error) => void;
}

/** `COPY … TO STDOUT` into a stream, no faster than the stream takes it. Returns how many rows there were. */
export function copyOut(client: pg.Client, sql: string, out: Writable): Promise<number> {
  return new Promise((resolve, reject) => {
    submit(client, new CopyOut(sql, out, { resolve, reject }));
  });
}

/** `COPY … FROM STDIN` from a stream, no faster than the server takes it. Returns how many rows there were. */
export function copyIn(client: pg.Client, sql: string, source: Readable): Promise<number> {
  return new Promise((resolve, reject) => {
    submit(client, new CopyIn(sql, source, { resolve, reject }));
  });
}

function submit(client: pg.Client, query: Copy): void {
  client.query(query as unknown as pg.Submittable);
}

/** `pg` calls the methods by these names. */
abstract class Copy {
  protected isOver = false;
  readonly #sql: string;
  readonly #settle: Settle;
  #rows = 0;

  constructor(sql: string, settle: Settle) {
    this.#sql = sql;
    this.#settle = settle;
  }

  submit(connection: CopyConnection): void {
    connection.query(this.#sql);
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rows = Number(/^COPY (\d+)/.exec(text)?.[1] ?? 0);
  }

  handleReadyForQuery(): void {
    this.isOver = true;
    this.#settle.resolve(this.#rows);
  }

  handleError(error: Error): void {
    this.isOver = true;
    this.#settle.reject(error);
  }
}

class CopyOut extends Copy {
  readonly #out: Writable;
  #paused: CopyConnection['stream'] | null = null;

  constructor(sql: string, out: Writable, settle: Settle) {
    super(sql, settle);
    this.#out = out;
  }

  /** The chunk is a view of a buffer that is used again, so it is copied. */
  handleCopyData({ chunk }: { chunk: Buffer }, connection: CopyConnection): void {
    if (this.#out.write(Buffer.from(chunk)) || connection.stream.isPaused()) return;
    this.#paused = connection.stream;
    this.#paused.pause();
    this.#out.once('drain', () => this.#goOn());
  }

  /** A stream that is ended while it is full drains without saying so; what comes after on this connection would wait for ever. */
  override handleReadyForQuery(): void {
    this.#goOn();
    super.handleReadyForQuery();
  }

  override handleError(error: Error): void {
    this.#goOn();
    super.handleError(error);
  }

  #goOn(): void {
    this.#paused?.resume();
    this.#paused = null;
  }
}

class CopyIn extends Copy {
  readonly #source: Readable;

  constructor(sql: string, source: Readable, settle: Settle) {
    super(sql, settle);
    this.#source = source;
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.#pump(connection).catch((error: Error) => connection.sendCopyFail(error.message));
  }

  async #pump(connection: CopyConnection): Promise<void> {
    for await (const chunk of this.#source) {
      // The server has refused a row; it takes no more.
      if (this.isOver) return;
      connection.sendCopyFromChunk(chunk);
      if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
    }
    connection.endCopyFrom();
  }
}
