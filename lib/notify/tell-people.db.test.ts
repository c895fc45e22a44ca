import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '@/lib/database/testing';
import { newId } from '@/lib/kernel';
import type { OutboxMessage } from '@/lib/outbox';
import { inboxOf, tellPeople } from './index';

const NOW = new Date('2026-11-23T02:00:00.000Z');
let test: TestDatabase;
let userId: string;

beforeEach(async () => {
  test = await openTestDatabase();
  userId = newId('usr');
  const name = '小明';
  const account = { id: userId, name, email: 'a@example.test', passwordHash: '-', role: 'shopper' };
  await test.db.user.create({ data: { ...account, locale: 'zh-CN', createdAt: NOW } });
});
afterEach(() => test.close());

const message = (over: Partial<OutboxMessage> = {}): OutboxMessage => ({
  id: newId('out'),
  topic: 'payment.paid',
  payload: { userId, paymentId: 'pay_1' },
  createdAt: NOW,
  ...over,
});

it('a message that is delivered ten times, also at once, is told once', async () => {
  const paid = message();
  await Promise.all(Array.from({ length: 10 }, () => tellPeople(test.db, paid)));
  await tellPeople(test.db, paid);
  expect(await inboxOf(test.db, userId)).toEqual([
    { id: paid.id, topic: 'payment.paid', payload: { paymentId: 'pay_1' }, at: NOW, read: false },
  ]);
});

it('what concerns no person, or only machines, is told to nobody and is no failure', async () => {
  await tellPeople(test.db, message({ payload: { cardId: 'crd_1' } }));
  await tellPeople(test.db, message({ topic: 'payment.reserved' }));
  expect(await test.db.inboxMessage.count()).toBe(0);
});

it('a message to nobody we know is a failure, which support sees', async () => {
  await expect(tellPeople(test.db, message({ payload: { userId: 'usr_none' } }))).rejects.toThrow();
});
