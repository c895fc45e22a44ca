export { DEFAULT_LOCALE, LOCALE_COOKIE, LOCALES, type Locale, parseLocale } from './locale';
export { messagesOf } from './messages';
