import { expect, test } from 'vitest';
import { unseal } from '@/lib/vault';
import { openIdentity } from './identity';
import { issuePurchase } from './issue-purchase';
import { resealSales } from './reseal-sales';
import { openSalesWorld, SOMEBODY } from './testing';

const ADDRESS = { recipient: '林小满', phone: '13800138000', address: '上海市徐汇区漕溪北路 1 号' };

test('after a rotation buyers, plans and parcels open with the new key alone, and are sealed anew once', async () => {
  const world = await openSalesWorld();
  const { db } = world.shop.test;
  const { orderId } = await world.buy({
    programmeId: 'zhenxiang',
    purpose: 'ship',
    plan: JSON.stringify(ADDRESS),
    identity: SOMEBODY,
  });
  await issuePurchase(world.context(), orderId);
  const { keys } = world.context();
  const both = { ...keys, seal: new Map([...keys.seal, [2, Buffer.alloc(32, 9)]]) };
  const purchase = await db.cardPurchase.findUniqueOrThrow({ where: { orderId } });
  const sealed = purchase.sealedPlan === null ? 2 : 3;
  expect(await resealSales({ db, keys: both })).toBe(sealed);
  expect(await resealSales({ db, keys: both })).toBe(0);

  const onlyNew = new Map([[2, Buffer.alloc(32, 9)]]);
  const opened = await openIdentity(db, { seal: onlyNew }, purchase.identityId ?? '');
  expect(opened).toEqual({ name: SOMEBODY.name, number: SOMEBODY.number });
  const parcel = await db.shipment.findUniqueOrThrow({ where: { purchaseId: purchase.id } });
  const address = unseal(onlyNew, { owner: parcel.id, field: 'address' }, parcel.sealedAddress);
  expect(JSON.parse(address)).toMatchObject({ recipient: '林小满' });
  expect(await world.close()).toEqual([]);
});
