import { invariant } from '@/lib/kernel';
import { type IdentityContext, type RequestOrigin, type SignedInUser, signUp } from './index';

/** For tests: a shopper who signed up from a network of their own, and the session that this gave. */
export async function signedUpShopper(
  context: IdentityContext,
  given: { login?: string; password?: string; name?: string } = {},
): Promise<SignedInUser> {
  const result = await signUp(context, {
    login: given.login ?? '13800138000',
    password: given.password ?? TEST_PASSWORD,
    name: given.name ?? '',
    locale: 'zh-CN',
    origin: originOf('sign-up'),
  });
  invariant(result.ok, 'a test shopper can sign up');
  return result.value;
}

export const TEST_PASSWORD = 'tulip radiator seven';

/** Requests of one device on one network; another word is another of both. */
export function originOf(place: string): RequestOrigin {
  return { network: `network of ${place}`, deviceId: `device of ${place}`, userAgent: null };
}
