import { type Id, invariant, ok, parseId, type Result, refuse } from '@/lib/kernel';
import { changeSetting, settingsOf } from './card-settings';
import { isOwn, type OwnCardRequest } from './hold-own-card';
import type { MoveContext } from './move-card';
import { findCard } from './store';

/**
 * Puts one's own card out of the wallet's first view (归档), or back. It stays what it is: it counts, pays and is told of
 * as before. Doing it twice is doing it once.
 */
export async function archiveCard(
  { db, now }: MoveContext,
  request: OwnCardRequest & { readonly archived: boolean },
): Promise<Result<{ readonly cardId: Id<'crd'> }, { readonly code: 'card_not_found' }>> {
  const cardId = parseId('crd', request.cardId);
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const card = cardId && (await findCard(db, cardId));
    if (!card || !isOwn(card, request)) return refuse({ code: 'card_not_found' });
    const before = (await settingsOf(db, [card.id])).get(card.id);
    const isArchived = before?.archivedAt != null;
    if (isArchived === request.archived) return ok({ cardId: card.id });
    const change = { archivedAt: request.archived ? now : null };
    if (await changeSetting(db, card, { before, change })) return ok({ cardId: card.id });
  }
  invariant(false, `card ${request.cardId} kept changing while it was archived`);
}

/** Settings that were changed meanwhile are read anew; people do not change them this often at once. */
const MOST_TRIES = 4;
