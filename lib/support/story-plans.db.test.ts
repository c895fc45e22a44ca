import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CheckoutWorld, openCheckoutWorld } from '@/lib/checkout/testing';
import { engineOf, openDatabase, transaction } from '@/lib/database';
import { paymentEvents, refundsOf, type StoryQuery } from './story-store';

let world: CheckoutWorld;

beforeAll(async () => {
  world = await openCheckoutWorld();
});
afterAll(() => world.close());

/** The first statement of what is read, as the database would carry it out had it many rows. */
async function planOf(read: (query: StoryQuery) => Promise<unknown>): Promise<string> {
  const asked: { sql: string; args: unknown[] }[] = [];
  const db = openDatabase(world.test.url, {
    poolSize: 1,
    through: (factory) => ({
      provider: factory.provider,
      adapterName: factory.adapterName,
      connectToShadowDb: () => factory.connectToShadowDb(),
      connect: async () => {
        const adapter = await factory.connect();
        const queryRaw = adapter.queryRaw.bind(adapter);
        adapter.queryRaw = (query) => {
          asked.push(query);
          return queryRaw(query);
        };
        return adapter;
      },
    }),
  });
  await read({ db, before: world.context().now, actorOf: () => ({ kind: 'system' }) });
  await db.$disconnect();
  const { sql = '', args = [] } = asked[0] ?? {};
  const sqlite = engineOf(world.test.db) === 'sqlite';
  return transaction(world.test.db, async (tx) => {
    if (!sqlite) await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    const rows = await tx.$queryRawUnsafe<Record<string, unknown>[]>(
      `EXPLAIN ${sqlite ? 'QUERY PLAN ' : ''}${sql}`,
      ...args,
    );
    return rows.map((row) => row.detail ?? row['QUERY PLAN']).join('\n');
  });
}

it.each([
  ['payments', paymentEvents, 'PaymentEvent_paymentId_at_idx'],
  ['refunds', refundsOf, 'Refund_paymentId_idx'],
] as const)(
  'the %s of a holder are found by the holder’s orders, however many others there are',
  async (_, read, index) => {
    const plan = await planOf((query) => read(query, { userId: world.userId }));
    for (const name of ['Order_userId_createdAt_idx', 'Payment_orderId_idx', index])
      expect(plan).toContain(name);
    expect(plan).not.toMatch(/\bSCAN\b|Seq Scan/);
  },
);
