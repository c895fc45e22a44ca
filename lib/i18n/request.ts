import { cookies } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { env } from '../env';
import { LOCALE_COOKIE, parseLocale } from './locale';
import { messagesOf } from './messages';

/** Every date on screen is read in the issuer's zone: a card ends at the end of a day there. */
export default getRequestConfig(async ({ locale: explicit }) => {
  const locale = parseLocale(explicit ?? (await cookies()).get(LOCALE_COOKIE)?.value);
  return { locale, messages: messagesOf(locale), timeZone: env().issuerZone };
});
