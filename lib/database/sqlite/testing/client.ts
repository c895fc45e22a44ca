import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';

type Rows<Row> = {
  create(args: { data: Partial<Row> }): Promise<Row>;
  update(args: { where: Partial<Row>; data: Partial<Row> }): Promise<Row>;
  findUnique(args: { where: Partial<Row> }): Promise<Row | null>;
  findFirstOrThrow(args?: { where: unknown }): Promise<Row>;
  findMany(args?: { where?: unknown; orderBy?: unknown }): Promise<Row[]>;
  createMany(args: { data: Partial<Row>[] }): Promise<{ count: number }>;
  count(): Promise<number>;
};

export type Sample = {
  id: number;
  name: string;
  place: string;
  amount: bigint;
  ratio: number;
  isOpen: boolean;
  at: Date;
  payload: unknown;
  bytes: Uint8Array;
  remark: string | null;
};

/** As much of the client generated from `schema.prisma` as the tests use; it exists only once they have run. */
export type TestTransaction = {
  counter: Rows<{ id: string; value: bigint }>;
  sample: Rows<Sample>;
  parent: Rows<{ id: string }>;
  child: Rows<{ id: string; parentId: string }>;
  $queryRawUnsafe<T>(sql: string, ...args: unknown[]): Promise<T>;
  $executeRawUnsafe(sql: string, ...args: unknown[]): Promise<number>;
};

export type TestClient = TestTransaction & {
  $transaction<T>(
    work: (tx: TestTransaction) => Promise<T>,
    options?: { maxWait?: number; timeout?: number },
  ): Promise<T>;
  $transaction(statements: Promise<unknown>[]): Promise<unknown[]>;
  $disconnect(): Promise<void>;
};

type ClientModule = { PrismaClient: new (options: { adapter: SqlDriverAdapterFactory }) => TestClient };

const SCHEMA = path.resolve('lib/database/sqlite/testing/schema.prisma');
const GENERATED = path.resolve('lib/database/generated/sqlite-adapter-test');

export async function openTestClient(adapter: SqlDriverAdapterFactory): Promise<TestClient> {
  generateOnce();
  const file = pathToFileURL(path.join(GENERATED, 'client.ts')).href;
  const { PrismaClient } = (await import(/* @vite-ignore */ file)) as ClientModule;
  return new PrismaClient({ adapter });
}

/** Test files start together: each generates beside and renames, so that none sees half a client. */
function generateOnce(): void {
  const schema = readFileSync(SCHEMA, 'utf8');
  const stamp = path.join(
    GENERATED,
    `${createHash('sha256').update(schema).digest('hex').slice(0, 16)}.stamp`,
  );
  if (existsSync(stamp)) return;
  const own = `${GENERATED}-${process.pid}`;
  const ownSchema = `${own}.prisma`;
  writeFileSync(ownSchema, schema.replace('../../generated/sqlite-adapter-test', own));
  execFileSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate', '--schema', ownSchema], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  });
  writeFileSync(path.join(own, path.basename(stamp)), '');
  rmSync(ownSchema);
  if (existsSync(stamp)) {
    rmSync(own, { recursive: true });
    return;
  }
  rmSync(GENERATED, { recursive: true, force: true });
  renameSync(own, GENERATED);
}
