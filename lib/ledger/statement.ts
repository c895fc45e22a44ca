import type { Database, Tx } from '@/lib/database';
import { type Movement, movementOfCode } from './chart';
import type { AccountId } from './model';

/** One posted change of a card's account, newest first in a page. */
export interface StatementEntry {
  /** Counts from 1 without gaps. */
  readonly number: bigint;
  readonly transferId: string;
  readonly movement: Movement | null;
  readonly reference: string | null;
  /** Signed minor units: what came in is positive. */
  readonly amountMinor: bigint;
  readonly balanceAfterMinor: bigint;
  readonly at: Date;
}

export interface StatementPage {
  readonly entries: readonly StatementEntry[];
  /** Give it as `before` to read on; `null` at the oldest entry. */
  readonly nextBefore: bigint | null;
}

/** A page of a card account's statement; its cost does not depend on the length of the statement. */
export async function statementOf(
  client: Database | Tx,
  accountId: AccountId,
  page: { before?: bigint | undefined; size: number },
): Promise<StatementPage> {
  const rows = await client.entry.findMany({
    where: { accountId, ...(page.before === undefined ? {} : { number: { lt: page.before } }) },
    orderBy: { number: 'desc' },
    take: page.size + 1,
    include: { transfer: { select: { code: true, reference: true } } },
  });
  const entries = rows.slice(0, page.size).map((row) => ({
    number: row.number,
    transferId: row.transferId,
    movement: movementOfCode(row.transfer.code),
    reference: row.transfer.reference,
    amountMinor: row.amount,
    balanceAfterMinor: row.balanceAfter,
    at: row.createdAt,
  }));
  const last = entries.at(-1);
  return { entries, nextBefore: rows.length > page.size && last ? last.number : null };
}
