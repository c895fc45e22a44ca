import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '@/lib/kernel';
import { checkIdentity } from './check-identity';
import { issuePurchase } from './issue-purchase';
import { moveShipment } from './ship-cards';
import { showAddress } from './show-address';
import { openSalesWorld, type SalesWorld, SOMEBODY } from './testing';

let world: SalesWorld;
const actor = { id: newId('usr'), role: 'support' };
const ADDRESS = { recipient: '林小满', phone: '13800138000', address: '浙江省杭州市西湖区文三路1号' };

beforeEach(async () => {
  world = await openSalesWorld();
});
afterEach(async () => {
  expect(await world.close()).toEqual([]);
});

async function parcel() {
  const { orderId, purchaseId } = await world.buy({
    programmeId: 'zhenxiang',
    purpose: 'ship',
    plan: JSON.stringify(ADDRESS),
    identity: SOMEBODY,
  });
  await issuePurchase(world.context(), orderId);
  return world.shop.test.db.shipment.findUniqueOrThrow({ where: { purchaseId } });
}

const lines = (subjectId: string) =>
  world.shop.test.db.auditEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } });

it('an address is opened for staff until the parcel has arrived, and each look is written down', async () => {
  const { id: shipmentId } = await parcel();
  const look = (role: string) => showAddress(world.context(), { shipmentId, actor: { ...actor, role } });
  expect(await look('support')).toEqual({ ok: true, value: ADDRESS });
  expect(await look('supervisor')).toEqual({ ok: true, value: ADDRESS });
  const nothing = { ok: false, refusal: { code: 'not_found' } };
  expect(await look('shopper')).toEqual(nothing);
  expect(await showAddress(world.context(), { shipmentId: 'shp_none', actor })).toEqual(nothing);
  for (const to of ['producing', 'shipped', 'delivered'] as const) {
    await moveShipment(world.context(), { shipmentId, to, actor });
  }
  expect(await look('support')).toEqual(nothing);
  const shown = (await lines(shipmentId)).filter(({ action }) => action === 'address.shown');
  expect(shown.map(({ actorRole }) => actorRole)).toEqual(['support', 'supervisor']);
  expect(JSON.stringify(shown)).not.toContain(ADDRESS.address);
});

it('a check of an identity tells only whether all of it fits, and each try is written down', async () => {
  await parcel();
  const keys = world.context().keys;
  const check = (over = {}) =>
    checkIdentity(world.context(), { userId: world.userId, ...SOMEBODY, actor, keys, ...over });
  expect(await check()).toBe('matches');
  expect(await check({ name: ' 林小满 ', number: '110101 19900307 0070' })).toBe('matches');
  expect(await check({ name: '林小' })).toBe('differs');
  expect(await check({ number: '11010119900307775X' })).toBe('differs');
  expect(await check({ number: '' })).toBe('differs');
  expect(await check({ userId: newId('usr') })).toBe('none_on_file');
  const identity = await world.shop.test.db.buyerIdentity.findFirstOrThrow();
  const tries = await lines(identity.id);
  expect(tries.map(({ detail }) => JSON.parse(detail ?? ''))).toEqual([
    { matches: true },
    { matches: true },
    { matches: false },
    { matches: false },
    { matches: false },
  ]);
});
