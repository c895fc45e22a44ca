import { type CardContext, cardKeys } from '@/lib/cards';
import { database } from '@/lib/database';
import { env } from '@/lib/env';

/** What every operation of the counter is given: the cards' context. */
export type SalesContext = CardContext;

/** The counter as this process is configured, at this moment. */
export function salesContext(now: Date): SalesContext {
  return { db: database(), now, keys: cardKeys(), zone: env().issuerZone };
}
