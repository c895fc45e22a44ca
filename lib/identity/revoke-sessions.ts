import { recordAudit } from '@/lib/audit';
import { transaction } from '@/lib/database';
import { type Id, ok, type Result, refuse } from '@/lib/kernel';
import type { SignedInUser } from './model';
import type { IdentityContext } from './store';

/** Ends the session one is in. Ending it twice is no error. */
export async function signOut(context: IdentityContext, sessionId: Id<'ses'>): Promise<void> {
  await context.db.session.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { revokedAt: context.now },
  });
}

/** Ends one of one's own sessions. Refuses `session_not_found` for any other id, be it somebody's or nobody's. */
export async function revokeSession(
  { db, now }: IdentityContext,
  input: { user: SignedInUser; sessionId: Id<'ses'> },
): Promise<Result<undefined, { code: 'session_not_found' }>> {
  return transaction(db, async (tx) => {
    const { user, sessionId } = input;
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, userId: user.id, revokedAt: null },
      data: { revokedAt: now },
    });
    if (count === 0) return refuse({ code: 'session_not_found' });
    await recordAudit(tx, {
      at: now,
      actor: user,
      action: 'session.revoked',
      subject: { type: 'session', id: sessionId },
    });
    return ok();
  });
}

/** Ends all of one's sessions but the one one is in; returns how many. */
export async function revokeOtherSessions({ db, now }: IdentityContext, user: SignedInUser): Promise<number> {
  return transaction(db, async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { userId: user.id, id: { not: user.sessionId }, revokedAt: null, expiresAt: { gt: now } },
      data: { revokedAt: now },
    });
    if (count > 0) {
      const subject = { type: 'user', id: user.id };
      await recordAudit(tx, { at: now, actor: user, action: 'sessions.revoked', subject, detail: { count } });
    }
    return count;
  });
}
