import { invariant } from '@/lib/kernel';
import { plainTyped } from './typed-text';

/** Digits of a number that Kabao issues: the programme's prefix, random digits, one check digit. */
export const NUMBER_LENGTH = 16;
/** Numbers of cards that exist on paper may be shorter or longer (ISO/IEC 7812 ends at 19). */
export const NUMBER_MIN_LENGTH = 8;
export const NUMBER_MAX_LENGTH = 19;

/**
 * A new 16-digit card number (卡号): `prefix`, digits of a CSPRNG, and the check digit of ISO/IEC 7812-1 (Luhn).
 * The number names a card and protects nothing: that is the password's work.
 */
export function generateNumber(prefix: string): string {
  invariant(/^\d{2,10}$/.test(prefix), 'a prefix has two to ten digits');
  const body = prefix + randomDigits(NUMBER_LENGTH - 1 - prefix.length);
  return body + checkDigit(body);
}

/** The digits of what a person typed as a card number, or `null` when it cannot be one. The check digit is not judged. */
export function normaliseNumber(typed: string): string | null {
  const digits = plainTyped(typed);
  return /^\d+$/.test(digits) && digits.length >= NUMBER_MIN_LENGTH && digits.length <= NUMBER_MAX_LENGTH
    ? digits
    : null;
}

/** Whether the last digit is the check digit of ISO/IEC 7812-1 (Luhn) over the digits before it. */
export function hasCheckDigit(number: string): boolean {
  return /^\d{2,}$/.test(number) && checkDigit(number.slice(0, -1)) === number.slice(-1);
}

/** Groups of four for the eye: `9101 2345 6789 0123`. */
export function groupNumber(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ');
}

function checkDigit(body: string): string {
  let sum = 0;
  for (const [index, character] of [...body].reverse().entries()) {
    const digit = Number(character);
    const doubled = digit * 2;
    sum += index % 2 === 1 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}

// A byte of 250 or more would make the small digits likelier, so it is drawn again.
function randomDigits(count: number): string {
  let digits = '';
  while (digits.length < count) {
    for (const byte of crypto.getRandomValues(new Uint8Array(count * 2))) {
      if (byte < 250 && digits.length < count) digits += String(byte % 10);
    }
  }
  return digits;
}
