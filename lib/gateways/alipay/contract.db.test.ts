import { afterAll, beforeAll } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { gatewayContract } from '../contract';
import type { ContractFixture } from '../contract-fixture';
import type { GatewayNotification, InboundMessage, ShopperStep } from '../port';
import { setSwitches } from '../sandbox';
import { startSandbox } from '../sandbox/testing';
import { alipayGateway } from './gateway';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** Alipay's adapter against the sandbox, over HTTP, with real signatures both ways. */
async function start(): Promise<ContractFixture> {
  const { db } = database;
  let now = new Date('2026-03-01T04:00:00Z');
  const accepted: GatewayNotification[] = [];
  const refused: string[] = [];
  const messages: InboundMessage[] = [];
  const sandbox = await startSandbox({
    db,
    clock: () => now,
    onNotification: async (message) => {
      messages.push(message);
      const parsed = await gateway.parseNotification(message);
      if (parsed.ok) accepted.push(parsed.value);
      else refused.push(parsed.refusal.code);
      return gateway.acknowledge(parsed.ok);
    },
  });
  const gateway = alipayGateway(sandbox.alipay);
  const cashierOf = async (step: ShopperStep) => {
    const path = await sandbox.visit(step);
    return path.includes('/cashier/') ? path : null;
  };
  return {
    gateway,
    now: () => now,
    advance: (ms) => {
      now = new Date(now.getTime() + ms);
    },
    visit: async (step) => (await cashierOf(step)) !== null,
    confirm: async (step) => {
      const path = await cashierOf(step);
      if (path === null) return false;
      const answer = await sandbox.confirm(path);
      return answer.headers.get('location')?.includes('trade_no') ?? false;
    },
    misbehave: (paymentNo, how) => setSwitches({ db }, paymentNo, how),
    received: async () => {
      await sandbox.deliver();
      return { accepted, refused, messages };
    },
    close: sandbox.close,
  };
}

gatewayContract(start);
