import { z } from 'zod';
import { type Procedure, prepared } from '../procedures/procedure';

const insertion = z.object({ id: z.string() });
const movement = z.object({ from: z.string(), to: z.string() });
const duration = z.object({ ms: z.number() });

/** Procedures for the adapter's own tests; the product's worker does not know them. */
export const testProcedures: Readonly<Record<string, Procedure>> = {
  /** Adds a counter and returns how many there are. */
  insert_counter(connection, payload) {
    const { id } = insertion.parse(payload);
    prepared(connection, 'INSERT INTO "Counter" ("id", "value") VALUES (?, 1)').run(id);
    return prepared(connection, 'SELECT count(*) AS counters FROM "Counter"').get();
  },

  insert_then_fail(connection, payload) {
    prepared(connection, 'INSERT INTO "Counter" ("id") VALUES (?)').run(insertion.parse(payload).id);
    throw new Error('changed my mind');
  },

  insert_orphan(connection, payload) {
    prepared(connection, 'INSERT INTO "Child" ("id", "parentId") VALUES (?, ?)').run(
      insertion.parse(payload).id,
      'nobody',
    );
  },

  /** Gives 1 to one counter and takes it from the other, which refuses when it has nothing. */
  move(connection, payload) {
    const { from, to } = movement.parse(payload);
    prepared(connection, 'UPDATE "Counter" SET "value" = "value" + 1 WHERE "id" = ?').run(to);
    prepared(connection, 'UPDATE "Counter" SET "value" = "value" - 1 WHERE "id" = ?').run(from);
  },

  /** Holds the writer's thread. */
  spin(_connection, payload) {
    const until = Date.now() + duration.parse(payload).ms;
    while (Date.now() < until) Math.sqrt(until);
  },

  /** Ends the writer's thread in the middle of a transaction. */
  crash(connection, payload) {
    prepared(connection, 'INSERT INTO "Counter" ("id") VALUES (?)').run(insertion.parse(payload).id);
    process.exit(3);
  },
};
