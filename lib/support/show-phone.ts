import { recordAudit } from '@/lib/audit';
import { ok, parseId, type Result, refuse } from '@/lib/kernel';
import { mayHelp } from './case-context';
import { type Agent, readablePhone } from './model';
import type { SupportContext } from './search';
import { findPhone } from './store';

/**
 * Unmasks a holder's phone number, to call back. An act of its own, written down before the number is given. Refuses
 * `not_found` to those who are no staff, and where there is no number.
 */
export async function showPhone(
  { db, now }: SupportContext,
  { actor, holderId }: { readonly actor: Agent; readonly holderId: string },
): Promise<Result<{ readonly phone: string }, { readonly code: 'not_found' }>> {
  const id = parseId('usr', holderId);
  if (!id || !mayHelp(actor)) return refuse({ code: 'not_found' });
  const phone = await findPhone(db, id);
  if (phone === null) return refuse({ code: 'not_found' });
  await recordAudit(db, { at: now, actor, action: 'phone.shown', subject: { type: 'user', id } });
  return ok({ phone: readablePhone(phone) });
}
