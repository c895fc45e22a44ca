import type { CardSnapshot, OrderSnapshot, Snapshot, TenderSnapshot } from './snapshot';
import { must, sum } from './snapshot';

export interface Choice {
  readonly cardId: string;
  readonly maxMinor: bigint | null;
}

export interface Split {
  /** Card → order line → amount, in the order in which the cards pay. */
  readonly cards: readonly { readonly cardId: string; readonly lines: Map<string, bigint> }[];
  /** What is left of each line. */
  readonly rest: Map<string, bigint>;
  readonly cardMinor: bigint;
  readonly externalMinor: bigint;
}

/**
 * How an order is split when all cards may pay the same lines: each card in turn pays what it can, line after line.
 * Cards in the order of the choice, or soonest expiry first, then the smaller balance, then the smaller id.
 */
export function splitOf(
  snapshot: Snapshot,
  request: {
    order: OrderSnapshot;
    cardIds: readonly string[];
    choice: readonly Choice[] | null;
    nowMs: number;
  },
): Split {
  const { order, nowMs } = request;
  const rest = new Map(order.lines.map(({ id, amountMinor }) => [id, amountMinor]));
  const payable = order.lines.filter(({ kind }) => kind === 'goods' || kind === 'fresh');
  const cards = [];
  for (const { cardId, maxMinor } of request.choice ?? inTurn(snapshot, request.cardIds)) {
    const card = must(snapshot.cards.get(cardId), `card ${cardId}`);
    let left = limitOf(card, maxMinor, nowMs);
    const lines = new Map<string, bigint>();
    for (const { id } of payable) {
      const open = rest.get(id) ?? 0n;
      const amount = left < open ? left : open;
      if (amount <= 0n) continue;
      lines.set(id, amount);
      rest.set(id, open - amount);
      left -= amount;
    }
    if (lines.size > 0) cards.push({ cardId, lines });
  }
  const externalMinor = sum(rest.values());
  return {
    cards,
    rest,
    externalMinor,
    cardMinor: sum(order.lines.map((line) => line.amountMinor)) - externalMinor,
  };
}

/** Which tenders get back what of a line: cards that paid last come first, or the other method does. */
export function refundSplit(
  tenders: readonly TenderSnapshot[],
  request: { lineId: string; amountMinor: bigint; policy: 'CARD_FIRST' | 'EXTERNAL_FIRST' },
): Map<string, bigint> {
  const cards = tenders.filter(({ cardId }) => cardId !== null).reverse();
  const external = tenders.filter(({ cardId }) => cardId === null);
  const parts = new Map<string, bigint>();
  let left = request.amountMinor;
  for (const tender of request.policy === 'CARD_FIRST' ? [...cards, ...external] : [...external, ...cards]) {
    const line = tender.lines.get(request.lineId);
    const open = line ? line.paidMinor - line.backMinor : 0n;
    const amount = left < open ? left : open;
    if (amount > 0n) parts.set(tender.id, amount);
    left -= amount;
  }
  return parts;
}

function limitOf(card: CardSnapshot, maxMinor: bigint | null, nowMs: number): bigint {
  const ended = card.expiresMs !== null && card.expiresMs <= nowMs;
  if (card.frozen || ended) return 0n;
  const usable = card.postedMinor - card.heldMinor;
  return maxMinor !== null && maxMinor < usable ? maxMinor : usable;
}

function inTurn(snapshot: Snapshot, cardIds: readonly string[]): Choice[] {
  const weight = (id: string) => {
    const card = must(snapshot.cards.get(id), `card ${id}`);
    return {
      id,
      ends: card.expiresMs ?? Number.POSITIVE_INFINITY,
      usable: card.postedMinor - card.heldMinor,
    };
  };
  return cardIds
    .map(weight)
    .sort((a, b) => {
      if (a.ends !== b.ends) return a.ends < b.ends ? -1 : 1;
      if (a.usable !== b.usable) return a.usable < b.usable ? -1 : 1;
      return a.id < b.id ? -1 : 1;
    })
    .map(({ id }) => ({ cardId: id, maxMinor: null }));
}
