import { z } from 'zod';
import type { Database, Tx } from '@/lib/database';

/** A notification that the sandbox owes the shop. */
export interface OwedNotification {
  readonly id: string;
  readonly tradeId: string;
  readonly notifyId: string;
  /** Signed when it is sent. */
  readonly fields: Readonly<Record<string, string>>;
  readonly forged: boolean;
  readonly dueAt: Date;
  readonly createdAt: Date;
}

/** One taken for delivery: nobody else delivers it before its lease ends. */
export interface TakenNotification {
  readonly id: string;
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly forged: boolean;
  /** Deliveries so far, this one included. */
  readonly attempts: number;
}

const fieldsSchema = z.record(z.string(), z.string());

export async function oweNotifications(tx: Tx, owed: readonly OwedNotification[]): Promise<void> {
  if (owed.length === 0) return;
  await tx.sandboxNotification.createMany({
    data: owed.map((message) => ({ ...message, fields: JSON.stringify(message.fields), state: 'waiting' })),
  });
}

/** Lets what still waits for a trade go out at `dueAt` at the latest. */
export async function hasten(tx: Tx, tradeId: string, dueAt: Date): Promise<void> {
  await tx.sandboxNotification.updateMany({
    where: { tradeId, state: 'waiting', dueAt: { gt: dueAt } },
    data: { dueAt },
  });
}

/** Takes up to `limit` due messages; the move of `dueAt` is the lease, and of two takers one wins. */
export async function takeDue(
  db: Database,
  request: { readonly now: Date; readonly leaseMs: number; readonly limit: number },
): Promise<TakenNotification[]> {
  const rows = await db.sandboxNotification.findMany({
    where: { state: 'waiting', dueAt: { lte: request.now } },
    orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    take: request.limit,
    include: { trade: { select: { notifyUrl: true } } },
  });
  const taken: TakenNotification[] = [];
  for (const row of rows) {
    const { count } = await db.sandboxNotification.updateMany({
      where: { id: row.id, state: 'waiting', attempts: row.attempts, dueAt: row.dueAt },
      data: {
        attempts: row.attempts + 1,
        dueAt: new Date(request.now.getTime() + request.leaseMs),
      },
    });
    if (count !== 1 || row.trade.notifyUrl === null) continue;
    taken.push({
      id: row.id,
      url: row.trade.notifyUrl,
      fields: fieldsSchema.parse(JSON.parse(row.fields)),
      forged: row.forged,
      attempts: row.attempts + 1,
    });
  }
  return taken;
}

/** Writes down how a delivery went; `dueAt` is the next one, `null` when there is none. */
export async function settleDelivery(
  db: Database,
  id: string,
  result: {
    readonly state: 'waiting' | 'delivered' | 'given_up';
    readonly dueAt: Date | null;
    readonly answer: string;
  },
): Promise<void> {
  await db.sandboxNotification.update({
    where: { id },
    data: {
      state: result.state,
      lastAnswer: result.answer,
      ...(result.dueAt ? { dueAt: result.dueAt } : {}),
    },
  });
}
