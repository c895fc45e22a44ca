import { recordAudit } from '@/lib/audit';
import { transaction } from '@/lib/database';
import { invariant, ok, type Result, refuse } from '@/lib/kernel';
import { recordSuccess, takeAttempt } from '@/lib/risk';
import type { ChangePasswordRefusal, SignedInUser } from './model';
import { hashPassword, judgePassword, verifyPassword } from './passwords';
import { findAccount, type IdentityContext } from './store';

/**
 * Changes one's password and ends every other session: who changes it may be shutting somebody out. Asks for the
 * current one, because a phone left open is not its owner. Returns how many sessions ended.
 */
export async function changePassword(
  { db, now }: IdentityContext,
  input: { user: SignedInUser; currentPassword: string; newPassword: string },
): Promise<Result<{ endedSessions: number }, ChangePasswordRefusal>> {
  const { user, currentPassword, newPassword } = input;
  const account = await findAccount(db, user.id);
  invariant(account, 'a signed-in user has an account');
  const weakness = judgePassword(newPassword, account);
  if (weakness) return refuse({ code: weakness });

  const subjects = [{ scope: 'password:account', key: user.id }] as const;
  const attempt = await takeAttempt(db, now, subjects);
  if (!attempt.ok) return attempt;
  if (!(await verifyPassword(account.passwordHash, currentPassword))) {
    return refuse({ code: 'current_password_wrong' });
  }
  if (newPassword === currentPassword) {
    await recordSuccess(db, subjects);
    return refuse({ code: 'password_unchanged' });
  }

  const passwordHash = await hashPassword(newPassword);
  return transaction(db, async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: user.id, passwordHash: account.passwordHash },
      data: { passwordHash },
    });
    // Another change won between the check and here: the password that was shown to us is no longer the current one.
    if (count === 0) return refuse({ code: 'current_password_wrong' });
    await recordSuccess(tx, subjects);
    const ended = await tx.session.updateMany({
      where: { userId: user.id, id: { not: user.sessionId }, revokedAt: null, expiresAt: { gt: now } },
      data: { revokedAt: now },
    });
    await recordAudit(tx, {
      at: now,
      actor: user,
      action: 'password.changed',
      subject: { type: 'user', id: user.id },
      detail: { endedSessions: ended.count },
    });
    return ok({ endedSessions: ended.count });
  });
}
