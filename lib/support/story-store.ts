import type { Database } from '@/lib/database';
import { movementOfCode } from '@/lib/ledger';
import { currencyOf } from './store';
import type { StoryActor, StoryEntry, StoryPartAmount } from './story-model';
import { STORY_SOURCE_SIZE } from './story-model';

/** What every source of a story is asked: entries strictly before an instant, and who of the actors is staff. */
export interface StoryQuery {
  readonly db: Database;
  readonly before: Date;
  readonly actorOf: (actorId: string | null) => StoryActor;
}

/** Who is behind an id, when the names of the staff are known: nobody is the system itself. */
export function actorsBy(staff: ReadonlyMap<string, string>): StoryQuery['actorOf'] {
  return (actorId) => {
    if (actorId === null) return { kind: 'system' };
    const name = staff.get(actorId);
    return name === undefined ? { kind: 'holder' } : { kind: 'staff', id: actorId, name };
  };
}

/** A card's events. `named`: say which card, where the story is not the card's own. */
export async function cardEvents(
  { db, before, actorOf }: StoryQuery,
  where: { readonly cardId: string } | { readonly holderId: string },
): Promise<StoryEntry[]> {
  const named = 'holderId' in where;
  const rows = await db.cardEvent.findMany({
    where: { ...(named ? { card: where } : where), at: { lt: before } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: STORY_SOURCE_SIZE,
    include: { card: { select: { lastFour: true } } },
  });
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    part: 'cards',
    kind: `card_${row.kind}`,
    by: actorOf(row.actorId),
    note: row.reason,
    about: named ? { type: 'card', id: row.cardId, label: row.card.lastFour } : null,
    ...(row.kind === 'frozen' || row.kind === 'closed' ? { tone: 'danger' as const } : {}),
    ...(row.kind === 'bound' || row.kind === 'unfrozen' ? { tone: 'jade' as const } : {}),
  }));
}

/** Every posted change of a card's balance. */
export async function cardMovements(
  { db, before }: StoryQuery,
  card: { readonly accountId: string; readonly currency: 'CNY' | 'USD' },
): Promise<StoryEntry[]> {
  const rows = await db.entry.findMany({
    where: { accountId: card.accountId, createdAt: { lt: before } },
    orderBy: { number: 'desc' },
    take: STORY_SOURCE_SIZE,
    include: { transfer: { select: { code: true, reference: true } } },
  });
  const orders = await ordersOfPayments(
    db,
    rows.map(({ transfer }) => transfer.reference),
  );
  return rows.map((row) => {
    const order = orders.get(row.transfer.reference ?? '');
    return {
      id: `${row.transferId}#${row.number.toString().padStart(12, '0')}`,
      at: row.createdAt,
      part: 'money',
      kind: `moved_${movementOfCode(row.transfer.code) ?? 'other'}`,
      by: { kind: 'system' },
      amountMinor: row.amount,
      balanceAfterMinor: row.balanceAfter,
      currency: card.currency,
      about: order ? { type: 'order', id: order.id, label: order.number } : null,
      ...(row.amount > 0n ? { tone: 'jade' as const } : {}),
    };
  });
}

/** Orders that were placed. */
export async function ordersPlaced(
  { db, before }: StoryQuery,
  where: { readonly userId: string } | { readonly id: string },
): Promise<StoryEntry[]> {
  const rows = await db.order.findMany({
    where: { ...where, createdAt: { lt: before } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: STORY_SOURCE_SIZE,
  });
  return rows.map((row) => ({
    id: row.id,
    at: row.createdAt,
    part: 'money',
    kind: 'order_placed',
    by: { kind: 'holder' },
    amountMinor: -row.totalMinor,
    currency: currencyOf(row.currency),
    about: 'userId' in where ? { type: 'order', id: row.id, label: row.number } : null,
  }));
}

type PaymentsOf = { readonly userId: string } | { readonly orderId: string };

/**
 * A holder's payments are found by the holder's orders, because payments have no index of their holders. The holder is said
 * of both, or else SQLite joins every payment before it looks at an order.
 */
function found(of: PaymentsOf) {
  return 'userId' in of ? { ...of, order: of } : of;
}

/** Every move of the payments of a holder or an order. */
export async function paymentEvents({ db, before }: StoryQuery, payment: PaymentsOf): Promise<StoryEntry[]> {
  const rows = await db.paymentEvent.findMany({
    where: { payment: found(payment), at: { lt: before } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: STORY_SOURCE_SIZE,
    include: {
      payment: {
        select: {
          amountMinor: true,
          currency: true,
          gateway: true,
          order: { select: { id: true, number: true } },
        },
      },
    },
  });
  return rows.map(({ payment: paid, ...row }) => ({
    id: row.id,
    at: row.at,
    part: 'money',
    kind: `payment_${row.event}`,
    by: BY_HOLDER.has(row.event) ? { kind: 'holder' } : { kind: 'system' },
    words: { gateway: paid.gateway ?? 'none' },
    currency: currencyOf(paid.currency),
    about: 'userId' in payment ? { type: 'order', id: paid.order.id, label: paid.order.number } : null,
    ...(WITH_AMOUNT.has(row.event) ? { amountMinor: -paid.amountMinor } : {}),
    ...(TONES[row.event] ? { tone: TONES[row.event] } : {}),
  }));
}

const BY_HOLDER = new Set(['opened', 'cancel_requested']);
const WITH_AMOUNT = new Set(['opened', 'settled']);
const TONES: Record<string, 'jade' | 'amber' | 'danger'> = {
  settled: 'jade',
  external_failed: 'amber',
  released: 'amber',
  late_money: 'danger',
  refund_failed: 'danger',
  refund_failed_in_part: 'danger',
};

/** Refunds as they were asked for and as they ended, with what went to which tender. */
export async function refundsOf(
  { db, before, actorOf }: StoryQuery,
  payment: PaymentsOf,
): Promise<StoryEntry[]> {
  const rows = await db.refund.findMany({
    where: { payment: found(payment), createdAt: { lt: before } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: STORY_SOURCE_SIZE,
    include: {
      payment: { select: { currency: true, order: { select: { id: true, number: true } } } },
      parts: { include: { tender: { select: { gateway: true, card: { select: { lastFour: true } } } } } },
    },
  });
  return rows.flatMap((row): StoryEntry[] => {
    const { order } = row.payment;
    const shared = {
      part: 'money',
      amountMinor: row.amountMinor,
      currency: currencyOf(row.payment.currency),
      about: 'userId' in payment ? ({ type: 'order', id: order.id, label: order.number } as const) : null,
    } as const;
    const asked: StoryEntry = {
      ...shared,
      id: row.id,
      at: row.createdAt,
      kind: 'refund_asked',
      by: actorOf(row.actorId),
      note: row.reason,
      parts: row.parts.map(partAmount),
    };
    if (row.settledAt === null || row.settledAt >= before) return [asked];
    const failed = row.state === 'FAILED';
    return [
      {
        ...shared,
        id: `${row.id}#ended`,
        at: row.settledAt,
        kind: failed ? 'refund_failed' : 'refund_succeeded',
        by: { kind: 'system' },
        tone: failed ? 'danger' : 'jade',
      },
      asked,
    ];
  });
}

function partAmount(part: {
  amountMinor: bigint;
  state: string;
  tender: { gateway: string | null; card: { lastFour: string } | null };
}): StoryPartAmount {
  const { amountMinor, state, tender } = part;
  return {
    to: tender.card
      ? { kind: 'card', lastFour: tender.card.lastFour }
      : { kind: 'gateway', name: tender.gateway ?? 'other' },
    amountMinor,
    state,
  };
}

async function ordersOfPayments(
  db: Database,
  references: readonly (string | null)[],
): Promise<Map<string, { id: string; number: string }>> {
  const paymentIds = [...new Set(references)].flatMap((reference) =>
    reference?.startsWith('pay_') ? [reference] : [],
  );
  if (paymentIds.length === 0) return new Map();
  const rows = await db.payment.findMany({
    where: { id: { in: paymentIds } },
    select: { id: true, order: { select: { id: true, number: true } } },
  });
  return new Map(rows.map(({ id, order }) => [id, order]));
}
