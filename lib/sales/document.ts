import type { IdentityKind } from './model';

/**
 * A document's number in its one stored form, or `null` when it cannot be one: 18 characters with the check character of
 * GB 11643 for an identity card, of GB 32100 for a company's code, 5 to 20 letters and digits for a passport.
 */
export function documentNumber(kind: IdentityKind, typed: string): string | null {
  const text = typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  switch (kind) {
    case 'id_card':
      return isIdCard(text) ? text : null;
    case 'company':
      return isCompanyCode(text) ? text : null;
    case 'passport':
      return /^[A-Z0-9]{5,20}$/.test(text) ? text : null;
  }
}

/** A unified social credit code (统一社会信用代码), which is also a company's tax number. */
export function isCompanyCode(text: string): boolean {
  if (!/^[0-9A-HJ-NP-RT-UW-Y]{18}$/.test(text)) return false;
  let [sum, weight] = [0, 1];
  for (const character of text.slice(0, 17)) {
    sum += COMPANY_ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return COMPANY_ALPHABET[(31 - (sum % 31)) % 31] === text[17];
}

/** `林••`, `上••••`: enough to recognise one's own. */
export function maskPerson(name: string): string {
  const [first = '', ...rest] = [...name.trim()];
  return `${first}${'•'.repeat(Math.min(Math.max(rest.length, 1), 4))}`;
}

/** The first and the last characters of a document's number. */
export function maskDocument(number: string): string {
  const shown = number.length >= 12 ? 3 : 1;
  return `${number.slice(0, shown)}${'•'.repeat(6)}${number.slice(-shown)}`;
}

function isIdCard(text: string): boolean {
  const match = /^(\d{6})(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[2]), Number(match[3]), Number(match[4])];
  const born = new Date(Date.UTC(year, month - 1, day));
  if (year < 1900 || born.getUTCMonth() !== month - 1 || born.getUTCDate() !== day) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return '10X98765432'[sum % 11] === text[17];
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const COMPANY_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
