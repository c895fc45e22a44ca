/** The languages the interface is written in; the first is the default. */
export const LOCALES = ['zh-CN', 'en'] as const;

export type Locale = (typeof LOCALES)[number];

/** Remembers the chosen language for a year. Not secret, readable by the server only. */
export const LOCALE_COOKIE = 'kabao_locale';

export const DEFAULT_LOCALE: Locale = 'zh-CN';

/** Narrows text from outside to a language; the default when it is none of ours. */
export function parseLocale(text: string | undefined): Locale {
  return LOCALES.find((locale) => locale === text) ?? DEFAULT_LOCALE;
}
