import { invariant, ok, type Result, refuse } from '@/lib/kernel';
import { recordSuccess, takeAttempt } from '@/lib/risk';
import type { ChangePasswordRefusal, SignedInUser } from './model';
import { verifyPassword } from './passwords';
import { findAccount, type IdentityContext } from './store';

/**
 * Checks the password once more before something that a phone left open must not allow. Guesses are counted together with
 * those of the password change, so that whoever has the phone does not get twice as many.
 */
export async function confirmPassword(
  { db, now }: IdentityContext,
  { user, password }: { readonly user: SignedInUser; readonly password: string },
): Promise<
  Result<undefined, Extract<ChangePasswordRefusal, { code: 'current_password_wrong' | 'throttled' }>>
> {
  const account = await findAccount(db, user.id);
  invariant(account, 'a signed-in user has an account');
  const subjects = [{ scope: 'password:account', key: user.id }] as const;
  const attempt = await takeAttempt(db, now, subjects);
  if (!attempt.ok) return attempt;
  if (!(await verifyPassword(account.passwordHash, password)))
    return refuse({ code: 'current_password_wrong' });
  await recordSuccess(db, subjects);
  return ok();
}
