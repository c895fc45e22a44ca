import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Connection } from './connection';
import { Jobs } from './jobs';
import { Op, Outcome, type Request } from './protocol';

test('a group that the database fails in the middle of is undone, and the writer is free', () => {
  const connection = new Database(':memory:');
  connection.exec('CREATE TABLE "Counter" ("id" TEXT NOT NULL PRIMARY KEY)');
  const jobs = new Jobs(failingOnce(connection, 'RELEASE job'), {});
  // The second makes the group go by savepoints, and then there is no memory to end the first of them.
  const outcomes = jobs.runTogether([insert(1, 'a'), insert(2, 'a'), insert(3, 'b')]);
  expect(outcomes.map(([, outcome]) => outcome)).toEqual([Outcome.failed, Outcome.failed, Outcome.failed]);
  expect(connection.inTransaction).toBe(false);
  expect(jobs.runTogether([insert(4, 'c'), insert(5, 'd')]).map(([, outcome]) => outcome)).toEqual([
    Outcome.done,
    Outcome.done,
  ]);
  expect(connection.prepare('SELECT "id" FROM "Counter" ORDER BY "id"').pluck().all()).toEqual(['c', 'd']);
  connection.close();
});

function insert(id: number, counter: string): Request {
  return [id, Op.execute, 0, 'INSERT INTO "Counter" ("id") VALUES (?)', [counter]];
}

/** The connection, on which one statement fails the first time, as when memory runs out. */
function failingOnce(connection: Connection, failing: string): Connection {
  let fails = true;
  const prepare = (sql: string) => {
    const statement = connection.prepare(sql);
    if (sql !== failing) return statement;
    const run = () => {
      if (!fails) return statement.run();
      fails = false;
      throw new Database.SqliteError('out of memory', 'SQLITE_NOMEM');
    };
    return { run };
  };
  return new Proxy(connection, {
    get: (target, name) => {
      if (name === 'prepare') return prepare;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
