import { recordAudit } from '@/lib/audit';
import { type CardContext, cardIdOfNumber, type SupportCard, supportCards } from '@/lib/cards';
import type { Database } from '@/lib/database';
import { hasRole } from '@/lib/identity';
import { ok, type Result, refuse } from '@/lib/kernel';
import {
  type Agent,
  type HolderLine,
  isPublicKey,
  maskKey,
  type OrderLine,
  readSearchKeys,
  SEARCH_LIMIT,
  type SearchKey,
} from './model';
import { cardsOfOrder, findHolders, findOrders } from './store';

export interface SupportContext {
  readonly db: Database;
  readonly now: Date;
}

export interface SearchContext extends SupportContext {
  readonly keys: CardContext['keys'];
}

/** What was found, masked, at most `SEARCH_LIMIT` of each. */
export interface SearchResults {
  readonly holders: readonly HolderLine[];
  readonly cards: readonly SupportCard[];
  readonly orders: readonly OrderLine[];
}

/** Where a search leads: one thing's own page, or a list under a key that may stand in an address. */
export type SearchTarget =
  | { readonly at: 'holder' | 'card' | 'order'; readonly id: string }
  | { readonly at: 'list'; readonly q: string };

export type SearchRefusal =
  | { readonly code: 'not_found' }
  /** Neither digits nor an e-mail address. */
  | { readonly code: 'term_unreadable' }
  | { readonly code: 'nothing_found'; readonly kind: SearchKey['kind']; readonly term: string };

/**
 * Finds what somebody on the phone names: last four, a full card number, phone, e-mail or order number. What was typed
 * is written down masked alone, and leaves in no answer: a person or a card number leads straight to its case, so no
 * address ever holds it. Refuses `not_found` to those who are no staff.
 */
export async function search(
  context: SearchContext,
  { actor, typed }: { readonly actor: Agent; readonly typed: string },
): Promise<Result<SearchTarget, SearchRefusal>> {
  if (!hasRole(actor.role, 'support')) return refuse({ code: 'not_found' });
  const keys = readSearchKeys(typed);
  const [first] = keys;
  if (!first) {
    await writeDown(context, { actor, key: null, found: NOTHING });
    return refuse({ code: 'term_unreadable' });
  }
  // The list writes its own line when it is shown.
  if (first.kind === 'last_four') return ok({ at: 'list', q: first.digits });
  for (const key of keys) {
    const found = await lookUp(context, key);
    const target = targetOf(key, found);
    if (!target) continue;
    await writeDown(context, { actor, key, found });
    return ok(target);
  }
  await writeDown(context, { actor, key: first, found: NOTHING });
  return refuse({ code: 'nothing_found', kind: first.kind, term: maskKey(first) });
}

/**
 * The list for `q` of an address: a last four or an order number; `null` for anything else and for those who are no
 * staff. Each showing is a search and written down.
 */
export async function searchList(
  context: SearchContext,
  { actor, q }: { readonly actor: Agent; readonly q: string },
): Promise<SearchResults | null> {
  if (!hasRole(actor.role, 'support')) return null;
  const key = readSearchKeys(q).find(isPublicKey);
  if (!key || q !== (key.kind === 'order' ? key.number : key.digits)) return null;
  const found = await lookUp(context, key);
  await writeDown(context, { actor, key, found });
  return found;
}

/** Everything that belongs to a key: whom, which cards, which orders. */
export async function lookUp(context: SearchContext, key: SearchKey): Promise<SearchResults> {
  switch (key.kind) {
    case 'last_four':
      return aroundCards(context, await supportCards(context, { lastFour: key.digits }, SEARCH_LIMIT));
    case 'card_number': {
      const id = await cardIdOfNumber(context, key.number);
      return id ? aroundCards(context, await supportCards(context, { ids: [id] }, 1)) : NOTHING;
    }
    case 'order':
      return aroundOrder(context, key.number);
    default: {
      const holders = await findHolders(context.db, key.login, SEARCH_LIMIT);
      const [holder] = holders;
      if (!holder) return NOTHING;
      const [cards, orders] = await Promise.all([
        supportCards(context, { holderId: holder.id }, SEARCH_LIMIT),
        findOrders(context.db, { userId: holder.id }, SEARCH_LIMIT),
      ]);
      return { holders, cards, orders };
    }
  }
}

async function aroundCards({ db }: SearchContext, cards: readonly SupportCard[]): Promise<SearchResults> {
  if (cards.length === 0) return NOTHING;
  const ids = cards.flatMap(({ holderId }) => (holderId ? [holderId] : []));
  const [holders, orders] = await Promise.all([
    findHolders(db, { ids }, SEARCH_LIMIT),
    findOrders(db, { paidByCards: cards.map(({ id }) => id) }, SEARCH_LIMIT),
  ]);
  return { holders, cards, orders };
}

async function aroundOrder(context: SearchContext, number: string): Promise<SearchResults> {
  const orders = await findOrders(context.db, { number }, 1);
  const [order] = orders;
  if (!order) return NOTHING;
  const [holders, ids] = await Promise.all([
    findHolders(context.db, { ids: [order.holder.id] }, 1),
    cardsOfOrder(context.db, order.id),
  ]);
  const cards = await supportCards(context, { ids }, SEARCH_LIMIT);
  return { holders, cards, orders };
}

function targetOf(key: SearchKey, found: SearchResults): SearchTarget | null {
  switch (key.kind) {
    case 'order':
      return found.orders[0] ? { at: 'order', id: found.orders[0].id } : null;
    case 'card_number':
      return found.cards[0] ? { at: 'card', id: found.cards[0].id } : null;
    case 'last_four':
      return { at: 'list', q: key.digits };
    default:
      return found.holders[0] ? { at: 'holder', id: found.holders[0].id } : null;
  }
}

async function writeDown(
  { db, now }: SupportContext,
  {
    actor,
    key,
    found,
  }: { readonly actor: Agent; readonly key: SearchKey | null; readonly found: SearchResults },
): Promise<void> {
  await recordAudit(db, {
    at: now,
    actor,
    action: 'search.made',
    detail: {
      kind: key?.kind ?? 'unreadable',
      term: key ? maskKey(key) : null,
      holders: found.holders.length,
      cards: found.cards.length,
      orders: found.orders.length,
    },
  });
}

const NOTHING: SearchResults = { holders: [], cards: [], orders: [] };
