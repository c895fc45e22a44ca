import { transaction } from '@/lib/database';
import { invariant, ok, type Result, refuse } from '@/lib/kernel';
import { checkFace, checkRealName, findPolicyPack, type RuleReference } from '@/lib/policy';
import { boughtToday, takeTurn } from './bought-today';
import type { SalesContext } from './context';
import type { Offer, PurchaseRefusal } from './model';
import { findOffer } from './offers';
import type { Price } from './price';
import { findPurchase } from './store';
import { weighSale } from './weigh-sale';

/**
 * Asks the policy once more at the moment of payment: limits may have changed since the order, and a day may have begun.
 * Every other purchase of this buyer that can still be paid counts. An order that is not for cards is always allowed.
 */
export async function weighPayment(
  { db, now, zone }: Pick<SalesContext, 'db' | 'now' | 'zone'>,
  { orderId, userId }: { readonly orderId: string; readonly userId: string },
): Promise<Result<undefined, { readonly purchaseId: string; readonly refusal: PurchaseRefusal }>> {
  const purchase = await findPurchase(db, { orderId });
  if (!purchase || purchase.userId !== userId || purchase.state !== 'open') return ok();
  const { id: purchaseId, faceMinor, quantity, buyer, identityId } = purchase;
  const offer = await findOffer(db, purchase.programmeId);
  if (!offer) return refuse({ purchaseId, refusal: { code: 'not_on_sale' } });
  const pack = findPolicyPack(offer.policyPack);
  invariant(pack, 'an offer has its policy');
  const face = checkFace(pack, offer.kind, faceMinor);
  if (!face.ok) return refuse({ purchaseId, refusal: face.refusal });
  const weighed = await transaction(db, async (tx) => {
    const identity = identityId && (await tx.buyerIdentity.findUnique({ where: { id: identityId } }));
    const keys = { userId, documentHmacs: identity ? [identity.numberHmac] : [] };
    await takeTurn(tx, keys);
    const bought = await boughtToday(tx, keys, { now, zone, kind: offer.kind, except: purchaseId });
    return weighSale(pack, {
      kind: offer.kind,
      buyer,
      valueMinor: faceMinor * BigInt(quantity),
      boughtOfKindMinor: bought.ofKindMinor,
      boughtMinor: bought.minor,
      buyerIdentified: identityId !== null,
      paidWith: 'account',
    });
  });
  return weighed.ok ? ok() : refuse({ purchaseId, refusal: weighed.refusal });
}

/**
 * The rule that asks for a name when this is bought now, with what the same account bought in the day; null when none does.
 * For what a page shows: `placePurchase` decides, in the buyer's turn.
 */
export async function realNameAsked(
  { db, now, zone }: Pick<SalesContext, 'db' | 'now' | 'zone'>,
  { offer, price, userId }: { readonly offer: Offer; readonly price: Price; readonly userId: string },
): Promise<RuleReference | null> {
  const pack = findPolicyPack(offer.policyPack);
  if (!pack) return null;
  const { kind } = offer;
  const bought = await transaction(db, (tx) =>
    boughtToday(tx, { userId, documentHmacs: [] }, { now, zone, kind }),
  );
  const amountMinor = bought.ofKindMinor + price.valueMinor;
  const asked = checkRealName(pack, { kind, amountMinor, buyerIdentified: false });
  return asked.ok ? null : asked.refusal.rule;
}
