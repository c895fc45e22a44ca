import {
  type CardContext,
  type CardRequest,
  type DecisionRefusal,
  extendCard,
  findRequest,
  grantExchange,
  refuseRequest,
  reissueCard,
} from '@/lib/cards';
import { hasRole } from '@/lib/identity';
import { ok, parseDay, plusMs, type Result, refuse } from '@/lib/kernel';
import type { ExtensionRefusal } from '@/lib/policy';
import { recordSuccess, takeAttempt } from '@/lib/risk';
import { checkIdentity } from '@/lib/sales';
import { mayHelp } from './case-context';
import type { Agent } from './model';
import type { DecisionFields } from './schemas';

export type DecideRefusal =
  | DecisionRefusal
  | ExtensionRefusal
  | { readonly code: 'last_day_missing' }
  /** What the caller says of themselves is not what is on file. */
  | { readonly code: 'identity_differs' }
  | { readonly code: 'identity_missing' }
  /** Nothing is on file: a supervisor must have seen the document. */
  | { readonly code: 'identity_unknown' }
  | { readonly code: 'too_many_checks'; readonly retryAt: Date };

/**
 * Decides a request for support. Approving a loss asks who the caller is first: name and document are compared with what
 * is on file, and neither is shown; where nothing is on file, a supervisor vouches for having seen the document. To those
 * who are no staff there is no request.
 */
export async function decideRequest(
  context: CardContext,
  { actor, fields }: { readonly actor: Agent; readonly fields: DecisionFields },
): Promise<Result<{ readonly request: CardRequest }, DecideRefusal>> {
  if (!mayHelp(actor)) return refuse({ code: 'request_not_found' });
  const { requestId, answer, decision } = fields;
  const request = await findRequest(context.db, requestId);
  if (!request) return refuse({ code: 'request_not_found' });
  const said = { requestId, actor, answer };
  if (decision === 'refuse') return refuseRequest(context, said);
  switch (request.kind) {
    case 'loss': {
      if (request.state !== 'open') return refuse({ code: 'already_decided', state: request.state });
      if (request.userId === actor.id) return refuse({ code: 'own_request' });
      const known = await knowsCaller(context, { actor, fields, request });
      return known.ok ? reissueCard(context, said) : known;
    }
    case 'extension': {
      const lastDay = parseDay(fields.lastDay);
      if (lastDay === null) return refuse({ code: 'last_day_missing' });
      return extendCard(context, { ...said, lastDay });
    }
    case 'exchange':
      return grantExchange(context, said);
  }
}

/** Whether the caller is the holder, as far as can be known. A few tries for each request, then it takes a while. */
async function knowsCaller(
  { db, now, keys }: CardContext,
  of: { readonly actor: Agent; readonly fields: DecisionFields; readonly request: CardRequest },
): Promise<Result<undefined, DecideRefusal>> {
  const { actor, fields, request } = of;
  const { name, document } = fields;
  const vouches = fields.seen === 'on' && hasRole(actor.role, 'supervisor');
  if (!vouches && (name === '' || document === '')) return refuse({ code: 'identity_missing' });
  const subjects = [{ scope: 'identity:request' as const, key: request.id }];
  const allowed = await takeAttempt(db, now, subjects);
  if (!allowed.ok) {
    return refuse({ code: 'too_many_checks', retryAt: plusMs(now, allowed.refusal.retryAfterMs) });
  }
  const check = { userId: request.userId, name, number: document, actor, keys };
  const outcome = await checkIdentity({ db, now }, check);
  if (outcome === 'differs') return refuse({ code: 'identity_differs' });
  if (outcome === 'none_on_file' && !vouches) return refuse({ code: 'identity_unknown' });
  await recordSuccess(db, subjects);
  return ok();
}
