import type { Database } from '../lib/database';

/**
 * Makes everything due now that is due until `until`: checks of payments and refunds, messages, and what a worker that died
 * had taken. What nobody would come back to by then stays as it is, and is found stuck.
 */
export async function bringForward(db: Database, until: Date): Promise<void> {
  const now = new Date();
  const soon = { gt: now, lte: until };
  await db.payment.updateMany({ where: { checkAt: soon }, data: { checkAt: now } });
  await db.refund.updateMany({ where: { checkAt: soon }, data: { checkAt: now } });
  const waiting = { deliveredAt: null };
  await db.outboxMessage.updateMany({ where: { ...waiting, availableAt: soon }, data: { availableAt: now } });
  await db.outboxMessage.updateMany({ where: { ...waiting, leasedUntil: soon }, data: { leasedUntil: now } });
}
