import { cardIdOfNumber, soldCardSecrets } from '@/lib/cards';
import { issueTestCards } from '@/lib/cards/testing';
import { checkPayment, payOrder } from '@/lib/checkout';
import { emailTo, testPlan } from '@/lib/gifts/testing';
import { type Id, invariant, newId, parseId } from '@/lib/kernel';
import { issuePurchase, type Purpose, placePurchase } from '@/lib/sales';
import { unseal } from '@/lib/vault';
import type { LivesReal } from './action';
import { freshEnd, type GiftLife, type Life, type Lives, type PurchaseLife, type Secrets } from './life';

const FACE_MINOR = { fuyun: 6_000n, zhenxiang: 10_000n, zengka: 3_000n } as const;
const SOMEBODY = { kind: 'id_card', name: '林小满', number: '110101199003070070' } as const;
const ADDRESS = { recipient: '林小满', phone: '13800138000', address: '浙江省杭州市西湖区文三路1号' };

/** Issues a batch of one card: an electronic card can be bound at once, a physical one has to be activated first. */
export async function issueOne(real: LivesReal, lives: Lives, programme: Life['programme']): Promise<void> {
  const order = { count: 1, programmeId: programme, faceMinor: FACE_MINOR[programme] };
  const [card] = await issueTestCards(real.context(), order);
  invariant(card, 'one card was issued');
  const { number, password, ...ids } = card;
  const state = programme === 'zhenxiang' ? 'issued' : 'active';
  lives.cards.push(newLife(lives, { ...ids, programme, state, secrets: { number, password } }));
}

/** Buys `quantity` cards at the counter, pays for them at the gateway, and issues them. */
export async function sell(
  real: LivesReal,
  lives: Lives,
  { purpose, quantity }: { readonly purpose: Purpose; readonly quantity: number },
): Promise<void> {
  const programme = purpose === 'ship' ? 'zhenxiang' : 'fuyun';
  const faceMinor = FACE_MINOR[programme];
  const recipients = Array.from({ length: quantity }, (_, place) => emailTo(`friend${place}@example.test`));
  const plans = { self: null, gift: { ...testPlan, recipients }, ship: ADDRESS };
  const placed = await placePurchase(real.context(), {
    userId: lives.buyer,
    programmeId: programme,
    faceMinor,
    quantity,
    theme: 'spring',
    purpose,
    buyer: 'individual',
    expectedTotalMinor: faceMinor * BigInt(quantity),
    idempotencyKey: newId('att'),
    typed: '',
    identity: purpose === 'ship' ? SOMEBODY : null,
    plan: purpose === 'self' ? null : JSON.stringify(plans[purpose]),
    invoice: null,
  });
  invariant(placed.ok, `the counter sells: ${placed.ok ? '' : placed.refusal.code}`);
  const { orderId, purchaseId } = placed.value;
  await payAtGateway(real, { orderId, userId: lives.buyer, amountMinor: faceMinor * BigInt(quantity) });
  const issued = await issuePurchase(real.context(), orderId);
  invariant(issued?.state === 'issued' && issued.batchId, 'a paid purchase is issued');
  const shipment = await real.context().db.shipment.findUnique({ where: { purchaseId } });
  const purchase: PurchaseLife = {
    id: purchaseId,
    paidMs: lives.nowMs,
    cards: [],
    shipmentId: shipment?.id ?? null,
    state: 'issued',
    delivered: false,
  };
  const state = purpose === 'self' ? 'active' : 'issued';
  const holder = purpose === 'self' ? lives.buyer : null;
  const secrets = await secretsOf(real, issued.batchId);
  const { db } = real.context();
  const rows = await db.card.findMany({ where: { batchId: issued.batchId }, orderBy: { id: 'asc' } });
  for (const { id: text, accountId } of rows) {
    const id = parseId('crd', text);
    invariant(id, 'a card has a card id');
    const own = { id, accountId, programme, purchase, state, secrets: secrets.get(id) ?? null } as const;
    const life = { ...newLife(lives, { ...own, gift: await giftOf(real, id) }), holder };
    purchase.cards.push(life);
    lives.cards.push(life);
  }
}

function newLife(
  lives: Lives,
  own: Pick<Life, 'id' | 'accountId' | 'programme' | 'state' | 'secrets'> &
    Partial<Pick<Life, 'purchase' | 'gift'>>,
): Life {
  const faceMinor = FACE_MINOR[own.programme];
  return {
    purchase: null,
    gift: null,
    ...own,
    faceMinor,
    requests: [],
    payments: [],
    retired: [],
    freeze: null,
    holder: null,
    expiresMs: freshEnd(own.programme, lives.nowMs),
    availableMinor: faceMinor,
    heldMinor: 0n,
    dormantMinor: 0n,
    spentMinor: 0n,
    lapsedMinor: 0n,
    withdrawnMinor: 0n,
    limitMinor: null,
    archived: false,
  };
}

async function payAtGateway(
  { world }: LivesReal,
  order: { readonly orderId: string; readonly userId: Id<'usr'>; readonly amountMinor: bigint },
): Promise<void> {
  const { orderId, userId, amountMinor } = order;
  const begun = await payOrder(world.context(), {
    orderId,
    userId,
    method: 'alipay',
    expected: { cardMinor: 0n, externalMinor: amountMinor },
    idempotencyKey: orderId,
    mode: 'desktop',
    returnUrl: () => 'http://127.0.0.1/',
    subject: '购物卡',
  });
  invariant(begun.ok && begun.value.status === 'proceed', 'the gateway was reached');
  await world.sandbox.confirm(await world.sandbox.visit(begun.value.next));
  await world.sandbox.deliver();
  const payment = await checkPayment(world.context(), begun.value.payment.id);
  invariant(payment?.state === 'PAID', 'the sandbox was paid');
}

/** Numbers and passwords that are still kept sealed, by card: those of cards sold to be sent. */
async function secretsOf(real: LivesReal, batchId: string): Promise<Map<string | null, Secrets>> {
  const sealed = await soldCardSecrets(real.context(), batchId);
  const context = real.context();
  return new Map(
    await Promise.all(
      sealed.map(async (secret) => [await cardIdOfNumber(context, secret.number), secret] as const),
    ),
  );
}

async function giftOf(real: LivesReal, cardId: string): Promise<GiftLife | null> {
  const row = await real.context().db.gift.findUnique({ where: { cardId } });
  return (
    row && {
      id: row.id,
      token: unseal(real.context().keys.seal, { owner: row.id, field: 'token' }, row.sealedToken),
      claimByMs: row.claimBy.getTime(),
      state: 'scheduled',
      opened: false,
      claimedBy: null,
    }
  );
}
