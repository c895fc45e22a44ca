import { type Id, plusMs, type Result, refuse } from '@/lib/kernel';
import { recordSuccess, type ThrottleSubject, takeAttempt } from '@/lib/risk';
import { attachCard } from './attach-card';
import type { CardContext } from './issue-cards';
import { numberHmac, numberHmacs } from './lookup';
import type { BindRefusal } from './model';
import { normaliseNumber } from './number';
import { normalisePassword } from './password';
import { passwordMatches } from './password-check';
import { findCardByNumber } from './store';

export interface BindAttempt {
  /** As typed. */
  readonly number: string;
  readonly password: string;
  readonly userId: Id<'usr'>;
  /** Where the request comes from (`networkOf` of lib/risk). */
  readonly network: string;
  /** The device's id; null for a browser without one. */
  readonly device: string | null;
}

/**
 * Binds a card (绑卡) to the account of a shopper who knows its number and password. The captcha was passed before.
 *
 * An unknown number and a wrong password are the same refusal after the same work: the attempt is counted, the number
 * looked up and the password checked in every case. What state the card is in, and that somebody else has it, is told
 * only to a person who knew both.
 */
export async function bindCard(
  context: CardContext,
  attempt: BindAttempt,
): Promise<Result<{ readonly cardId: Id<'crd'> }, BindRefusal>> {
  const { db, now, keys } = context;
  const number = normaliseNumber(attempt.number);
  if (number === null) return refuse({ code: 'number_format' });
  const password = normalisePassword(attempt.password);
  if (password === null) return refuse({ code: 'password_format' });

  const subjects = countersOf(context, attempt, number);
  const allowed = await takeAttempt(db, now, subjects);
  if (!allowed.ok) {
    return refuse({ code: 'too_many_tries', retryAt: plusMs(now, allowed.refusal.retryAfterMs) });
  }
  const found = await findCardByNumber(db, numberHmacs(keys.number, number));
  const stored = found && { id: found.card.id, password: found.password };
  const known = await passwordMatches(keys.password, stored, password);
  if (!found || !known) return refuse({ code: 'no_match' });

  await recordSuccess(db, subjects);
  return attachCard(context, { card: found.card, userId: attempt.userId });
}

// The card's counter is named by the number that was typed, so that a number which no card has is counted alike.
function countersOf({ keys }: CardContext, attempt: BindAttempt, number: string): ThrottleSubject[] {
  return [
    { scope: 'bind:card', key: numberHmac(keys.number, number).hmac },
    { scope: 'bind:account', key: attempt.userId },
    { scope: 'bind:network', key: attempt.network },
    ...(attempt.device === null ? [] : [{ scope: 'bind:device' as const, key: attempt.device }]),
  ];
}
