import type { AbstractIntlMessages } from 'next-intl';
import type { Locale } from './locale';

/**
 * All texts of a language, by namespace: `messages/zh-CN/cards.json` is the namespace `cards`. The bundler lists the
 * folder, so a new file needs no registration. Server only: a page passes the few strings a client component
 * needs as props.
 */
export function messagesOf(locale: Locale): AbstractIntlMessages {
  return MESSAGES[locale];
}

const FILES = import.meta.glob<AbstractIntlMessages>('../../messages/*/*.json', {
  eager: true,
  import: 'default',
});

const MESSAGES: Record<Locale, AbstractIntlMessages> = { 'zh-CN': collect('zh-CN'), en: collect('en') };

function collect(locale: Locale): AbstractIntlMessages {
  const namespaces: AbstractIntlMessages = {};
  for (const [path, texts] of Object.entries(FILES)) {
    const [folder, file] = path.split('/').slice(-2);
    if (folder === locale && file) namespaces[file.replace(/\.json$/, '')] = texts;
  }
  return namespaces;
}
