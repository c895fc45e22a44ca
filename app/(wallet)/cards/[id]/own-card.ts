import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { requireUser } from '@/app/viewer';
import { cardOf } from '@/lib/cards';
import { database } from '@/lib/database';

/** The reader's own card; another's does not exist. Read once for the title and the page. */
export const ownCardOf = cache(async (cardId: string) => {
  const user = await requireUser();
  return (await cardOf({ db: database(), now: new Date() }, user.id, cardId)) ?? notFound();
});
