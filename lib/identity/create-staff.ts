import { recordAudit } from '@/lib/audit';
import { failureOf, transaction } from '@/lib/database';
import { type Id, ok, type Result, refuse } from '@/lib/kernel';
import { parseLogin } from './login';
import type { CreateStaffRefusal, Role } from './model';
import { hashPassword, judgePassword } from './passwords';
import { type IdentityContext, insertAccount } from './store';

/** Opens an account for someone who works here. For the command line alone: no page makes staff. */
export async function createStaff(
  { db, now }: IdentityContext,
  input: { login: string; name: string; role: Exclude<Role, 'shopper'>; password: string; locale: string },
): Promise<Result<Id<'usr'>, CreateStaffRefusal>> {
  const login = parseLogin(input.login);
  if (!login) return refuse({ code: 'login_invalid' });
  const { name, role, locale } = input;
  const weakness = judgePassword(input.password, { login, name });
  if (weakness) return refuse({ code: weakness });
  const passwordHash = await hashPassword(input.password);
  try {
    return ok(
      await transaction(db, async (tx) => {
        const id = await insertAccount(tx, { login, name, role, passwordHash, locale, now });
        const subject = { type: 'user', id };
        await recordAudit(tx, { at: now, actor: null, action: 'staff.created', subject, detail: { role } });
        return id;
      }),
    );
  } catch (error) {
    if (failureOf(error) === 'unique') return refuse({ code: 'login_taken' });
    throw error;
  }
}
