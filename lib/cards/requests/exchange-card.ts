import { type GuardedUpdate, instantTexts, type Row } from '@/lib/database';
import { type Id, invariant, ok, type Result, refuse } from '@/lib/kernel';
import { balancesOf, commit } from '@/lib/ledger';
import { expiryFor, mustReviveExpired } from '@/lib/policy';
import type { CardContext } from '../issue-cards';
import { isExpired, REPORTED_LOST } from '../model';
import type { CardActor } from '../move-card';
import { findCard } from '../store';
import { decidable } from './decidable';
import type { CardRequest, DecisionRefusal, RequestRefusal } from './model';
import type { Decision } from './reissue-card';
import { renewSecrets } from './renew-secrets';
import { packOf } from './request-context';
import { askSupport, type Wish } from './request-extension';
import { retryWhileChanging } from './retry-while-changing';
import { reviveTransfers } from './revive-value';
import {
  endRequest,
  findRequestedCard,
  newRequest,
  type RequestedCard,
  requestRecords,
  requestRow,
} from './store';

/**
 * Asks for an expired card with value left to be exchanged (换卡). Where the policy says that such value comes back on
 * request the card is exchanged at once, else support decides. It costs nothing.
 */
export function exchangeCard(
  context: CardContext,
  wish: Wish,
): Promise<Result<{ readonly requestId: Id<'req'>; readonly done: boolean }, RequestRefusal>> {
  return retryWhileChanging(async () => {
    const found = await findRequestedCard(context.db, wish.cardId);
    if (found?.holderId !== wish.actor.id) return refuse({ code: 'card_not_found' });
    const obstacle = await obstacleToExchange(context, found);
    if (obstacle) return (await stillSo(context, found)) ? refuse(obstacle) : null;
    const pack = packOf(found.programme);
    if (!mustReviveExpired(pack, found.programme.kind)) {
      const asked = await askSupport(context, { wish, found, kind: 'exchange' });
      return asked?.ok ? ok({ ...asked.value, done: false }) : asked;
    }
    const { now } = context;
    const evidence = wish.evidence === '' ? {} : { words: wish.evidence };
    const { cardId, holderId: userId } = { cardId: found.card.id, holderId: found.holderId };
    const { statement } = wish;
    const opened = newRequest({ cardId, userId, kind: 'exchange', statement, evidence, dueAt: now, now });
    const request: CardRequest = { ...opened, state: 'approved', decidedAt: now };
    const done = await exchange(context, {
      found,
      request,
      actor: wish.actor,
      reason: null,
      opening: { inserts: [{ table: 'CardRequest', rows: [requestRow(request)] }], updates: [] },
    });
    return done ? ok({ requestId: request.id, done: true }) : null;
  });
}

/** Exchanges a card whose holder asked for it, where the policy leaves that to the operator. */
export function grantExchange(
  context: CardContext,
  decision: Decision,
): Promise<Result<{ readonly request: CardRequest }, DecisionRefusal>> {
  return retryWhileChanging(async () => {
    const seen = await decidable(context.db, { ...decision, kind: 'exchange' });
    if (!seen.ok) return seen;
    const request = seen.value;
    const found = await findRequestedCard(context.db, request.cardId);
    if (!found) return refuse({ code: 'request_not_found' });
    const { actor, answer } = decision;
    const obstacle = await obstacleToExchange(context, found);
    if (obstacle) {
      const refusal = { code: 'not_possible_in_state', state: found.card.state } as const;
      return (await stillSo(context, found)) ? refuse(refusal) : null;
    }
    const ended = endRequest(request, { state: 'approved', by: actor.id, answer, now: context.now });
    const opening = { inserts: [], updates: [ended] };
    const done = await exchange(context, { found, request, actor, reason: answer, opening });
    return done ? ok({ request }) : null;
  });
}

/** Why a card is not exchanged now; `null` when it can be. */
export async function obstacleToExchange(
  { db, now }: Pick<CardContext, 'db' | 'now'>,
  { card }: RequestedCard,
): Promise<Exclude<RequestRefusal, { code: 'card_not_found' | 'already_open' | 'not_replaced' }> | null> {
  if (card.state === 'closed') return { code: 'not_possible_in_state', state: 'closed' };
  if (card.frozenReason === REPORTED_LOST) return { code: 'reported_lost' };
  if (card.expiresAt === null) return { code: 'never_ends' };
  if (!isExpired(card.expiresAt, now)) return { code: 'not_expired' };
  const balance = (await balancesOf(db, [card.accountId])).get(card.accountId);
  const onCard = balance ? balance.creditsPosted - balance.debitsPosted : 0n;
  return onCard + card.dormantMinor > 0n ? null : { code: 'nothing_left' };
}

/** Card and balance are two reads: value that moved in between is on neither side, and seems to be gone. */
async function stillSo({ db }: Pick<CardContext, 'db'>, { card }: RequestedCard): Promise<boolean> {
  const now = await findCard(db, card.id);
  return now?.dormantMinor === card.dormantMinor && now.expiresAt?.getTime() === card.expiresAt?.getTime();
}

async function exchange(
  context: CardContext,
  of: {
    readonly found: RequestedCard;
    readonly request: CardRequest;
    readonly actor: CardActor;
    readonly reason: string | null;
    readonly opening: {
      readonly inserts: readonly { readonly table: 'CardRequest'; readonly rows: readonly Row[] }[];
      readonly updates: readonly GuardedUpdate[];
    };
  },
): Promise<boolean> {
  const { now, zone } = context;
  const { found, request, actor, reason, opening } = of;
  const { card, programme } = found;
  const { set, retired } = await renewSecrets(context, found);
  const end = expiryFor(packOf(programme), programme, { activatedAt: now, zone });
  invariant(end.ok, `the validity of ${programme.id} is lawful: its cards were issued under it`);
  const result = await commit(
    context.db,
    {
      updates: [
        ...opening.updates,
        {
          table: 'Card',
          key: { id: card.id },
          expect: {
            state: card.state,
            holderId: found.holderId,
            frozenReason: card.frozenReason,
            numberHmac: found.numberHmac,
            expiresAt: card.expiresAt && instantTexts(card.expiresAt),
            dormantMinor: card.dormantMinor,
          },
          set: { ...set, expiresAt: end.value?.toISOString() ?? null },
        },
      ],
      inserts: [
        ...opening.inserts,
        { table: 'RetiredNumber', rows: [retired] },
        ...requestRecords({
          request,
          actor,
          reason,
          now,
          event: 'exchanged',
          topic: 'card.exchanged',
          action: 'card.exchanged',
        }),
      ],
      transfers: reviveTransfers(found, request.id),
    },
    now,
  );
  return result.ok;
}
