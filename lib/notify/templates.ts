import type { Locale } from '@/lib/i18n/locale';
import en from '@/messages/en/notify.json';
import zh from '@/messages/zh-CN/notify.json';
import type { Content } from './channels';
import type { Facts } from './facts';
import type { ToldTopic } from './model';

/** What a message says, for the inbox and for what goes out. */
export interface Words {
  readonly title: string;
  readonly text: string;
}

/** The texts are read straight from their files: the worker runs without the bundler that pages have them from. */
const TEXTS = { 'zh-CN': zh, en } as const;

export function wordsOf(topic: ToldTopic, facts: Facts, locale: Locale): Words {
  const { title, text } = textsOf(topic, locale);
  return { title: filled(title, facts), text: filled(text, facts) };
}

/** The same for mail and short message. `origin` is where the links of a mail lead. */
export function contentOf(
  topic: ToldTopic,
  facts: Facts,
  { locale, origin }: { locale: Locale; origin: string },
): Content {
  const { title, text } = wordsOf(topic, facts, locale);
  const { brand, look, settings, mailFooter } = TEXTS[locale].mail;
  const link = facts.path ? { label: look, href: origin + facts.path } : null;
  const preferences = { label: settings, href: `${origin}/account/notifications` };
  const lines = [text, link && lineOf(link, locale), `${mailFooter}\n${lineOf(preferences, locale)}`];
  return {
    subject: `${title} · ${brand}`,
    text: `${lines.filter((line) => line !== null).join('\n\n')}\n`,
    html: pageOf({ locale, title, text, link, footer: { text: mailFooter, link: preferences } }),
    parameters: { card: facts.card, amount: facts.amount, day: facts.day },
  };
}

/** The mail that brings a gift, from its words. It offers no settings: who gets it may have no account. */
export function giftMail(letter: { locale: Locale; title: string; text: string; href: string }): string {
  const { openGift, mailFooter } = TEXTS[letter.locale].mail;
  const link = { label: openGift, href: letter.href };
  return pageOf({ ...letter, link, footer: { text: mailFooter, link: null } });
}

/** A short message: no link, so that people need not learn which links in short messages are true. */
export function shortTextOf(topic: ToldTopic, facts: Facts, locale: Locale): string {
  return wordsOf(topic, facts, locale).text;
}

const BUTTON =
  'display:inline-block;padding:12px 20px;border-radius:8px;background:#b3271e;color:#ffffff;text-decoration:none;font-weight:bold';

interface Link {
  readonly label: string;
  readonly href: string;
}

function lineOf({ label, href }: Link, locale: Locale): string {
  return `${label}${locale === 'en' ? ': ' : '：'}${href}`;
}

interface Letter {
  readonly locale: Locale;
  readonly title: string;
  readonly text: string;
  readonly link: Link | null;
  readonly footer: { readonly text: string; readonly link: Link | null };
}

/** One column of plain text that grows with the reader's own size; readable without pictures, styles and colours. */
function pageOf({ locale, title, text, link, footer }: Letter): string {
  const anchor = ({ label, href }: Link, style: string) =>
    `<a href="${escaped(href)}" style="${style}">${escaped(label)}</a>`;
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(title)}</title></head>`,
    '<body style="margin:0;padding:24px;background:#faf7f2;color:#221c15;font:16px/1.6 system-ui,sans-serif">',
    '<div style="max-width:36em;margin:0 auto">',
    `<h1 style="font-size:20px;line-height:1.4;margin:0 0 12px">${escaped(title)}</h1>`,
    `<p style="margin:0 0 20px">${escaped(text)}</p>`,
    link ? `<p style="margin:0 0 24px">${anchor(link, BUTTON)}</p>` : '',
    `<p style="margin:0;font-size:14px;color:#6b6257">${escaped(footer.text)}`,
    footer.link ? ` ${anchor(footer.link, 'color:#6b6257')}` : '',
    '</p></div></body></html>',
  ].join('');
}

function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (sign) => signs[sign] ?? '');
}

function filled(text: string, facts: Facts): string {
  const values: Readonly<Record<string, string>> = { amount: facts.amount, card: facts.card, day: facts.day };
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '').trim();
}

function textsOf(topic: ToldTopic, locale: Locale): Words {
  const { payment, refund, card, request, gift, purchase, shipment } = TEXTS[locale].topics;
  const texts: Readonly<Record<ToldTopic, Words>> = {
    'payment.paid': payment.paid,
    'payment.cancelled': payment.cancelled,
    'refund.started': refund.started,
    'refund.succeeded': refund.succeeded,
    'refund.failed': refund.failed,
    'card.bound': card.bound,
    'card.frozen': card.frozen,
    'card.unfrozen': card.unfrozen,
    'card.lost': card.lost,
    'card.reissued': card.reissued,
    'card.limit_changed': card.limitChanged,
    'card.expiring': card.expiring,
    'card.expired': card.expired,
    'card.lapsed': card.lapsed,
    'card.extended': card.extended,
    'card.exchanged': card.exchanged,
    'card.closed': card.closed,
    'card.reopened': card.reopened,
    'request.opened': request.opened,
    'request.decided': request.decided,
    'gift.scheduled': gift.scheduled,
    'gift.opened': gift.opened,
    'gift.claimed': gift.claimed,
    'gift.returning': gift.returning,
    'gift.returned': gift.returned,
    'gift.revoked': gift.revoked,
    'purchase.paid': purchase.paid,
    'purchase.issued': purchase.issued,
    'purchase.returned': purchase.returned,
    'shipment.sent': shipment.sent,
    'shipment.delivered': shipment.delivered,
  };
  return texts[topic];
}
