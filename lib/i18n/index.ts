export { LOCALE_COOKIE, LOCALES, type Locale, parseLocale } from './locale';
