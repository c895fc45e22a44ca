import { expect, test } from 'vitest';
import { openTestDatabase } from '@/lib/database/testing';
import { unseal } from '@/lib/vault';
import { drawCards, issueCards } from './issue-cards';
import { batchIdOf, formatIssueList } from './issue-list';
import { resealCards } from './reseal-cards';
import { cardContext, issueTestCards } from './testing';

test('after a rotation everything sealed comes under the new key, once, and opens as before', async () => {
  const { db, close } = await openTestDatabase();
  const context = await cardContext(db);
  await issueTestCards(context, { count: 2 });
  const list = await drawCards(context, { programmeId: 'fuyun', count: 3, faceMinor: 100n });
  if (!list.ok) throw new Error(list.refusal.code);
  await issueCards(context, list.value, { id: batchIdOf(formatIssueList(list.value)), keepSealed: true });

  const newKey = Buffer.alloc(32, 9);
  const keys = { ...context.keys, seal: new Map([...context.keys.seal, [2, newKey]]) };
  expect(await resealCards({ db, keys })).toBe(3);
  expect(await resealCards({ db, keys })).toBe(0);

  const cards = await db.card.findMany({ where: { sealedPassword: { not: null } } });
  const onlyNew = new Map([[2, newKey]]);
  const opened = cards.map((card) => ({
    number: unseal(onlyNew, { owner: card.id, field: 'number' }, card.sealedNumber ?? ''),
    password: unseal(onlyNew, { owner: card.id, field: 'password' }, card.sealedPassword ?? ''),
  }));
  const byNumber = (a: { number: string }, b: { number: string }) => (a.number < b.number ? -1 : 1);
  expect(opened.toSorted(byNumber)).toEqual(list.value.cards.toSorted(byNumber));
  await close();
});
