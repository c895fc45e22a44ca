import { activateCards } from '@/lib/cards';
import { claimGift, openGift, revokeGift } from '@/lib/gifts';
import { DAY_MS, dayIn, endOfDay, newId, ok, type Result, refuse } from '@/lib/kernel';
import { handleSalesMessage, moveShipment, withdrawPurchase } from '@/lib/sales';
import { type Attempt, action, type LivesReal, support } from '../action';
import { activate, type GiftLife, handOver, type Life, type PurchaseLife, ZONE } from '../life';

const hasGift = ({ life }: Attempt) => life.gift !== null;

function giftOf({ gift }: Life): GiftLife {
  if (!gift) throw new Error('only tried on a card in a gift');
  return gift;
}

const open = action({
  name: 'open',
  possible: hasGift,
  answer: () => 'ok',
  act: (real, { life, lives, n }) => {
    const userId = n % 3 === 0 ? lives.friend : n % 3 === 1 ? lives.buyer : null;
    return openGift(real.context(), { token: giftOf(life).token, userId, network: newId('att') });
  },
  change: ({ life, n }) => {
    const gift = giftOf(life);
    // A gift that its sender views is not opened by that.
    if (gift.state === 'sent' && n % 3 !== 1) gift.opened = true;
  },
});

const claimer = ({ lives, n }: Attempt) => (n % 5 === 4 ? lives.buyer : lives.friend);

const claim = action({
  name: 'claim',
  possible: hasGift,
  answer: (attempt) => {
    const { lives, life } = attempt;
    const gift = giftOf(life);
    if (gift.claimedBy === claimer(attempt)) return 'already_yours';
    if (gift.state === 'scheduled') return 'not_yet';
    if (gift.state !== 'sent') return gift.state;
    if (lives.nowMs >= gift.claimByMs) return 'returned';
    return claimer(attempt) === lives.buyer ? 'own_gift' : 'ok';
  },
  act: (real, attempt) =>
    claimGift(real.context(), {
      token: giftOf(attempt.life).token,
      userId: claimer(attempt),
      network: newId('att'),
      passphrase: '',
    }),
  change: (attempt) => {
    const { life, lives } = attempt;
    const gift = giftOf(life);
    Object.assign(gift, { state: 'claimed', opened: true, claimedBy: claimer(attempt) });
    handOver(life, claimer(attempt), lives.nowMs);
  },
});

const revoker = ({ lives, n }: Attempt) => (n % 7 === 6 ? lives.friend : lives.buyer);

const revoke = action({
  name: 'revoke',
  possible: hasGift,
  answer: (attempt) => {
    if (revoker(attempt) !== attempt.lives.buyer) return 'gift_not_found';
    const { state } = giftOf(attempt.life);
    return state === 'scheduled' || state === 'sent' ? 'ok' : 'not_possible_in_state';
  },
  act: (real, attempt) =>
    revokeGift(real.context(), { giftId: giftOf(attempt.life).id, senderId: revoker(attempt) }),
  change: ({ life, lives }) => {
    giftOf(life).state = 'revoked';
    handOver(life, lives.buyer, lives.nowMs);
  },
});

/** Physical cards: those of a parcel are activated by its confirmed delivery, others by staff. */
const activateAction = action({
  name: 'activate',
  possible: ({ life }) => life.gift === null && life.programme === 'zhenxiang',
  answer: ({ life }) => {
    const { purchase, state } = life;
    if (purchase ? purchase.delivered : state !== 'issued') return 'not_possible_in_state';
    return purchase?.state === 'withdrawn' ? 'purchase_withdrawn' : 'ok';
  },
  act: async (real, { life }): Promise<Result<unknown, { code: string }>> => {
    if (life.purchase) return deliverParcel(real, life.purchase);
    const report = await activateCards(real.context(), {
      cardIds: [life.id],
      actor: support,
      reason: null,
    });
    return report.refused[0] ? refuse(report.refused[0].refusal) : ok(report);
  },
  change: ({ life, lives }) => {
    if (life.purchase) life.purchase.delivered = true;
    for (const card of life.purchase?.cards ?? [life]) {
      if (card.state === 'issued') activate(card, lives.nowMs);
    }
  },
});

async function deliverParcel(real: LivesReal, { id, shipmentId }: PurchaseLife) {
  const steps = ['producing', 'shipped', 'delivered'] as const;
  for (const to of steps) {
    const moved = await moveShipment(real.context(), { shipmentId: shipmentId ?? '', to, actor: support });
    if (!moved.ok) return moved;
  }
  const { now } = real.context();
  const payload = { purchaseId: id };
  const message = { id: newId('out'), topic: 'shipment.delivered', payload, createdAt: now };
  await handleSalesMessage({ sales: real.context(), checkout: real.world.context() }, message);
  return ok();
}

const withdrawAction = action({
  name: 'withdraw purchase',
  possible: ({ life }) => life.purchase !== null,
  answer: ({ life, lives }) => {
    const { purchase } = life;
    if (purchase?.state !== 'issued') return 'already_withdrawn';
    const lastDay = dayIn(ZONE, new Date(purchase.paidMs + 7 * DAY_MS));
    if (lives.nowMs >= endOfDay(ZONE, lastDay).getTime()) return 'too_late';
    const { cards } = purchase;
    if (cards.some(({ holder }) => holder !== null && holder !== lives.buyer)) return 'cards_taken';
    const whole = (card: Life) => card.availableMinor + card.heldMinor === card.faceMinor;
    if (cards.some((card) => card.state === 'closed' || !whole(card))) return 'cards_used';
    if (cards.some(({ state }) => state === 'frozen')) return 'cards_frozen';
    return cards.some(({ heldMinor }) => heldMinor > 0n) ? 'cards_paying' : 'ok';
  },
  act: (real, { life, lives }) =>
    withdrawPurchase(real.context(), { purchaseId: life.purchase?.id ?? '', userId: lives.buyer }),
  change: ({ life }) => {
    if (life.purchase) life.purchase.state = 'withdrawn';
    for (const card of life.purchase?.cards ?? []) {
      card.state = 'closed';
      card.withdrawnMinor += card.availableMinor;
      card.availableMinor = 0n;
      if (card.gift?.state === 'scheduled' || card.gift?.state === 'sent') card.gift.state = 'revoked';
    }
  },
});

export const giftActions = [open, claim, revoke, activateAction, withdrawAction] as const;
