import { database } from '@/lib/database';
import { checkSession, type SignedInUser } from '@/lib/identity';
import type { Id } from '@/lib/kernel';

/** Who asks in this session, or `null`. Looked up in the database each time: a revoked session is nobody. */
export async function signedInUser(sessionId: Id<'ses'> | null): Promise<SignedInUser | null> {
  return sessionId && checkSession({ db: database(), now: new Date() }, sessionId);
}
