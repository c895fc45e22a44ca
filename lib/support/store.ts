import type { Database } from '@/lib/database';
import { type Login, maskLogin, ROLES } from '@/lib/identity';
import { type Currency, type Id, type IdPrefix, invariant, parseId } from '@/lib/kernel';
import { type HolderLine, maskName, type OrderLine } from './model';

/*
 * Support reads across every domain and writes in none: its acts go through the domains' own operations, and what it
 * keeps is the audit.
 */

export async function findHolders(
  db: Database,
  where: { readonly ids: readonly string[] } | Login,
  take: number,
): Promise<HolderLine[]> {
  const by =
    'ids' in where
      ? { id: { in: [...where.ids] } }
      : where.kind === 'phone'
        ? { phone: where.value }
        : { email: where.value };
  const rows = await db.user.findMany({ where: by, orderBy: { id: 'desc' }, take });
  return rows.map(holderOf);
}

/** The phone as it is stored (E.164); `null` when there is no such person or they gave none. */
export async function findPhone(db: Database, id: Id<'usr'>): Promise<string | null> {
  const row = await db.user.findUnique({ where: { id }, select: { phone: true } });
  return row?.phone ?? null;
}

export async function countLiveSessions(db: Database, userId: string, now: Date): Promise<number> {
  return db.session.count({ where: { userId, revokedAt: null, expiresAt: { gt: now } } });
}

/** Orders by number, holder, id or the cards that paid them; the newest first. */
export async function findOrders(
  db: Database,
  where:
    | { readonly number: string }
    | { readonly userId: string }
    | { readonly id: string }
    | { readonly paidByCards: readonly string[] },
  take: number,
): Promise<OrderLine[]> {
  const by =
    'paidByCards' in where
      ? { payments: { some: { tenders: { some: { cardId: { in: [...where.paidByCards] } } } } } }
      : where;
  const rows = await db.order.findMany({
    where: by,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take,
    include: { user: { select: { name: true } } },
  });
  return rows.map((row) => ({
    id: idOf('ord', row.id),
    number: row.number,
    state: row.state,
    totalMinor: row.totalMinor,
    currency: currencyOf(row.currency),
    createdAt: row.createdAt,
    holder: { id: idOf('usr', row.userId), maskedName: maskName(row.user.name) },
  }));
}

/** Names of the staff among `ids`; everybody else is a holder to support, and stays masked. */
export async function staffNames(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.user.findMany({
    where: { id: { in: [...new Set(ids)] }, role: { in: ['support', 'supervisor'] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What a card holds back for payments that have not ended. */
export async function findHeldPayments(
  db: Database,
  cardId: string,
): Promise<{ order: { id: string; number: string }; amountMinor: bigint; at: Date }[]> {
  const rows = await db.tender.findMany({
    where: { cardId, state: 'AUTHORIZED' },
    select: {
      amountMinor: true,
      payment: { select: { createdAt: true, order: { select: { id: true, number: true } } } },
    },
    take: 50,
  });
  return rows.map(({ amountMinor, payment }) => ({
    amountMinor,
    order: payment.order,
    at: payment.createdAt,
  }));
}

export function idOf<P extends IdPrefix>(prefix: P, text: string): Id<P> {
  const id = parseId(prefix, text);
  invariant(id, `a stored id begins with ${prefix}_`);
  return id;
}

export function currencyOf(text: string): Currency {
  invariant(text === 'CNY' || text === 'USD', `currency ${text}`);
  return text;
}

type UserRow = Awaited<ReturnType<Database['user']['findMany']>>[number];

function holderOf(row: UserRow): HolderLine {
  const role = ROLES.find((known) => known === row.role);
  invariant(role, `role ${row.role}`);
  return {
    id: idOf('usr', row.id),
    maskedName: maskName(row.name),
    maskedPhone: row.phone === null ? null : maskLogin({ kind: 'phone', value: row.phone }),
    maskedEmail: row.email === null ? null : maskLogin({ kind: 'email', value: row.email }),
    role,
    createdAt: row.createdAt,
    disabledAt: row.disabledAt,
  };
}
