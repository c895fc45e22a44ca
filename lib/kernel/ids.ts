import { parse, v7 } from 'uuid';

declare const brand: unique symbol;

/** Every kind of thing that has an id of its own, by the prefix the id carries. */
export type IdPrefix =
  | 'usr'
  | 'ses'
  | 'crd'
  | 'acc'
  | 'trf'
  | 'ord'
  | 'orl'
  | 'pay'
  | 'tnd'
  | 'rfd'
  | 'rft'
  | 'evt'
  | 'out'
  | 'aud'
  | 'att'
  | 'cap'
  | 'ntf'
  | 'bsk'
  | 'mer'
  | 'prd'
  | 'btc';

/** A prefixed, time-sortable id. Ids of different things do not mix: the type carries the prefix. */
export type Id<P extends IdPrefix> = string & { readonly [brand]: P };

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** `crd_01jd…`: the prefix and a UUID version 7 (RFC 9562) as 26 Crockford base32 characters. */
export function newId<P extends IdPrefix>(prefix: P): Id<P> {
  return `${prefix}_${base32(parse(v7()))}` as Id<P>;
}

/** Narrows text from outside to an id; `null` when it cannot be one. */
export function parseId<P extends IdPrefix>(prefix: P, text: string): Id<P> | null {
  return new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`).test(text) ? (text as Id<P>) : null;
}

function base32(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  let text = '';
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += CROCKFORD[Number((value >> shift) & 31n)];
  return text;
}
