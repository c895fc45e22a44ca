import { dayIn, endOfDay, parseDay } from '@/lib/kernel';
import { checkFace, findPolicyPack } from '@/lib/policy';
import type { ImportRow } from './import-file';
import type { Programme } from './model';
import { hasCheckDigit, NUMBER_LENGTH, normaliseNumber } from './number';
import { normalisePassword, passwordBits } from './password';

/** A line that can be imported. */
export interface ImportCard {
  readonly line: number;
  readonly programme: Programme;
  readonly number: string;
  readonly password: string;
  readonly balanceMinor: bigint;
  readonly expiresAt: Date | null;
}

/** What is wrong with a line. */
export type LineProblem =
  | { readonly code: 'number_format' | 'number_rounded' | 'check_digit_wrong' }
  | { readonly code: 'number_twice'; readonly firstLine: number }
  | { readonly code: 'number_exists' }
  | { readonly code: 'password_format' | 'password_is_number' }
  | { readonly code: 'balance_format' }
  | { readonly code: 'balance_above_limit'; readonly limitMinor: bigint; readonly sources: readonly string[] }
  | { readonly code: 'expiry_format' | 'expired' | 'expiry_missing' | 'expiry_not_allowed' }
  | { readonly code: 'programme_unknown'; readonly programmeId: string };

/** What is odd about a line, and imported all the same. */
export type LineWarning = { readonly code: 'no_check_digit' } | { readonly code: 'password_guessable' };

export interface ImportCheck {
  readonly cards: readonly ImportCard[];
  /** Every number in the file, once, with its first line. */
  readonly numbers: readonly { readonly line: number; readonly number: string }[];
  /** Every problem of every line. */
  readonly problems: readonly { readonly line: number; readonly problem: LineProblem }[];
  readonly warnings: readonly { readonly line: number; readonly warning: LineWarning }[];
}

export interface ImportTerms {
  readonly programmes: readonly Programme[];
  /** The programme of lines that name none and whose number begins like no programme's. */
  readonly programmeId: string;
  readonly now: Date;
  readonly zone: string;
}

/** Judges every line by itself and against the others of the file; what the database knows is not asked here. */
export function checkImport(rows: readonly ImportRow[], terms: ImportTerms): ImportCheck {
  const firstLines = new Map<string, number>();
  const check = { cards: [] as ImportCard[], problems: [] as ImportCheck['problems'][number][] };
  const warnings: ImportCheck['warnings'][number][] = [];
  for (const row of rows) {
    const { line } = row;
    const number = readNumber(row.number, terms.programmes);
    const password = readPassword(row.password, number.value);
    const programme = readProgramme(row.programme, number.value, terms);
    const balance = readBalance(row.balanceMinor, programme.value);
    const expiry = readExpiry(row.expiresAt, programme.value, terms);
    const twice = number.value === undefined ? undefined : firstLines.get(number.value);
    const problems = [number, password, programme, balance, expiry].flatMap(({ problem }) => problem ?? []);
    if (twice !== undefined) problems.push({ code: 'number_twice', firstLine: twice });
    else if (number.value !== undefined) firstLines.set(number.value, line);
    check.problems.push(...problems.map((problem) => ({ line, problem })));
    warnings.push(...warningsOf(number.value, password.value).map((warning) => ({ line, warning })));
    if (
      problems.length === 0 &&
      number.value !== undefined &&
      password.value !== undefined &&
      programme.value !== undefined &&
      balance.value !== undefined &&
      expiry.value !== undefined
    ) {
      check.cards.push({
        line,
        programme: programme.value,
        number: number.value,
        password: password.value,
        balanceMinor: balance.value,
        expiresAt: expiry.value,
      });
    }
  }
  const numbers = Array.from(firstLines, ([number, line]) => ({ line, number }));
  return { ...check, numbers, warnings };
}

/** A value with nothing wrong, a problem, or a value that is known and has a problem. */
interface Read<T> {
  readonly value?: T;
  readonly problem?: LineProblem;
}

// A number of another system need not have our check digit. One that looks like ours and lacks it is a slip.
function readNumber(text: string, programmes: readonly Programme[]): Read<string> {
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(text)) return { problem: { code: 'number_rounded' } };
  const number = normaliseNumber(text);
  if (number === null) return { problem: { code: 'number_format' } };
  const ours = number.length === NUMBER_LENGTH && programmes.some(({ prefix }) => number.startsWith(prefix));
  return ours && !hasCheckDigit(number)
    ? { value: number, problem: { code: 'check_digit_wrong' } }
    : { value: number };
}

function readPassword(text: string, number: string | undefined): Read<string> {
  const password = normalisePassword(text);
  if (password === null) return { problem: { code: 'password_format' } };
  return password === number ? { problem: { code: 'password_is_number' } } : { value: password };
}

function readProgramme(text: string, number: string | undefined, terms: ImportTerms): Read<Programme> {
  const byNumber = terms.programmes.find(
    ({ prefix }) => number?.length === NUMBER_LENGTH && number.startsWith(prefix),
  );
  const programmeId = text === '' ? (byNumber?.id ?? terms.programmeId) : text;
  const programme = terms.programmes.find(({ id }) => id === programmeId);
  return programme ? { value: programme } : { problem: { code: 'programme_unknown', programmeId } };
}

function readBalance(text: string, programme: Programme | undefined): Read<bigint> {
  if (!/^\d{1,12}$/.test(text)) return { problem: { code: 'balance_format' } };
  const balanceMinor = BigInt(text);
  const pack = programme && findPolicyPack(programme.policyPack);
  // A card with nothing left may be taken over: what was bought with it can still be returned.
  if (!pack || balanceMinor === 0n) return { value: balanceMinor };
  const face = checkFace(pack, programme.kind, balanceMinor);
  if (face.ok || face.refusal.code !== 'face_above_limit') return { value: balanceMinor };
  const { limitMinor, rule } = face.refusal;
  return { problem: { code: 'balance_above_limit', limitMinor, sources: rule.source.instruments } };
}

function readExpiry(text: string, programme: Programme | undefined, terms: ImportTerms): Read<Date | null> {
  const pack = programme && findPolicyPack(programme.policyPack);
  const validity = pack?.rules.validity[programme?.kind ?? 'anonymous'].value;
  if (text === '') {
    return validity?.unlimited === false ? { problem: { code: 'expiry_missing' } } : { value: null };
  }
  const expiresAt = endOf(text, terms.zone);
  if (expiresAt === null) return { problem: { code: 'expiry_format' } };
  if (expiresAt <= terms.now) return { problem: { code: 'expired' } };
  return validity?.months === null ? { problem: { code: 'expiry_not_allowed' } } : { value: expiresAt };
}

/** The end of the last good day: a day as it is printed, or an instant that falls on it. */
function endOf(text: string, zone: string): Date | null {
  const printed = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (printed) {
    const [, year = '', month = '', day = ''] = printed;
    const lastDay = parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
    return lastDay && endOfDay(zone, lastDay);
  }
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/.test(text)) return null;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? null : endOfDay(zone, dayIn(zone, instant));
}

function warningsOf(number: string | undefined, password: string | undefined): LineWarning[] {
  const warnings: LineWarning[] = [];
  if (number !== undefined && !hasCheckDigit(number)) warnings.push({ code: 'no_check_digit' });
  if (password !== undefined && passwordBits(password) === 0 && new Set(password).size < 3) {
    warnings.push({ code: 'password_guessable' });
  }
  return warnings;
}
