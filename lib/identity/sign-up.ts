import { recordAudit } from '@/lib/audit';
import { failureOf, transaction } from '@/lib/database';
import { ok, type Result, refuse } from '@/lib/kernel';
import { takeAttempt } from '@/lib/risk';
import { maskLogin, parseLogin } from './login';
import type { RequestOrigin, SignedInUser, SignUpRefusal } from './model';
import { hashPassword, judgePassword } from './passwords';
import { type IdentityContext, insertAccount, insertSession } from './store';

/**
 * Opens a shopper's account and signs it in. An empty `name` becomes the masked login.
 *
 * Refuses `login_taken` openly. Hiding it would need a message to the address itself, which a shop whose shoppers
 * register a phone number and go on at once cannot wait for, and "已注册，请登录" is what people expect; what it gives
 * away is bounded by counting every sign-up of a network, good ones too. Also refuses weak passwords, each with its
 * reason, and `throttled`.
 */
export async function signUp(
  context: IdentityContext,
  input: { login: string; name: string; password: string; locale: string; origin: RequestOrigin },
): Promise<Result<SignedInUser, SignUpRefusal>> {
  const { db, now } = context;
  const login = parseLogin(input.login);
  if (!login) return refuse({ code: 'login_invalid' });
  const name = input.name.trim() || maskLogin(login);
  const weakness = judgePassword(input.password, { login, name });
  if (weakness) return refuse({ code: weakness });

  const attempt = await takeAttempt(db, now, [{ scope: 'sign-up:network', key: input.origin.network }]);
  if (!attempt.ok) return attempt;

  const passwordHash = await hashPassword(input.password);
  try {
    return ok(
      await transaction(db, async (tx) => {
        const role = 'shopper';
        const id = await insertAccount(tx, { login, name, role, passwordHash, locale: input.locale, now });
        const session = await insertSession(tx, { userId: id, origin: input.origin, now });
        const actor = { id, role };
        await recordAudit(tx, { at: now, actor, action: 'account.created', subject: { type: 'user', id } });
        return { id, name, role, sessionId: session.id } as const;
      }),
    );
  } catch (error) {
    if (failureOf(error) === 'unique') return refuse({ code: 'login_taken' });
    throw error;
  }
}
