import { afterEach, beforeEach, expect, it } from 'vitest';
import { type AddedRows, addMissing, transaction } from './index';
import { openTestDatabase, type TestDatabase } from './testing';

const AT = new Date('2026-11-23T02:00:00.123Z');
let test: TestDatabase;

beforeEach(async () => {
  test = await openTestDatabase();
});
afterEach(() => test.close());

const mail = (id: string, over: Partial<AddedRows['SandboxMessage']> = {}) => ({
  id,
  channel: 'email',
  to: 'wang@example.com',
  locale: 'en',
  subject: null,
  text: `It's "8.00"\n元 \\ ${id}`,
  html: '<p>{"$": 1}</p>',
  at: AT,
  ...over,
});
const rows = () => test.db.sandboxMessage.findMany({ orderBy: { id: 'asc' } });

it('adds rows as they are: text of any kind, instants to the millisecond, and nothing', async () => {
  const given = [mail('a'), mail('b', { subject: '', html: null })];
  expect(await addMissing(test.db, 'SandboxMessage', given)).toEqual(new Set(['a', 'b']));
  expect(await rows()).toEqual(given);
});

it('gives a column that is not named its default, and keeps numbers', async () => {
  const { locale: _, ...unnamed } = mail('a');
  await addMissing(test.db, 'SandboxMessage', [unnamed]);
  expect(await rows()).toMatchObject([{ locale: 'zh-CN' }]);
  const delivery = {
    messageId: 'm',
    topic: 't',
    channel: 'sms',
    maskedTo: '*',
    state: 'sending',
    createdAt: AT,
  };
  await addMissing(test.db, 'Delivery', [{ ...delivery, id: 'd', attempts: 3, leasedUntil: AT }]);
  const stored = { attempts: 3, leasedUntil: AT, createdAt: AT, sentAt: null, userId: null };
  expect(await test.db.delivery.findMany()).toMatchObject([stored]);
});

it('leaves what is there as it is, and says what it added', async () => {
  await addMissing(test.db, 'SandboxMessage', [mail('a'), mail('b')]);
  const again = [mail('b', { text: 'other' }), mail('c'), mail('c', { text: 'twice' })];
  expect(await addMissing(test.db, 'SandboxMessage', again)).toEqual(new Set(['c']));
  expect(await rows()).toEqual([mail('a'), mail('b'), mail('c')]);
  expect(await addMissing(test.db, 'SandboxMessage', [])).toEqual(new Set());
});

it('adds all or none', async () => {
  const user = { id: 'i', userId: 'nobody', topic: 't', payload: '{}', at: AT };
  await expect(addMissing(test.db, 'InboxMessage', [user])).rejects.toThrow();
  await expect(
    transaction(test.db, async (tx) => {
      expect(await addMissing(tx, 'SandboxMessage', [mail('a')])).toEqual(new Set(['a']));
      throw new Error('roll back');
    }),
  ).rejects.toThrow('roll back');
  expect(await rows()).toEqual([]);
});
