import type { Gateway } from '@/lib/gateways';
import { invariant } from '@/lib/kernel';
import { audit, balancesOf, usableOf } from '@/lib/ledger';
import { auditPayments, type CheckoutContext, type PayInput, payOrder, runDueChecks } from '../index';
import type { CheckoutWorld } from './index';

/** Closes a world; returns what the audits of its ledger and payments find, which is nothing when all is well. */
export async function closeAudited(world: CheckoutWorld): Promise<unknown[]> {
  const { db } = world.test;
  const found = [...(await audit(db)).differences, ...(await auditPayments(db, world.context().now))];
  await world.close();
  return found;
}

/** What a shopper's browser sends to pay an order partly by card, the rest by Alipay. */
export function payInput(
  world: CheckoutWorld,
  orderId: string,
  { card, external, ...over }: Partial<PayInput> & { readonly card: bigint; readonly external: bigint },
): PayInput {
  return {
    orderId,
    userId: world.userId,
    method: 'alipay',
    expected: { cardMinor: card, externalMinor: external },
    idempotencyKey: `key-${orderId}`,
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '订单',
    ...over,
  };
}

/** What can be spent from an account. */
export async function usable(world: CheckoutWorld, accountId: string): Promise<bigint> {
  const balance = (await balancesOf(world.test.db, [accountId])).get(accountId);
  invariant(balance, 'the account exists');
  return usableOf(balance);
}

/** A payment of 150.00 that has begun: 100.00 held on a card, 50.00 open at Alipay. */
export async function begun(world: CheckoutWorld, { expiresAt }: { readonly expiresAt?: Date } = {}) {
  const card = await world.addCard({ amountMinor: 10_000n, ...(expiresAt ? { expiresAt } : {}) });
  const order = await world.addOrder([{ amountMinor: 9_000n }, { amountMinor: 6_000n, merchant: 'pop' }]);
  const started = await payOrder(
    world.context(),
    payInput(world, order.id, { card: 10_000n, external: 5_000n }),
  );
  invariant(started.ok && started.value.status === 'proceed', 'the shopper may go to the cashier');
  const { payment, next } = started.value;
  const tenderId = payment.tenders.find(({ kind }) => kind === 'external')?.id ?? '';
  return { card, order, payment, tenderId, next };
}

/** The same with the shopper at Alipay's page. */
export async function atTheCashier(world: CheckoutWorld, card: { readonly expiresAt?: Date } = {}) {
  const started = await begun(world, card);
  return { ...started, cashier: await world.sandbox.visit(started.next) };
}

/** The configured gateway with some of its answers given. */
export function gatewayWith(world: CheckoutWorld, over: Partial<Gateway>): Pick<CheckoutContext, 'gateway'> {
  const gateway = world.context().gateway('alipay');
  invariant(gateway, 'the sandbox is configured');
  return { gateway: () => ({ ...gateway, ...over }) };
}

/** Lets the worker and the gateway's notifications run, round after round; a check that fails fails the test. */
export async function work(world: CheckoutWorld, rounds: number, stepMs: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    world.advance(stepMs);
    for (let more = true; more; ) {
      ({ more } = await runDueChecks(world.context(), (subject, error) => {
        throw new Error(`${subject}: ${error}`);
      }));
    }
    await world.sandbox.deliver();
  }
}
