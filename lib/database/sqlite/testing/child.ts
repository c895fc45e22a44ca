/** A second process on a test's database: `child.ts <what> <database> <worker>`. It says each step on its output. */
import { createSqliteAdapterFactory } from '../adapter';

const [what, path = '', workerFile = ''] = process.argv.slice(2);
const adapter = await createSqliteAdapterFactory({ path, workerFile }).connect();

const insert = (id: string) => ({
  sql: 'INSERT INTO "Counter" ("id") VALUES (?)',
  args: [id],
  argTypes: [{ scalarType: 'string', arity: 'scalar' } as const],
});
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Holds the write lock until its input says anything. */
async function hold(): Promise<void> {
  const transaction = await adapter.startTransaction();
  await transaction.executeRaw(insert('held'));
  say('holding');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  await transaction.commit();
  await adapter.dispose();
  process.stdin.destroy();
}

/** Writes rows with 8 callers until it is killed, naming each one that was acknowledged. */
async function write(): Promise<void> {
  const caller = async (name: number) => {
    for (let row = 0; ; row++) {
      await adapter.executeRaw(insert(`${name}-${row}`));
      say(`${name}-${row}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, name) => caller(name)));
}

/** Leaves its connection open, and has nothing more to do. */
async function leave(): Promise<void> {
  await adapter.executeRaw(insert('left'));
  await adapter.queryRaw({ sql: 'SELECT 1', args: [], argTypes: [] });
  say('left');
}

async function disconnect(): Promise<void> {
  await leave();
  await adapter.dispose();
}

const programs: Record<string, () => Promise<void>> = { hold, write, leave, disconnect };
await programs[what ?? '']?.();
