import { database } from '@/lib/database';
import { checkSession, type SignedInUser } from '@/lib/identity';
import { sessionOfToken } from './session-cookie';

/** Who asks with this token, or `null`. Looked up in the database each time: a revoked session is nobody. */
export async function signedInUser(token: string | undefined): Promise<SignedInUser | null> {
  const sessionId = await sessionOfToken(token);
  return sessionId && checkSession({ db: database(), now: new Date() }, sessionId);
}
