import { handOverCard } from '@/lib/cards';
import { commitUnit } from '@/lib/database';
import { type Id, invariant, ok, plusMs, type Result, refuse } from '@/lib/kernel';
import { recordSuccess, takeAttempt } from '@/lib/risk';
import { findByLink, type LinkUse } from './find-by-link';
import { type ClaimRefusal, type Gift, giftObstacle, PROOF_GOOD_FOR_MS } from './model';
import { passphraseMatches } from './passphrase';
import { type GiftContext, giftMessage, giftMove } from './store';

export interface ClaimContext extends GiftContext {
  /** The issuer's zone: the card's validity begins with the claim. */
  readonly zone: string;
}

export interface Claim extends LinkUse {
  readonly userId: Id<'usr'>;
  /** As typed; ignored when the gift asks for none. */
  readonly passphrase: string;
}

export interface Claimed {
  readonly giftId: Id<'gft'>;
  readonly cardId: Id<'crd'>;
}

/**
 * Takes a gift into an account (领取). Of any number of people at the same moment one gets it, and a claim that meets a
 * revocation or the return is decided once: each changes the gift only as it was seen, in the unit that hands over the
 * card. It goes to whoever has the link and knows what the sender asks for, not to the owner of a mail address.
 */
export async function claimGift(context: ClaimContext, claim: Claim): Promise<Result<Claimed, ClaimRefusal>> {
  let known: string | null = null;
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const found = await findByLink(context, claim);
    if (!found.ok) return found;
    const gift = found.value;
    const obstacle = obstacleFor(gift, claim.userId, context.now);
    if (obstacle !== null) return refuse(obstacle);
    if (gift.passphraseHash !== null && gift.passphraseHash !== known) {
      const told = await checkPassphrase(context, { ...claim, gift, hash: gift.passphraseHash });
      if (!told.ok) return told;
      known = gift.passphraseHash;
    }
    if (!(await isPhoneProved(context, gift, claim.userId))) return refuse({ code: 'phone_not_proved' });
    const done = await commitClaim(context, gift, claim.userId);
    if (done !== null) return done;
  }
  throw new Error('a gift kept changing while it was claimed');
}

/** A gift that was changed meanwhile is read anew; people do not change one this often during one claim. */
const MOST_TRIES = 4;

function obstacleFor(gift: Gift, userId: Id<'usr'>, now: Date): ClaimRefusal | null {
  if (gift.claimedById === userId) return { code: 'already_yours', giftId: gift.id };
  const obstacle = giftObstacle(gift, now);
  if (obstacle !== null) return { code: obstacle };
  return gift.senderId === userId ? { code: 'own_gift' } : null;
}

async function checkPassphrase(
  { db, now }: ClaimContext,
  at: { readonly gift: Gift; readonly hash: string; readonly passphrase: string },
): Promise<Result<undefined, ClaimRefusal>> {
  const subjects = [{ scope: 'gift:passphrase', key: at.gift.id }] as const;
  // An empty field is not counted as a guess.
  if (at.passphrase.trim() === '') return refuse({ code: 'passphrase_wrong' });
  const attempt = await takeAttempt(db, now, subjects);
  if (!attempt.ok) {
    return refuse({ code: 'too_many_tries', retryAt: plusMs(now, attempt.refusal.retryAfterMs) });
  }
  if (!(await passphraseMatches(at.hash, at.passphrase))) return refuse({ code: 'passphrase_wrong' });
  await recordSuccess(db, subjects);
  return ok();
}

/** Whether the claimer has proved the phone that the sender asks for; true when the sender asks for none. */
async function isPhoneProved({ db, now }: ClaimContext, gift: Gift, userId: Id<'usr'>): Promise<boolean> {
  if (gift.phoneHmac === null) return true;
  const proofs = await db.giftPhoneProof.count({
    where: {
      giftId: gift.id,
      userId,
      provedAt: { gte: plusMs(now, -PROOF_GOOD_FOR_MS) },
      // A gift that went to somebody else since then asks for another phone.
      createdAt: { gte: gift.sentAt ?? now },
    },
  });
  return proofs > 0;
}

/** `null`: the gift or its card changed in between. */
async function commitClaim(
  { db, now, zone }: ClaimContext,
  gift: Gift,
  userId: Id<'usr'>,
): Promise<Result<Claimed, ClaimRefusal> | null> {
  const { id: giftId, cardId, senderId } = gift;
  const handOver = await handOverCard(db, { cardId, userId, now, zone });
  if (!handOver.ok) return isStillOpen({ db, now }, gift);
  const at = now.toISOString();
  const outcome = await commitUnit(db, {
    updates: [
      giftMove(gift, 'claim', {
        claimedById: userId,
        claimedAt: at,
        endedAt: at,
        openedAt: gift.openedAt?.toISOString() ?? at,
      }),
      ...handOver.value.updates,
    ],
    inserts: [
      ...handOver.value.inserts,
      {
        table: 'OutboxMessage',
        rows: [giftMessage({ topic: 'gift.claimed', payload: { userId: senderId, giftId }, now })],
      },
    ],
  });
  if (outcome.outcome === 'committed') return ok({ giftId, cardId });
  invariant(
    outcome.outcome === 'refused' && outcome.refusal.code === 'row_changed',
    'a claim moves no value and repeats no key',
  );
  return null;
}

/** Why the card could not be handed over: another claimed it meanwhile, or support has closed it. */
async function isStillOpen({ db }: GiftContext, gift: Gift): Promise<Result<Claimed, ClaimRefusal> | null> {
  const same = await db.gift.count({ where: { id: gift.id, state: gift.state } });
  return same === 1 ? refuse({ code: 'card_unavailable' }) : null;
}
