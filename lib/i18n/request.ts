import { cookies } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { LOCALE_COOKIE, parseLocale } from './locale';
import { messagesOf } from './messages';

/** The issuer's zone: a card ends at the end of a day there, and every date on screen is read there. */
const ISSUER_TIME_ZONE = 'Asia/Shanghai';

export default getRequestConfig(async ({ locale: explicit }) => {
  const locale = parseLocale(explicit ?? (await cookies()).get(LOCALE_COOKIE)?.value);
  return { locale, messages: messagesOf(locale), timeZone: ISSUER_TIME_ZONE };
});
