import type { Id } from '@/lib/kernel';
import { isSessionAlive, SESSION_TOUCH_MS, type SignedInUser, sessionExpiry } from './model';
import { findSessionWithAccount, type IdentityContext } from './store';

/**
 * Who stands behind a session at this moment; `null` when it was revoked, has ended, or its account is closed. Asked
 * at every request, so a revoked session is dead at once. A use moves the end ahead, written at most once an hour.
 */
export async function checkSession(
  { db, now }: IdentityContext,
  sessionId: Id<'ses'>,
): Promise<SignedInUser | null> {
  const found = await findSessionWithAccount(db, sessionId);
  if (!found || !isSessionAlive(found.session, now) || found.account.disabledAt) return null;
  const { session, account } = found;
  if (now.getTime() - session.lastSeenAt.getTime() >= SESSION_TOUCH_MS) {
    // Guarded: a revocation in the same moment is not undone, and of two requests one writes.
    await db.session.updateMany({
      where: { id: session.id, revokedAt: null, lastSeenAt: session.lastSeenAt },
      data: { lastSeenAt: now, expiresAt: sessionExpiry(session.createdAt, now) },
    });
  }
  return { id: account.id, name: account.name, role: account.role, sessionId: session.id };
}
