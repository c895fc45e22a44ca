import { auditRow } from '@/lib/audit';
import { commitUnit } from '@/lib/database';
import { type Id, ok, type Result, refuse } from '@/lib/kernel';
import { unseal } from '@/lib/vault';
import type { CardContext } from '../issue-cards';
import type { CardSecret } from '../issue-list';
import { FORGOTTEN } from '../kept-secrets';
import type { CardActor } from '../move-card';
import { findSealedSecrets, hasRetiredNumber } from './store';

/**
 * The new number and password of a card that was replaced or exchanged, for its holder and once: the sealed copies are
 * gone before they are handed out, and of two who ask at the same moment one is answered.
 */
export async function takeNewSecrets(
  { db, keys, now }: Pick<CardContext, 'db' | 'keys' | 'now'>,
  { cardId, actor }: { readonly cardId: string; readonly actor: CardActor & { readonly id: Id<'usr'> } },
): Promise<Result<CardSecret, { readonly code: 'nothing_to_show' }>> {
  const sealed = await newSecretsOf({ db }, { cardId, userId: actor.id });
  if (!sealed) return refuse({ code: 'nothing_to_show' });
  const outcome = await commitUnit(db, {
    updates: [
      {
        table: 'Card',
        key: { id: cardId },
        expect: { holderId: actor.id, ...sealed },
        set: FORGOTTEN,
      },
    ],
    inserts: [
      {
        table: 'AuditEvent',
        rows: [
          auditRow({
            at: now,
            actor,
            action: 'card.secrets_taken',
            subject: { type: 'card', id: cardId },
          }),
        ],
      },
    ],
  });
  if (outcome.outcome !== 'committed') return refuse({ code: 'nothing_to_show' });
  return ok({
    number: unseal(keys.seal, { owner: cardId, field: 'number' }, sealed.sealedNumber),
    password: unseal(keys.seal, { owner: cardId, field: 'password' }, sealed.sealedPassword),
  });
}

/**
 * The sealed secrets of a card that got new ones and whose holder has not looked yet. What a card was sold with is no
 * such thing, though it may be sealed too.
 */
export async function newSecretsOf(
  { db }: Pick<CardContext, 'db'>,
  { cardId, userId }: { readonly cardId: string; readonly userId: Id<'usr'> },
) {
  if (!(await hasRetiredNumber(db, cardId))) return null;
  return findSealedSecrets(db, { cardId, holderId: userId });
}
