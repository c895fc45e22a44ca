import { expect, test } from 'vitest';
import { openTestDatabase } from '@/lib/database/testing';
import { resealGifts } from './reseal-gifts';
import { emailTo, giftContext, tokenOf, wrapGifts } from './testing';

test('after a rotation gifts open with the new key alone, as before, and are sealed anew once', async () => {
  const { db, close } = await openTestDatabase();
  const context = await giftContext(db);
  const link = { name: '小李', channel: 'link', address: null, phone: null } as const;
  const gifts = await wrapGifts(context, { recipients: [emailTo('a@example.test'), link] });
  const before = await Promise.all(gifts.map(({ id }) => tokenOf(context, id)));

  const newKey = Buffer.alloc(32, 9);
  const both = { ...context.keys, seal: new Map([...context.keys.seal, [2, newKey]]) };
  expect(await resealGifts({ db, keys: both })).toBe(2);
  expect(await resealGifts({ db, keys: both })).toBe(0);

  const onlyNew = { ...context, keys: { ...context.keys, seal: new Map([[2, newKey]]) } };
  expect(await Promise.all(gifts.map(({ id }) => tokenOf(onlyNew, id)))).toEqual(before);
  await close();
});
