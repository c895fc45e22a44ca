import { expect, test } from 'vitest';
import { invariant } from '@/lib/kernel';
import { AMOUNT, type ContractFixture, LONG_AFTER_MS, type Misbehaviour, paid } from './contract-fixture';

export function notifications(fixture: () => ContractFixture): void {
  test('tells the payment that was made, and is not sent again once acknowledged', async () => {
    const payment = await paid(fixture());
    const { accepted, refused } = await fixture().received();
    expect(refused).toEqual([]);
    expect(accepted).toMatchObject([
      {
        paymentNo: payment.paymentNo,
        amountMinor: AMOUNT,
        outcome: { status: 'succeeded', amountMinor: AMOUNT },
      },
    ]);
    fixture().advance(LONG_AFTER_MS);
    expect((await fixture().received()).accepted).toHaveLength(1);
  });

  test('repeated carries the same id', async () => {
    const payment = await paid(fixture(), { notify: 'duplicate' });
    const { accepted } = await fixture().received();
    expect(accepted.length).toBeGreaterThan(1);
    expect(new Set(accepted.map((message) => message.notifyId)).size).toBe(1);
    expect(new Set(accepted.map((message) => message.paymentNo))).toEqual(new Set([payment.paymentNo]));
  });

  test('may be late', async () => {
    await paid(fixture(), { notify: 'late' });
    expect((await fixture().received()).accepted).toHaveLength(0);
    fixture().advance(LONG_AFTER_MS);
    expect((await fixture().received()).accepted).toHaveLength(1);
  });

  test('may never come, and a query tells the same', async () => {
    const payment = await paid(fixture(), { notify: 'never' });
    fixture().advance(LONG_AFTER_MS);
    expect((await fixture().received()).accepted).toHaveLength(0);
    expect(await fixture().gateway.query(payment.inquiry())).toMatchObject({ status: 'succeeded' });
  });

  test('may arrive after that of the refund which followed', async () => {
    const payment = await paid(fixture(), { notify: 'out_of_order' });
    await fixture().gateway.refund(payment.refund(AMOUNT));
    expect((await fixture().received()).accepted.map(({ outcome }) => outcome.status)).toEqual(['failed']);
    fixture().advance(LONG_AFTER_MS);
    const { accepted } = await fixture().received();
    expect(accepted.map(({ outcome }) => outcome.status)).toEqual(['failed', 'succeeded']);
  });

  test('forged in signature or addressee is refused, and one of another amount is told by the amount', async () => {
    const forgeNotifications: Misbehaviour['forgeNotifications'] = ['signature', 'app_id', 'amount'];
    await paid(fixture(), { notify: 'never', forgeNotifications });
    const { accepted, refused } = await fixture().received();
    expect(refused.filter((code) => code === 'bad_signature').length).toBeGreaterThan(0);
    expect(refused).toContain('wrong_app');
    expect(accepted.map(({ amountMinor }) => amountMinor)).toEqual([AMOUNT + 1n]);
  });

  test('changed in a single character is refused', async () => {
    await paid(fixture());
    const [message] = (await fixture().received()).messages;
    invariant(message, 'a message came');
    const amount = message.body.indexOf('122.50');
    invariant(amount > 0, 'it names the amount');
    const body = `${message.body.slice(0, amount)}9${message.body.slice(amount + 1)}`;
    const parsed = await fixture().gateway.parseNotification({ headers: message.headers, body });
    expect(parsed).toMatchObject({ ok: false, refusal: { code: 'bad_signature' } });
  });
}
