import { z } from 'zod';
import type { Database } from '@/lib/database';
import { type Login, maskLogin, ROLES } from '@/lib/identity';
import { type Currency, type Id, type IdPrefix, invariant, parseId } from '@/lib/kernel';
import { type HolderLine, maskName, type OrderLine } from './model';
import type { AuditFilter } from './schemas';

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
    | { readonly ids: readonly string[] }
    | { readonly paidByCards: readonly string[] },
  take: number,
): Promise<OrderLine[]> {
  const by =
    'paidByCards' in where
      ? { payments: { some: { tenders: { some: { cardId: { in: [...where.paidByCards] } } } } } }
      : 'ids' in where
        ? { id: { in: [...where.ids] } }
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

export interface StaffName {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

/** Everybody who works here, also those who left: their names stay in the stories. */
export async function findStaff(db: Database): Promise<StaffName[]> {
  return db.user.findMany({
    where: { role: { in: ['support', 'supervisor'] } },
    select: { id: true, name: true, role: true },
    orderBy: { id: 'asc' },
  });
}

export interface HeldPayment {
  readonly order: { readonly id: string; readonly number: string };
  readonly amountMinor: bigint;
  readonly at: Date;
}

/** Which cards had a part in paying an order. */
export async function cardsOfOrder(db: Database, orderId: string): Promise<string[]> {
  const rows = await db.tender.findMany({
    where: { payment: { orderId }, cardId: { not: null } },
    select: { cardId: true },
  });
  return [...new Set(rows.flatMap(({ cardId }) => (cardId ? [cardId] : [])))];
}

/** What a card holds back for payments that have not ended. */
export async function findHeldPayments(db: Database, cardId: string): Promise<HeldPayment[]> {
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

/** Lines of the audit, newest first by the order in which they were written. */
export async function findAuditLines(db: Database, filter: AuditFilter, take: number) {
  const { actor, subject, action, before } = filter;
  const rows = await db.auditEvent.findMany({
    where: {
      ...(actor ? { actorId: actor } : {}),
      ...(subject ? { subjectId: subject } : {}),
      ...(action ? { action } : {}),
      ...(before ? { id: { lt: before } } : {}),
    },
    orderBy: { id: 'desc' },
    take,
  });
  const names = await namesOf(db, rows);
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    action: row.action,
    actor: row.actorId
      ? { id: row.actorId, role: row.actorRole ?? '', name: names.get(row.actorId) ?? '' }
      : null,
    subject: row.subjectType && row.subjectId ? { type: row.subjectType, id: row.subjectId } : null,
    reason: row.reason,
    detail: row.detail ? detailSchema.parse(JSON.parse(row.detail)) : {},
  }));
}

const detailSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

async function namesOf(
  db: Database,
  rows: readonly { readonly actorId: string | null }[],
): Promise<Map<string, string>> {
  const ids = new Set(rows.flatMap(({ actorId }) => (actorId ? [actorId] : [])));
  const users = await db.user.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } });
  return new Map(users.map(({ id, name }) => [id, name]));
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
