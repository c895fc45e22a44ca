import { type CardContext, cardKeys } from '@/lib/cards';
import { type Database, database, type Tx } from '@/lib/database';
import { env } from '@/lib/env';
import type { Id } from '@/lib/kernel';

/** What makes gifts of cards and ends them; null where this installation has no gifts. */
export interface GiftPort {
  /** Puts the cards into envelopes, in the caller's transaction. `plan` is the JSON that the purchase kept sealed. */
  readonly create: (
    tx: Tx,
    gifts: {
      readonly purchaseId: Id<'pur'>;
      readonly senderId: Id<'usr'>;
      readonly cardIds: readonly Id<'crd'>[];
      readonly plan: string;
      readonly now: Date;
    },
  ) => Promise<unknown>;
}

/** What every operation of the counter is given. */
export interface SalesContext extends CardContext {
  readonly db: Database;
  readonly gifts: GiftPort | null;
}

/** The counter as this process is configured, at this moment. */
export function salesContext(now: Date): SalesContext {
  return { db: database(), now, keys: cardKeys(), zone: env().issuerZone, gifts: null };
}
