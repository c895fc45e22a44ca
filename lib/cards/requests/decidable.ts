import type { Database, Tx } from '@/lib/database';
import { ok, type Result, refuse } from '@/lib/kernel';
import type { CardActor } from '../move-card';
import type { CardRequest, DecisionRefusal, RequestKind } from './model';
import { findRequest } from './store';

/** The open request of this kind, for an actor who may decide it: nobody decides their own. */
export async function decidable(
  client: Database | Tx,
  of: { readonly requestId: string; readonly kind: RequestKind; readonly actor: CardActor },
): Promise<Result<CardRequest, DecisionRefusal>> {
  const request = await findRequest(client, of.requestId);
  if (!request || request.kind !== of.kind) return refuse({ code: 'request_not_found' });
  if (request.state !== 'open') return refuse({ code: 'already_decided', state: request.state });
  if (request.userId === of.actor.id) return refuse({ code: 'own_request' });
  return ok(request);
}
