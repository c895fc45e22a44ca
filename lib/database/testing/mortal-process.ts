import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils';
import { type Database, openDatabase } from '../client';
import type { TestDatabase } from './index';

/**
 * Another process on a test's database, which can be made to fail around any of its writes. Reads do not count: what
 * fails at a read fails before the write that follows it.
 */
export interface MortalProcess {
  readonly db: Database;
  /** `n` counts writes from here on, beginning with 1. */
  fail(fault: { readonly how: Failing; readonly n: number }): void;
  /** False when the write that was to fail has not come. */
  hasFailed(): boolean;
  /** Works again, without a fault. */
  revive(): void;
  close(): Promise<void>;
}

/**
 * `dies before`: the write is not carried out, nor any call after it. `dies after`: the write is carried out, nobody
 * hears of it, and no call after it is carried out. `answer lost`: the write is carried out, its answer is lost, and
 * the process lives on.
 */
export const FAILINGS = ['dies before', 'dies after', 'answer lost'] as const;
export type Failing = (typeof FAILINGS)[number];

class ConnectionLost extends Error {
  constructor() {
    super('the connection to the database was lost');
  }
}

export async function openMortalProcess(test: TestDatabase): Promise<MortalProcess> {
  let writes = 0;
  let fault: { readonly how: Failing; readonly n: number } | null = null;
  let [failed, dead] = [false, false];
  const begin = (next: typeof fault) => {
    [writes, fault, failed, dead] = [0, next, false, false];
  };
  const call: Call = async (kind, work) => {
    if (dead) throw new ConnectionLost();
    if (kind === 'write') writes += 1;
    if (kind === 'read' || writes !== fault?.n) return work();
    const { how } = fault;
    failed = true;
    dead = how !== 'answer lost';
    if (how !== 'dies before') await work();
    throw new ConnectionLost();
  };
  const db = openDatabase(test.url, {
    poolSize: 4,
    through: (factory) => failing(factory, call),
    aroundCommit: (commit) => call('write', commit),
  });
  await db.$connect();
  return {
    db,
    fail: begin,
    hasFailed: () => failed,
    revive: () => begin(null),
    close: () => db.$disconnect(),
  };
}

/**
 * Lets a process fail around each of its writes in turn, in a scene of its own each time, until it got through
 * unharmed. `after` looks at what is left, and goes on as people and the worker do. Returns how many failures there were.
 */
export async function aroundEveryWrite<Scene>(
  mortal: MortalProcess,
  how: Failing,
  play: {
    readonly scene: () => Promise<Scene>;
    readonly act: (scene: Scene) => Promise<unknown>;
    readonly after: (scene: Scene) => Promise<void>;
  },
): Promise<number> {
  for (let n = 1; ; n += 1) {
    const scene = await play.scene();
    mortal.fail({ how, n });
    await play.act(scene).catch(() => undefined);
    const failed = mortal.hasFailed();
    mortal.revive();
    await play.after(scene);
    if (!failed) return n - 1;
  }
}

type Call = <T>(kind: 'read' | 'write', work: () => Promise<T>) => Promise<T>;

function failing(
  factory: SqlMigrationAwareDriverAdapterFactory,
  call: Call,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => failingAdapter(await factory.connect(), call),
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}

function failingAdapter(adapter: SqlDriverAdapter, call: Call): SqlDriverAdapter {
  return {
    ...named(adapter),
    ...statements(adapter, call),
    executeScript: (script) => adapter.executeScript(script),
    startTransaction: async (level) =>
      failingTransaction(await call('read', () => adapter.startTransaction(level)), call),
    getConnectionInfo: () => adapter.getConnectionInfo?.() ?? { supportsRelationJoins: false },
    dispose: () => adapter.dispose(),
  };
}

/** The database rolls back what a lost connection had begun; a commit that it has carried out stays. */
function failingTransaction(inner: Transaction, call: Call): Transaction {
  let isOver = false;
  const end = async (how: 'commit' | 'rollback') => {
    if (isOver) return;
    isOver = true;
    await inner[how]();
  };
  const orRollBack: Call = async (kind, work) => {
    try {
      return await call(kind, work);
    } catch (error) {
      if (!isOver && error instanceof ConnectionLost) {
        if (!inner.options.usePhantomQuery) {
          await inner.executeRaw({ sql: 'ROLLBACK', args: [], argTypes: [] });
        }
        await end('rollback');
      }
      throw error;
    }
  };
  return {
    ...named(inner),
    ...statements(inner, orRollBack),
    options: inner.options,
    commit: () => (inner.options.usePhantomQuery ? orRollBack('write', () => end('commit')) : end('commit')),
    rollback: () => end('rollback'),
  };
}

function named(adapter: SqlQueryable): Pick<SqlQueryable, 'provider' | 'adapterName'> {
  return { provider: adapter.provider, adapterName: adapter.adapterName };
}

function statements(adapter: SqlQueryable, call: Call): Pick<SqlQueryable, 'queryRaw' | 'executeRaw'> {
  return {
    queryRaw: (query) => call(kindOf(query.sql), () => adapter.queryRaw(query)),
    executeRaw: (query) => call(kindOf(query.sql), () => adapter.executeRaw(query)),
  };
}

function kindOf(sql: string): 'read' | 'write' {
  return /^\s*(SELECT (?!commit_units)|ROLLBACK\b|BEGIN\b)/i.test(sql) ? 'read' : 'write';
}
