import { commitUnit, type Row } from '@/lib/database';
import { reseal } from '@/lib/vault';
import type { CardContext } from './issue-cards';
import { sealedCardsAfter } from './store';

const CARDS_PER_PAGE = 500;

/**
 * Brings every sealed number and password under the current key, so that an older key can be taken away; returns how
 * many cards changed. Safe to stop and run again, and beside a running server.
 */
export async function resealCards({ db, keys }: Pick<CardContext, 'db' | 'keys'>): Promise<number> {
  let changed = 0;
  for (let after = ''; ; ) {
    const cards = await sealedCardsAfter(db, after, CARDS_PER_PAGE);
    for (const card of cards) {
      const set: Record<string, string> = {};
      const subject = { owner: card.id };
      const number =
        card.sealedNumber && reseal(keys.seal, { ...subject, field: 'number' }, card.sealedNumber);
      const password =
        card.sealedPassword && reseal(keys.seal, { ...subject, field: 'password' }, card.sealedPassword);
      if (number) set.sealedNumber = number;
      if (password) set.sealedPassword = password;
      if (Object.keys(set).length === 0) continue;
      const { sealedNumber, sealedPassword } = card;
      const expect: Row = { sealedNumber, sealedPassword };
      const outcome = await commitUnit(db, {
        updates: [{ table: 'Card', key: { id: card.id }, expect, set }],
      });
      if (outcome.outcome === 'committed') changed += 1;
    }
    const last = cards.at(-1);
    if (!last) return changed;
    after = last.id;
  }
}
