import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { requireUser } from '@/app/viewer';
import { type CardServices, cardServices } from '@/lib/cards';
import { database } from '@/lib/database';
import { env } from '@/lib/env';

/** What the reader can ask for this card of theirs; for another's there is no such page. Read once for title and page. */
export const ownServices = cache(async (cardId: string): Promise<CardServices> => {
  const user = await requireUser();
  const context = { db: database(), now: new Date(), zone: env().issuerZone };
  return (await cardServices(context, user.id, cardId)) ?? notFound();
});
