import { randomInt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { commitUnit, transaction } from '@/lib/database';
import { type Id, newId, ok, parseContact, parseId, plusMs, type Result, refuse } from '@/lib/kernel';
import { takeAttempt } from '@/lib/risk';
import { seal, unseal } from '@/lib/vault';
import { findByLink, type LinkUse } from './find-by-link';
import {
  CODE_DIGITS,
  CODE_GOOD_FOR_MS,
  CODE_TRIES,
  type CodeRefusal,
  type GiftLocale,
  giftObstacle,
} from './model';
import { isPhone } from './phone';
import type { SendContext } from './send-again';
import { giftMessage, giftOf } from './store';

export interface PhoneUse extends LinkUse {
  readonly userId: Id<'usr'>;
}

/**
 * Sends a one-time code to the phone that the sender asks for, if it is the one that was typed: no other number ever gets a
 * message. A new code replaces the one before.
 */
export async function requestCode(
  context: SendContext,
  use: PhoneUse & { readonly phone: string },
): Promise<Result<undefined, CodeRefusal>> {
  const { db, now, keys } = context;
  const found = await findByLink(context, use);
  if (!found.ok) return found;
  const gift = found.value;
  const obstacle = giftObstacle(gift, now);
  if (obstacle !== null) return refuse({ code: obstacle });
  if (gift.phoneHmac === null) return refuse({ code: 'no_phone_asked' });
  const phone = parseContact(use.phone);
  if (phone?.kind !== 'phone') return refuse({ code: 'phone_invalid' });
  const attempt = await takeAttempt(db, now, [{ scope: 'gift:code', key: gift.id }]);
  if (!attempt.ok) {
    return refuse({ code: 'too_many_tries', retryAt: plusMs(now, attempt.refusal.retryAfterMs) });
  }
  if (!isPhone(keys.lookup, gift.phoneHmac, phone.value)) return refuse({ code: 'wrong_person' });

  const id = newId('gpp');
  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
  const secret = JSON.stringify({ phone: phone.value, code });
  await transaction(db, async (tx) => {
    const before = { giftId: gift.id, userId: use.userId, provedAt: null };
    await tx.giftPhoneProof.updateMany({ where: before, data: { sealed: null, triesLeft: 0 } });
    await tx.giftPhoneProof.create({
      data: {
        id,
        giftId: gift.id,
        userId: use.userId,
        sealed: seal(keys.seal, { owner: id, field: 'code' }, secret),
        triesLeft: CODE_TRIES,
        createdAt: now,
        expiresAt: plusMs(now, CODE_GOOD_FOR_MS),
      },
    });
    await commitUnit(tx, {
      inserts: [
        {
          table: 'OutboxMessage',
          rows: [giftMessage({ topic: 'gift.code', payload: { proofId: id }, now })],
        },
      ],
    });
  });
  return ok();
}

/**
 * Checks a code that was typed. Each try is taken before the code is looked at, so that simultaneous guesses all count.
 * What is proved holds for this person and this gift, for half an hour.
 */
export async function proveCode(
  context: SendContext,
  use: PhoneUse & { readonly code: string },
): Promise<Result<undefined, CodeRefusal>> {
  const { db, now, keys } = context;
  const found = await findByLink(context, use);
  if (!found.ok) return found;
  const typed = use.code.normalize('NFKC').replace(/\s+/g, '');
  return transaction(db, async (tx) => {
    const [proof] = await tx.giftPhoneProof.updateManyAndReturn({
      where: {
        giftId: found.value.id,
        userId: use.userId,
        provedAt: null,
        sealed: { not: null },
        triesLeft: { gt: 0 },
        expiresAt: { gt: now },
      },
      data: { triesLeft: { decrement: 1 } },
    });
    if (!proof?.sealed) return refuse({ code: 'code_wrong' });
    const { code } = readSecret(unseal(keys.seal, { owner: proof.id, field: 'code' }, proof.sealed));
    if (!equals(code, typed)) return refuse({ code: 'code_wrong' });
    await tx.giftPhoneProof.update({ where: { id: proof.id }, data: { provedAt: now, sealed: null } });
    return ok();
  });
}

/** A code that is still to be sent; `null` when it was replaced, proved or has expired. */
export async function openProof(
  { db, now, keys }: SendContext,
  proofId: string,
): Promise<{
  readonly id: string;
  readonly phone: string;
  readonly code: string;
  readonly locale: GiftLocale;
} | null> {
  const id = parseId('gpp', proofId);
  const proof = id && (await db.giftPhoneProof.findUnique({ where: { id }, include: { gift: true } }));
  if (!proof?.sealed || proof.expiresAt <= now) return null;
  const secret = readSecret(unseal(keys.seal, { owner: proof.id, field: 'code' }, proof.sealed));
  return { id: proof.id, locale: giftOf(proof.gift).locale, ...secret };
}

const secretSchema = z.object({ phone: z.string(), code: z.string() });

function readSecret(text: string) {
  return secretSchema.parse(JSON.parse(text));
}

function equals(code: string, typed: string): boolean {
  const [a, b] = [Buffer.from(code), Buffer.from(typed)];
  return a.length === b.length && timingSafeEqual(a, b);
}
