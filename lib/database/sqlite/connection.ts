import Database from 'better-sqlite3';

export type Connection = Database.Database;

type ConnectionOptions = { path: string; role: 'writer' | 'reader'; busyTimeoutMs: number };

const WAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;
/** 16 MB. A page that many commits wrote is copied to the database once; SQLite's own 1,000 are three groups of payments. */
const CHECKPOINT_PAGES = 4_000;
const MODE_RETRY_MS = 20;

/**
 * Opens a connection that loses no acknowledged commit: WAL, `synchronous=FULL` (the build's default under WAL is
 * NORMAL, which may lose the last commits when the power fails) and foreign keys, each read back. Throws if one does
 * not hold. Integers are read as bigint. `busyTimeoutMs` is how long a statement waits for another process.
 */
export function openConnection({ path, role, busyTimeoutMs }: ConnectionOptions): Connection {
  const reader = role === 'reader';
  const connection = new Database(path, { timeout: busyTimeoutMs, readonly: reader, fileMustExist: reader });
  try {
    connection.defaultSafeIntegers(true);
    if (!reader) enterWal(connection, busyTimeoutMs);
    applyPragmas(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Sets the pragmas that durability depends on and reads them back; also called after a script, which may have changed them. */
export function applyPragmas(connection: Connection): void {
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  connection.pragma(`journal_size_limit = ${WAL_SIZE_LIMIT_BYTES}`);
  expectPragma(connection, 'journal_mode', connection.memory ? 'memory' : 'wal');
  expectPragma(connection, 'synchronous', 2n);
  expectPragma(connection, 'foreign_keys', 1n);
}

/** Entering WAL needs the file exclusively and ignores the busy handler, so processes that start together have to retry. */
function enterWal(connection: Connection, busyTimeoutMs: number): void {
  const deadline = Date.now() + busyTimeoutMs;
  for (;;) {
    try {
      connection.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() >= deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, MODE_RETRY_MS);
    }
  }
}

function expectPragma(connection: Connection, name: string, expected: string | bigint): void {
  const actual = connection.pragma(name, { simple: true });
  if (actual !== expected) throw new Error(`SQLite has ${name}=${String(actual)} instead of ${expected}`);
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
