import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  aroundEveryWrite,
  FAILINGS,
  type MortalProcess,
  openMortalProcess,
} from '@/lib/database/testing/mortal-process';
import { receiveGatewayMessage } from '@/lib/gateways';
import { setSwitches } from '@/lib/gateways/sandbox';
import { signMessage } from '@/lib/gateways/sandbox/signature';
import { invariant, MINUTE_MS } from '@/lib/kernel';
import { audit, balancesOf, usableOf } from '@/lib/ledger';
import {
  auditPayments,
  type CheckoutContext,
  cancelPayment,
  checkPayment,
  findPayment,
  findPaymentOfOrder,
  notificationHandler,
  type PayInput,
  type Payment,
  payOrder,
  type RefundInput,
  refundPayment,
  runDueChecks,
} from './index';
import { type CheckoutWorld, openCheckoutWorld } from './testing';

let world: CheckoutWorld;
let mortal: MortalProcess;

beforeAll(async () => {
  world = await openCheckoutWorld();
  mortal = await openMortalProcess(world.test);
});

afterEach(async () => {
  const { db } = world.test;
  const differences = [...(await audit(db)).differences, ...(await auditPayments(db, world.context().now))];
  expect(differences).toEqual([]);
});

afterAll(async () => {
  await mortal.close();
  await world.close();
});

/** Checkout in the process that fails. */
const failing = (): CheckoutContext => ({ ...world.context(), db: mortal.db });

async function work(rounds: number, stepMs = 20_000) {
  for (let round = 0; round < rounds; round += 1) {
    world.advance(stepMs);
    await runDueChecks(world.context(), (subject, error) => {
      throw new Error(`${subject}: ${error}`);
    });
    await world.sandbox.deliver();
  }
}

async function usable(accountId: string): Promise<bigint> {
  const balance = (await balancesOf(world.test.db, [accountId])).get(accountId);
  return balance ? usableOf(balance) : -1n;
}

const orderState = async (id: string) =>
  (await world.test.db.order.findUniqueOrThrow({ where: { id } })).state;
const paymentState = async (id: string) => (await findPayment(world.test.db, id))?.state;

/** An order of 150.00 and a card of its own with `amountMinor` on it; the shopper has no other. */
async function orderAndCard(amountMinor: bigint) {
  await world.test.db.card.updateMany({ data: { state: 'frozen' } });
  const card = await world.addCard({ amountMinor });
  const order = await world.addOrder([{ amountMinor: 9_000n }, { amountMinor: 6_000n, merchant: 'pop' }]);
  const cardMinor = amountMinor < 15_000n ? amountMinor : 15_000n;
  const input: PayInput = {
    orderId: order.id,
    userId: world.userId,
    method: 'alipay',
    expected: { cardMinor, externalMinor: 15_000n - cardMinor },
    idempotencyKey: `key-${order.id}`,
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '订单',
  };
  return { card, orderId: order.id, lineIds: order.lineIds, input };
}

/** 100.00 held on the card, 50.00 for Alipay, whose page is open. */
async function atTheCashier() {
  const scene = await orderAndCard(10_000n);
  const started = await payOrder(world.context(), scene.input);
  invariant(started.ok && started.value.status === 'proceed', 'at the cashier');
  const { payment, next } = started.value;
  const tender = payment.tenders.find(({ kind }) => kind === 'external');
  invariant(tender, 'Alipay pays a part');
  await setSwitches(world.sandbox.context(), tender.id, { notify: 'never' });
  return { ...scene, payment, tenderId: tender.id, cashier: await world.sandbox.visit(next) };
}

/** The shopper has confirmed; we have not heard of it. */
async function confirmedUnheard() {
  const scene = await atTheCashier();
  await world.sandbox.confirm(scene.cashier);
  return scene;
}

async function isPaidOnce(scene: { card: { accountId: string }; orderId: string; payment: Payment }) {
  const payment = await findPayment(world.test.db, scene.payment.id);
  expect(payment).toMatchObject({ state: 'PAID' });
  expect(payment?.tenders.map(({ state }) => state)).toEqual(['CAPTURED', 'CAPTURED']);
  expect(await usable(scene.card.accountId)).toBe(0n);
  expect(await orderState(scene.orderId)).toBe('paid');
}

/** What the gateway sends when the payer has paid. */
function messageOf(scene: { tenderId: string }) {
  const { config } = world.sandbox.context();
  const fields = {
    notify_type: 'trade_status_sync',
    notify_id: `n-${scene.tenderId}`,
    app_id: config.appId,
    seller_id: config.sellerId,
    out_trade_no: scene.tenderId,
    trade_no: '2026112322001',
    trade_status: 'TRADE_SUCCESS',
    total_amount: '50.00',
    gmt_payment: '2026-11-23 10:00:00',
  };
  return new URLSearchParams(signMessage(fields, config.gatewayPrivateKeyPem)).toString();
}

function receive(context: CheckoutContext, body: string) {
  const gateway = context.gateway('alipay');
  invariant(gateway, 'the sandbox is configured');
  return receiveGatewayMessage(context, {
    gateway,
    message: { headers: new Headers(), body },
    handler: notificationHandler,
  });
}

describe.each(FAILINGS)('a process that %s a write', (how) => {
  it('while cards pay: pressing pay again pays once', async () => {
    const failures = await aroundEveryWrite(mortal, how, {
      scene: () => orderAndCard(20_000n),
      act: ({ input }) => payOrder(failing(), input),
      after: async ({ input, card, orderId }) => {
        const again = await payOrder(world.context(), input);
        expect(again).toMatchObject({ ok: true, value: { status: 'paid' } });
        expect(await usable(card.accountId)).toBe(5_000n);
        expect(await world.test.db.payment.count({ where: { orderId } })).toBe(1);
      },
    });
    expect(failures).toBe(1);
  });

  it('while cards pay: if the shopper is gone, the order is paid or untouched', async () => {
    const ends = new Set<string>();
    await aroundEveryWrite(mortal, how, {
      scene: () => orderAndCard(20_000n),
      act: ({ input }) => payOrder(failing(), input),
      after: async ({ card, orderId }) => {
        await work(2);
        const [state, left] = [await orderState(orderId), await usable(card.accountId)];
        ends.add(`${state} ${left}`);
      },
    });
    const untouched = how === 'dies before' ? ['open 20000'] : [];
    expect(ends).toEqual(new Set([...untouched, 'paid 5000']));
  });

  it('on the way to the cashier: pressing pay again leads there, with one payment', async () => {
    const failures = await aroundEveryWrite(mortal, how, {
      scene: () => orderAndCard(10_000n),
      act: ({ input }) => payOrder(failing(), input),
      after: async ({ input, card, orderId }) => {
        const again = await payOrder(world.context(), input);
        invariant(again.ok && again.value.status === 'proceed', 'at the cashier');
        await world.sandbox.confirm(await world.sandbox.visit(again.value.next));
        await world.sandbox.deliver();
        await isPaidOnce({ card, orderId, payment: again.value.payment });
      },
    });
    expect(failures).toBe(1);
  });

  it('on the way to the cashier: if the shopper is gone, the card is free in the end', async () => {
    await aroundEveryWrite(mortal, how, {
      scene: () => orderAndCard(10_000n),
      act: ({ input }) => payOrder(failing(), input),
      after: async ({ card, orderId }) => {
        await work(8, 2 * MINUTE_MS);
        expect([await orderState(orderId), await usable(card.accountId)]).toEqual(['open', 10_000n]);
      },
    });
  });

  it('while it learns from the gateway that it was paid: it is paid once', async () => {
    const failures = await aroundEveryWrite(mortal, how, {
      scene: confirmedUnheard,
      act: ({ payment }) => checkPayment(failing(), payment.id),
      after: async (scene) => {
        await work(2);
        await isPaidOnce(scene);
      },
    });
    expect(failures).toBe(1);
  });

  it('while it takes the notification: the next copy, or the worker, makes it paid once', async () => {
    for (const byWorker of [false, true]) {
      const failures = await aroundEveryWrite(mortal, how, {
        scene: confirmedUnheard,
        act: (scene) => receive(failing(), messageOf(scene)),
        after: async (scene) => {
          if (byWorker) await work(2);
          else expect(await receive(world.context(), messageOf(scene))).toMatchObject({ body: 'success' });
          await isPaidOnce(scene);
        },
      });
      expect(failures).toBe(3);
    }
  });

  it('while it gives a payment up: the hold ends, once the gateway has closed its part', async () => {
    const failures = await aroundEveryWrite(mortal, how, {
      scene: atTheCashier,
      act: ({ payment }) => cancelPayment(failing(), payment),
      after: async ({ payment, card, orderId }) => {
        await work(8, 2 * MINUTE_MS);
        expect(await paymentState(payment.id)).toBe('CANCELLED');
        expect([await orderState(orderId), await usable(card.accountId)]).toEqual(['open', 10_000n]);
      },
    });
    expect(failures).toBe(2);
  });

  it('while it gives up what was paid in that moment: it is paid', async () => {
    await aroundEveryWrite(mortal, how, {
      scene: confirmedUnheard,
      act: ({ payment }) => cancelPayment(failing(), payment),
      after: async (scene) => {
        await work(2);
        await isPaidOnce(scene);
      },
    });
  });

  it('while it sends late money back: it goes back once', async () => {
    const failures = await aroundEveryWrite(mortal, how, {
      scene: async () => {
        const scene = await atTheCashier();
        await cancelPayment(world.context(), scene.payment);
        await world.test.db.sandboxTrade.updateMany({
          where: { outTradeNo: scene.tenderId },
          data: { state: 'WAIT_BUYER_PAY' },
        });
        await world.sandbox.confirm(scene.cashier);
        return scene;
      },
      act: async (scene) => {
        await receive(failing(), messageOf(scene));
        await checkPayment(failing(), scene.payment.id);
      },
      after: async (scene) => {
        await receive(world.context(), messageOf(scene));
        await work(2);
        expect(await paymentState(scene.payment.id)).toBe('EXTERNAL_REFUNDED');
        expect(await usable(scene.card.accountId)).toBe(10_000n);
        const trade = await world.test.db.sandboxTrade.findFirstOrThrow({
          where: { outTradeNo: scene.tenderId },
        });
        expect(trade.refundedMinor).toBe(5_000n);
      },
    });
    expect(failures).toBe(4);
  });

  it('while it refunds: asking again with the same key refunds once, to the card and to Alipay', async () => {
    const refundOf = ({
      payment,
      lineIds,
    }: {
      payment: Payment;
      lineIds: readonly string[];
    }): RefundInput => ({
      paymentId: payment.id,
      lines: lineIds.map((lineId, index) => ({ lineId, amountMinor: index === 0 ? 9_000n : 6_000n })),
      reason: null,
      actorId: world.userId,
      idempotencyKey: 'refund',
    });
    const failures = await aroundEveryWrite(mortal, how, {
      scene: async () => {
        const scene = await confirmedUnheard();
        await checkPayment(world.context(), scene.payment.id);
        return scene;
      },
      act: (scene) => refundPayment(failing(), refundOf(scene)),
      after: async (scene) => {
        expect(await refundPayment(world.context(), refundOf(scene))).toMatchObject({ ok: true });
        await work(2);
        expect(await paymentState(scene.payment.id)).toBe('REFUNDED');
        expect(await orderState(scene.orderId)).toBe('refunded');
        expect(await usable(scene.card.accountId)).toBe(10_000n);
        expect(await world.test.db.refund.count({ where: { paymentId: scene.payment.id } })).toBe(1);
        const trade = await world.test.db.sandboxTrade.findFirstOrThrow({
          where: { outTradeNo: scene.tenderId },
        });
        expect(trade.refundedMinor).toBe(5_000n);
      },
    });
    expect(failures).toBe(2);
  });
});

it('the payment that is alive is found, although one that is over seems to be younger', async () => {
  const { orderId, payment, input } = await atTheCashier();
  await cancelPayment(world.context(), payment);
  const again = await payOrder(world.context(), { ...input, idempotencyKey: 'again' });
  invariant(again.ok, 'the order can be paid again');
  // Another server's clock ran ahead when the first attempt began.
  await world.test.db.payment.update({
    where: { id: payment.id },
    data: { createdAt: new Date(world.context().now.getTime() + MINUTE_MS) },
  });
  expect((await findPaymentOfOrder(world.test.db, orderId))?.id).toBe(again.value.payment.id);
  const third = await payOrder(world.context(), { ...input, idempotencyKey: 'third' });
  expect(third).toMatchObject({ refusal: { code: 'already_being_paid' } });
});
