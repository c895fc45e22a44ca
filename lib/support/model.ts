import { type Login, maskLogin, parseLogin } from '@/lib/identity';
import type { Currency, Id } from '@/lib/kernel';

/** Somebody of the staff who looks or acts. */
export interface Agent {
  readonly id: Id<'usr'>;
  readonly role: 'shopper' | 'support' | 'supervisor';
}

/** What a person on the phone can name, as far as the words themselves tell. Several may fit: they are tried in this order. */
export type SearchKey =
  | { readonly kind: 'last_four'; readonly digits: string }
  | { readonly kind: 'order'; readonly number: string }
  | { readonly kind: 'phone' | 'email'; readonly login: Login }
  | { readonly kind: 'card_number'; readonly number: string };

export type SearchKind = SearchKey['kind'];

/** How many of each kind a search shows. */
export const SEARCH_LIMIT = 20;

/**
 * What typed words may be. Digits are read with or without spaces, dashes and the words that people say with them
 * (尾号, 订单号); an order has 12 digits, which a card of another issuer may have too.
 */
export function readSearchKeys(typed: string): readonly SearchKey[] {
  const login = parseLogin(typed);
  if (login?.kind === 'email') return [{ kind: 'email', login }];
  const plain = typed
    .normalize('NFKC')
    .replace(SPOKEN, '')
    .replace(/[\s•·*#.:\-–—()]/g, '');
  if (!/^\+?\d+$/.test(plain)) return [];
  const keys: SearchKey[] = [];
  if (/^\d{4}$/.test(plain)) keys.push({ kind: 'last_four', digits: plain });
  if (/^\d{12}$/.test(plain)) keys.push({ kind: 'order', number: plain });
  const phone = parseLogin(plain);
  if (phone) keys.push({ kind: 'phone', login: phone });
  if (/^\d{8,19}$/.test(plain)) keys.push({ kind: 'card_number', number: plain });
  return keys;
}

const SPOKEN = /卡?尾号|卡号|订单号?|手机号?|card|order|no\.?/gi;

/** Whether a key may stand in an address: it names a thing of ours, not a person, and opens nothing. */
export function isPublicKey(
  key: SearchKey,
): key is Extract<SearchKey, { readonly kind: 'last_four' | 'order' }> {
  return key.kind === 'last_four' || key.kind === 'order';
}

/** A key as it may be written down and shown again. */
export function maskKey(key: SearchKey): string {
  switch (key.kind) {
    case 'last_four':
      return `•${key.digits}`;
    case 'order':
      return key.number;
    case 'card_number':
      return `•${key.number.slice(-4)}`;
    default:
      return maskLogin(key.login);
  }
}

/** `林••`: enough to say to a person on the phone whom one has found, too little to learn a name. */
export function maskName(name: string): string {
  const [first = ''] = [...name.trim()];
  return `${first}••`;
}

/** A stored phone in E.164 as it is dialled and read out: `138 0013 8000`, `+44 7911123456`. */
export function readablePhone(phone: string): string {
  const national = /^\+86(\d{3})(\d{4})(\d{4})$/.exec(phone);
  return national ? `${national[1]} ${national[2]} ${national[3]}` : phone;
}

/** A holder, masked. */
export interface HolderLine {
  readonly id: Id<'usr'>;
  readonly maskedName: string;
  readonly maskedPhone: string | null;
  readonly maskedEmail: string | null;
  readonly role: Agent['role'];
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
}

/** An order in a list. Amounts in minor units. */
export interface OrderLine {
  readonly id: Id<'ord'>;
  readonly number: string;
  readonly state: string;
  readonly totalMinor: bigint;
  readonly currency: Currency;
  readonly createdAt: Date;
  readonly holder: { readonly id: Id<'usr'>; readonly maskedName: string };
}
