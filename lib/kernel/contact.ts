import { isStorableText } from './text';

/** Where a person is reached, and signs in with: a phone or an e-mail address, in the one form that is stored and compared. */
export interface Contact {
  readonly kind: 'phone' | 'email';
  /** A phone in E.164 (`+8613800138000`), an e-mail address in lower case. */
  readonly value: string;
}

/**
 * Reads a phone number or an e-mail address as people type it: spaces, dashes, brackets and full-width digits are
 * taken. Eleven digits are a number of mainland China; other countries need `+` or `00`. `null`: neither.
 */
export function parseContact(text: string): Contact | null {
  if (!isStorableText(text)) return null;
  const plain = text.normalize('NFKC').trim();
  if (plain.includes('@')) return parseEmail(plain);
  return parsePhone(plain);
}

/** `138 •••• 8000`, `l•••@example.com`: enough to recognise one's own, too little to learn another's. */
export function maskContact(login: Contact): string {
  if (login.kind === 'email') {
    const at = login.value.lastIndexOf('@');
    // A character and not half of one, which no database takes as text.
    const [first = ''] = login.value;
    return `${first}•••${login.value.slice(at)}`;
  }
  const national = login.value.startsWith('+86') ? login.value.slice(3) : login.value;
  return `${national.slice(0, 3)} •••• ${national.slice(-4)}`;
}

const MAINLAND = /^1[3-9]\d{9}$/;
const E164 = /^\+[1-9]\d{6,14}$/;
const EMAIL_MAX = 254;

function parsePhone(text: string): Contact | null {
  if (!/^\+?[\d\s().\-–—]+$/.test(text)) return null;
  const digits = text.replace(/[^\d+]/g, '').replace(/^00/, '+');
  if (MAINLAND.test(digits)) return { kind: 'phone', value: `+86${digits}` };
  const international = /^86\d{11}$/.test(digits) ? `+${digits}` : digits;
  if (international.startsWith('+86')) {
    return MAINLAND.test(international.slice(3)) ? { kind: 'phone', value: international } : null;
  }
  return E164.test(international) ? { kind: 'phone', value: international } : null;
}

/** One `@`, no spaces, a dotted domain. Whether mail arrives there, only mail can tell. */
function parseEmail(text: string): Contact | null {
  if (text.length > EMAIL_MAX) return null;
  const value = text.toLowerCase();
  return /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"._-][^\s@<>()[\]\\,;:"]*\.[^\s@<>()[\]\\,;:".]{2,}$/.test(
    value,
  )
    ? { kind: 'email', value }
    : null;
}
