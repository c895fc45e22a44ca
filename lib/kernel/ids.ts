import { v7 } from 'uuid';

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
  | 'btc'
  | 'pur'
  | 'idn'
  | 'inv'
  | 'shp'
  | 'wdr'
  | 'gft'
  | 'gpp'
  | 'req';

/** A prefixed, time-sortable id. Ids of different things do not mix: the type carries the prefix. */
export type Id<P extends IdPrefix> = string & { readonly [brand]: P };

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** `crd_01jd…`: the prefix and a UUID version 7 (RFC 9562) as 26 Crockford base32 characters, each above the one before. */
export function newId<P extends IdPrefix>(prefix: P): Id<P> {
  const random = nextRandom();
  const now = Date.now();
  if (now > clock.msecs) {
    clock.msecs = now;
    clock.seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
  } else {
    clock.seq += 1;
  }
  return `${prefix}_${base32(v7({ random, msecs: clock.msecs, seq: clock.seq }, bytes))}` as Id<P>;
}

/** Ids made within a millisecond count on from a random number (RFC 9562, section 6.2, method 1). */
const clock = { msecs: 0, seq: 0 };
const bytes = new Uint8Array(16);
const pool = new Uint8Array(4_096);
let used = pool.length;

/** Random bytes are fetched for many ids at once: a payment makes ten, and each fetch is a system call. */
function nextRandom(): Uint8Array {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}

/** Narrows text from outside to an id; `null` when it cannot be one. */
export function parseId<P extends IdPrefix>(prefix: P, text: string): Id<P> | null {
  return new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`).test(text) ? (text as Id<P>) : null;
}

/** 128 bits, most significant first; the first character holds the three that are left over. */
function base32(id: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 2;
  for (const byte of id) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; text += CROCKFORD[(held >> bits) & 31]) bits -= 5;
    held &= 31;
  }
  return text;
}
