import { recordAudit } from '@/lib/audit';
import { transaction } from '@/lib/database';
import { type Id, ok, type Result, refuse } from '@/lib/kernel';
import { recordSuccess, type ThrottleSubject, takeAttempt } from '@/lib/risk';
import { parseLogin } from './login';
import type { RequestOrigin, SignedInUser, SignInRefusal } from './model';
import { hashPassword, isOutdated, verifyPassword } from './passwords';
import { type Account, findAccountByLogin, type IdentityContext, insertSession } from './store';

/**
 * Signs a person in and starts a session.
 * - `knownDevice`: this browser signed in to this login before (it holds our proof of that). Its mistakes are then
 *   counted apart, so that a stranger who keeps guessing elsewhere cannot keep the owner out.
 *
 * Refuses `wrong_credentials` for an unknown login and for a wrong password alike, after the same work; `throttled`;
 * `account_disabled` only to someone who knows the password.
 */
export async function signIn(
  context: IdentityContext,
  input: { login: string; password: string; origin: RequestOrigin; knownDevice: boolean },
): Promise<Result<SignedInUser, SignInRefusal>> {
  const { db, now } = context;
  const login = parseLogin(input.login);
  const subjects = signInSubjects(login?.value ?? input.login, input);
  const attempt = await takeAttempt(db, now, subjects);
  if (!attempt.ok) return attempt;

  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const account = login && (await findAccountByLogin(db, login));
    const right = await verifyPassword(account?.passwordHash ?? null, input.password);
    if (!account || !right) return refuse({ code: 'wrong_credentials' });
    if (account.disabledAt) return refuse({ code: 'account_disabled' });
    const renewedHash = isOutdated(account.passwordHash) ? await hashPassword(input.password) : null;
    const sessionId = await startSession(context, { account, origin: input.origin, renewedHash, subjects });
    if (sessionId) return ok({ id: account.id, name: account.name, role: account.role, sessionId });
  }
  throw new Error('an account kept changing while somebody signed in');
}

/** A password that was changed while it was checked is checked again; people do not change it this often. */
const MOST_TRIES = 4;

/** Returns `null`, and has changed nothing, when the account is no longer the one whose password was checked. */
function startSession(
  { db, now }: IdentityContext,
  start: {
    account: Account;
    origin: RequestOrigin;
    renewedHash: string | null;
    subjects: readonly ThrottleSubject[];
  },
): Promise<Id<'ses'> | null> {
  const { account, origin, renewedHash, subjects } = start;
  return transaction(db, async (tx) => {
    // Locks the account: a change of password either comes first and is seen here, or waits and then ends this session.
    const { count } = await tx.user.updateMany({
      where: { id: account.id, passwordHash: account.passwordHash, disabledAt: null },
      data: { passwordHash: renewedHash ?? account.passwordHash },
    });
    if (count === 0) return null;
    await recordSuccess(tx, subjects);
    const session = await insertSession(tx, { userId: account.id, origin, now });
    await recordAudit(tx, sessionStarted(account, session.id, now));
    return session.id;
  });
}

function signInSubjects(
  loginText: string,
  { origin, knownDevice }: { origin: RequestOrigin; knownDevice: boolean },
): ThrottleSubject[] {
  if (knownDevice) return [{ scope: 'sign-in:device', key: `${loginText}\n${origin.deviceId}` }];
  return [
    { scope: 'sign-in:account', key: loginText },
    { scope: 'sign-in:network', key: origin.network },
  ];
}

function sessionStarted(account: Account, sessionId: Id<'ses'>, now: Date) {
  return {
    at: now,
    actor: { id: account.id, role: account.role },
    action: 'session.started',
    subject: { type: 'session', id: sessionId },
  } as const;
}
