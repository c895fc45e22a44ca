import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setSwitches } from '@/lib/gateways/sandbox';
import { DAY_MS, HOUR_MS, invariant } from '@/lib/kernel';
import { CHECKS } from './audit-payments';
import { auditPayments, checkPayment, findPayment, type Payment, payOrder, refundPayment } from './index';
import { type CheckoutWorld, openCheckoutWorld } from './testing';
import { payInput } from './testing/payments';

let world: CheckoutWorld;
/** 100.00 by a card and 50.00 by Alipay, paid; 10.00 of it went back to the card. */
let paid: Payment;
/** The same split, held and open at Alipay's page. */
let open: Payment;

beforeEach(async () => {
  world = await openCheckoutWorld();
  paid = await start({ confirm: true });
  await refund(paid, 1_000n);
  await world.test.db.card.updateMany({ data: { state: 'frozen' } });
  open = await start({ confirm: false });
});
afterEach(() => world.close());

async function start({ confirm }: { confirm: boolean }): Promise<Payment> {
  await world.addCard({ amountMinor: 10_000n });
  const order = await world.addOrder([{ amountMinor: 9_000n }, { amountMinor: 6_000n, merchant: 'pop' }]);
  const started = await payOrder(
    world.context(),
    payInput(world, order.id, { card: 10_000n, external: 5_000n }),
  );
  invariant(started.ok && started.value.status === 'proceed', 'at the cashier');
  const cashier = await world.sandbox.visit(started.value.next);
  if (!confirm) return started.value.payment;
  await world.sandbox.confirm(cashier);
  const payment = await checkPayment(world.context(), started.value.payment.id);
  invariant(payment?.state === 'PAID', 'paid');
  return payment;
}

function refund(
  payment: Payment,
  amountMinor: bigint,
  refundPolicy: 'CARD_FIRST' | 'EXTERNAL_FIRST' = 'CARD_FIRST',
) {
  const line = payment.tenders.at(-1)?.lines[0]?.orderLineId ?? '';
  return refundPayment(
    { ...world.context(), refundPolicy },
    {
      paymentId: payment.id,
      lines: [{ lineId: line, amountMinor }],
      reason: null,
      actorId: null,
      idempotencyKey: crypto.randomUUID(),
    },
  );
}

const found = async (now = world.context().now) =>
  (await auditPayments(world.test.db, now)).map(({ check }) => check);
const [card, external] = [
  (payment: Payment) => payment.tenders[0]?.id ?? '',
  (payment: Payment) => payment.tenders.at(-1)?.id ?? '',
];

/** What a person with the database's password would do, past the triggers. */
async function damage(sql: string): Promise<void> {
  if (world.test.engine === 'postgres')
    return world.test.raw(`SET session_replication_role = replica; ${sql}`);
  const triggers = await world.test.db.$queryRaw<{ name: string }[]>`
    SELECT name FROM sqlite_master WHERE type = 'trigger'`;
  const dropped = triggers.map(({ name }) => `DROP TRIGGER "${name}";`).join(' ');
  return world.test.raw(`PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; ${dropped} ${sql}`);
}

it('finds nothing where nothing is wrong', async () => {
  expect(await found()).toEqual([]);
});

describe('finds what somebody changed', () => {
  const proven = new Set<string>();
  const cases: [what: string, check: keyof typeof CHECKS, sql: () => string][] = [
    [
      'a tender of another amount',
      'tenders add up to their payment',
      () => `UPDATE "Tender" SET "amountMinor" = 9999 WHERE "id" = '${card(paid)}'`,
    ],
    [
      'a line of another amount',
      'lines add up to their tender',
      () =>
        `UPDATE "TenderLine" SET "amountMinor" = 8999 WHERE "tenderId" = '${card(paid)}' AND "amountMinor" = 9000`,
    ],
    [
      'a line that got more back than its tender',
      'lines add up to their tender',
      () => `UPDATE "TenderLine" SET "refundedMinor" = 1 WHERE "tenderId" = '${external(paid)}'`,
    ],
    [
      'a payment that seems refunded',
      'refunds add up to their payment',
      () => `UPDATE "Payment" SET "refundedMinor" = 2000 WHERE "id" = '${paid.id}'`,
    ],
    [
      'a capture that is gone',
      'captures equal what each tender paid',
      () => `DELETE FROM "Transfer" WHERE "id" LIKE '${card(paid)}:capture:%'`,
    ],
    [
      'a tender that names another card',
      'captures equal what each tender paid',
      () => `UPDATE "Tender" SET "cardId" = '${open.tenders[0]?.cardId}' WHERE "id" = '${card(paid)}'`,
    ],
    [
      'a capture from an account that paid nothing',
      'captures come from the tenders alone',
      () => `UPDATE "Transfer" SET "reference" = '${paid.id}', "kind" = 'posted', "pendingId" = NULL
        WHERE "id" LIKE '${card(open)}:hold:merchant:self'`,
    ],
    [
      'a capture for another merchant',
      'captures credit the merchants of the lines',
      () =>
        `UPDATE "Transfer" SET "creditAccountId" = 'merchant:pop' WHERE "id" = '${card(paid)}:capture:merchant:self'`,
    ],
    [
      'a paid payment that is cancelled',
      'only paid payments have captures',
      () => `UPDATE "Payment" SET "state" = 'CANCELLED' WHERE "id" = '${paid.id}'`,
    ],
    [
      'a refund that went to another account',
      'refunds reach the tenders that paid',
      () => `UPDATE "Transfer" SET "creditAccountId" = '${open.tenders[0]?.accountId}' WHERE "code" = 301`,
    ],
    [
      'a refund that was never recorded',
      'refunds reach the tenders that paid',
      () => `DELETE FROM "RefundLine"; DELETE FROM "RefundPart"`,
    ],
    [
      'a hold that nobody owns',
      'holds belong to open payments',
      () => `UPDATE "Transfer" SET "reference" = 'pay_none' WHERE "id" LIKE '${card(open)}:hold:%'`,
    ],
    [
      'a hold of a payment that is over',
      'holds belong to open payments',
      () => `UPDATE "Payment" SET "state" = 'CANCELLED' WHERE "id" = '${open.id}'`,
    ],
    [
      'a hold that is gone',
      'open payments hold what their cards pay',
      () => `DELETE FROM "Transfer" WHERE "id" LIKE '${card(open)}:hold:merchant:self'`,
    ],
    [
      'late money that was not booked',
      'late money is booked and goes back',
      () => `UPDATE "Payment" SET "state" = 'EXTERNAL_REFUNDED' WHERE "id" = '${open.id}'`,
    ],
    [
      'an order that is open although it was paid',
      'orders stand where their payments stand',
      () => `UPDATE "Order" SET "state" = 'open' WHERE "id" = '${paid.orderId}'`,
    ],
    [
      'an order that is being paid by nobody',
      'orders stand where their payments stand',
      () => `UPDATE "Payment" SET "state" = 'CANCELLED' WHERE "id" = '${open.id}'`,
    ],
    [
      'an order that is said to be wholly refunded',
      'orders stand where their payments stand',
      () => `UPDATE "Order" SET "state" = 'refunded' WHERE "id" = '${paid.orderId}'`,
    ],
  ];

  it.each(cases)('%s', async (_, check, sql) => {
    await damage(sql());
    expect(await found()).toContain(check);
    proven.add(check);
  });

  it('a refund under way that keeps nothing aside', async () => {
    await setSwitches(world.sandbox.context(), null, { down: true });
    expect(await refund(paid, 2_000n, 'EXTERNAL_FIRST')).toMatchObject({ value: { state: 'PENDING' } });
    expect(await found()).toEqual([]);
    await damage(`DELETE FROM "Transfer" WHERE "code" = 302`);
    expect(await found()).toEqual(['open refunds hold what they send back']);
    proven.add('open refunds hold what they send back');
  });

  it('with every one of its checks', () => {
    expect([...proven].sort()).toEqual(Object.keys(CHECKS).sort());
  });
});

describe('finds what was left alone', () => {
  it('a payment that has not ended an hour after it began', async () => {
    expect(await found(new Date(world.context().now.getTime() + HOUR_MS - 1_000))).toEqual([]);
    world.advance(HOUR_MS + 1_000);
    expect(await found()).toEqual(['payments end']);
    await checkPayment(world.context(), open.id);
    expect((await findPayment(world.test.db, open.id))?.state).toBe('CANCELLED');
    expect(await found()).toEqual([]);
  });

  it('a refund that the gateway has not made for a day', async () => {
    await setSwitches(world.sandbox.context(), null, { refuseRefunds: true });
    await refund(paid, 2_000n, 'EXTERNAL_FIRST');
    world.advance(DAY_MS + 1_000);
    expect(await found()).toEqual(['payments end', 'refunds end']);
  });
});
