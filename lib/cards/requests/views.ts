import { type CalendarDay, type Id, plusMs } from '@/lib/kernel';
import {
  latestExtension,
  mayReplaceLost,
  mustReviveExpired,
  type Rule,
  type RuleReference,
  requestAnsweredBy,
} from '@/lib/policy';
import { cardOf, type WalletCard } from '../views';
import { obstacleToExchange } from './exchange-card';
import type { CardRequest, RequestRefusal } from './model';
import { packOf, type RequestContext } from './request-context';
import { findRequestedCard, requestsFor } from './store';
import { newSecretsOf } from './take-new-secrets';

export { countOpenRequests, findRequest, requestsAtDesk } from './store';

/** What a holder can ask of the issuer for a card, what was asked, and under which rules. */
export interface CardServices {
  readonly card: WalletCard;
  /** The latest first. */
  readonly requests: readonly CardRequest[];
  /** A new number and password wait to be shown, once. */
  readonly hasNewSecrets: boolean;
  readonly loss: { readonly replaced: boolean; readonly rule: RuleReference };
  readonly extension: { readonly latest: CalendarDay | null; readonly rule: Rule<number | null> };
  readonly exchange: {
    /** Whether an exchange is granted at once; else support decides. */
    readonly atOnce: boolean;
    readonly rule: RuleReference;
    readonly obstacle: RequestRefusal['code'] | null;
  };
  /** The last instant at which a request made now is answered. */
  readonly answeredBy: Date;
  readonly answerRule: Rule<number>;
}

/** For the holder; `null` for a card that is another's as for one that does not exist. */
export async function cardServices(
  context: RequestContext,
  userId: Id<'usr'>,
  cardId: string,
): Promise<CardServices | null> {
  const { db, now, zone } = context;
  const [card, found] = await Promise.all([cardOf(context, userId, cardId), findRequestedCard(db, cardId)]);
  if (!card || found?.holderId !== userId) return null;
  const [requests, secrets, obstacle] = await Promise.all([
    requestsFor(db, { cardId: card.id, userId }),
    newSecretsOf(context, { cardId: card.id, userId }),
    obstacleToExchange(context, found),
  ]);
  const pack = packOf(found.programme);
  const { kind } = found.programme;
  const { lostCard, extensionMaxMonths, expiredValue, requestAnswerDays } = pack.rules;
  return {
    card,
    requests,
    hasNewSecrets: secrets !== null,
    loss: { replaced: mayReplaceLost(pack, kind), rule: lostCard[kind] },
    extension: { latest: latestExtension(pack, kind, { now, zone }), rule: extensionMaxMonths[kind] },
    exchange: {
      atOnce: mustReviveExpired(pack, kind),
      rule: expiredValue[kind],
      obstacle: obstacle?.code ?? null,
    },
    answeredBy: plusMs(requestAnsweredBy(pack, now, zone), -1),
    answerRule: requestAnswerDays,
  };
}
