import { DAY_MS, plusMs } from '@/lib/kernel';
import type { OutboxContext } from './deliver-outbox';

const KEPT_MS = 30 * DAY_MS;

/** Removes messages that were delivered a month ago; answers how many. What waits or is parked stays. */
export async function forgetDelivered({ db, now }: OutboxContext): Promise<number> {
  const { count } = await db.outboxMessage.deleteMany({
    where: { deliveredAt: { lt: plusMs(now, -KEPT_MS) } },
  });
  return count;
}
