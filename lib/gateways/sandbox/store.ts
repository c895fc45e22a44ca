import type { Database, Tx } from '@/lib/database';
import { invariant } from '@/lib/kernel';
import type { SandboxRefund, SandboxTrade, SandboxTradeState } from './model';
import { mergeSwitches, type SandboxSwitches, switchesSchema } from './switches';

const GATEWAY = 'alipay';
const FOR_ALL = '*';
const STATES: readonly SandboxTradeState[] = ['WAIT_BUYER_PAY', 'TRADE_SUCCESS', 'TRADE_CLOSED'];

type TradeRow = NonNullable<Awaited<ReturnType<Database['sandboxTrade']['findUnique']>>>;

export async function findTrade(db: Database | Tx, outTradeNo: string): Promise<SandboxTrade | null> {
  const row = await db.sandboxTrade.findUnique({
    where: { gateway_outTradeNo: { gateway: GATEWAY, outTradeNo } },
  });
  return row && tradeOf(row);
}

export async function findTradeById(db: Database | Tx, id: string): Promise<SandboxTrade | null> {
  const row = await db.sandboxTrade.findUnique({ where: { id } });
  return row && tradeOf(row);
}

/** The trade of that number: the given one, or the one that another request created first. */
export async function createTrade(db: Database, trade: SandboxTrade): Promise<SandboxTrade> {
  try {
    return tradeOf(await db.sandboxTrade.create({ data: { ...trade, gateway: GATEWAY } }));
  } catch (error) {
    const existing = await findTrade(db, trade.outTradeNo);
    if (!existing) throw error;
    return existing;
  }
}

/** Closes the trade if it still waits past its expiry. */
export async function closeIfExpired(db: Database | Tx, id: string, now: Date): Promise<void> {
  await db.sandboxTrade.updateMany({
    where: { id, state: 'WAIT_BUYER_PAY', expiresAt: { lte: now } },
    data: { state: 'TRADE_CLOSED', closedAt: now },
  });
}

/** True for the one caller that turned a waiting, unexpired trade into `state`. */
export async function leaveWaiting(
  tx: Database | Tx,
  id: string,
  change: { readonly state: SandboxTradeState; readonly at: Date },
): Promise<boolean> {
  const stamp = change.state === 'TRADE_SUCCESS' ? { paidAt: change.at } : { closedAt: change.at };
  const { count } = await tx.sandboxTrade.updateMany({
    where: {
      id,
      state: 'WAIT_BUYER_PAY',
      OR: [{ expiresAt: null }, { expiresAt: { gt: change.at } }],
    },
    data: { state: change.state, ...stamp },
  });
  return count === 1;
}

export async function findRefund(
  db: Database | Tx,
  tradeId: string,
  outRequestNo: string,
): Promise<SandboxRefund | null> {
  return db.sandboxRefund.findUnique({ where: { tradeId_outRequestNo: { tradeId, outRequestNo } } });
}

/**
 * Adds a refund to a trade that still looks as `before` did; false when another refund came in between and
 * nothing was changed.
 */
export async function addRefund(
  tx: Tx,
  before: SandboxTrade,
  refund: SandboxRefund & {
    readonly id: string;
    readonly refundedMinor: bigint;
    readonly state: SandboxTradeState;
  },
): Promise<boolean> {
  const { count } = await tx.sandboxTrade.updateMany({
    where: { id: before.id, state: before.state, refundedMinor: before.refundedMinor },
    data: {
      state: refund.state,
      refundedMinor: refund.refundedMinor,
      ...(refund.state === 'TRADE_CLOSED' ? { closedAt: refund.createdAt } : {}),
    },
  });
  if (count !== 1) return false;
  const { id, outRequestNo, amountMinor, createdAt } = refund;
  await tx.sandboxRefund.create({ data: { id, tradeId: before.id, outRequestNo, amountMinor, createdAt } });
  return true;
}

/** The switches in force for a trade number, whether its trade exists yet or not. */
export async function readSwitches(db: Database | Tx, outTradeNo: string | null): Promise<SandboxSwitches> {
  const rows = await db.sandboxSwitches.findMany({
    where: { gateway: GATEWAY, scope: { in: outTradeNo === null ? [FOR_ALL] : [FOR_ALL, outTradeNo] } },
  });
  const of = (scope: string) => {
    const row = rows.find((candidate) => candidate.scope === scope);
    return row ? switchesSchema.parse(JSON.parse(row.switches)) : {};
  };
  return outTradeNo === null ? of(FOR_ALL) : mergeSwitches(of(FOR_ALL), of(outTradeNo));
}

/** Replaces the switches of one trade number, or those for all trades (`null`). */
export async function writeSwitches(
  db: Database,
  outTradeNo: string | null,
  switches: SandboxSwitches,
): Promise<void> {
  const key = { gateway: GATEWAY, scope: outTradeNo ?? FOR_ALL };
  const text = JSON.stringify(switches);
  await db.sandboxSwitches.upsert({
    where: { gateway_scope: key },
    create: { ...key, switches: text },
    update: { switches: text },
  });
}

function tradeOf(row: TradeRow): SandboxTrade {
  const state = STATES.find((known) => known === row.state);
  invariant(state, `a sandbox trade is in the unknown state ${row.state}`);
  const { gateway: _, ...fields } = row;
  return { ...fields, state };
}
