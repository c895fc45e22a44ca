import { parseContact } from '@/lib/kernel/contact';
import { isStorableText } from '@/lib/kernel/text';
import { type GiftRecipient, MAX_RECIPIENTS, NAME_MAX_LENGTH } from './model';

export type RowProblemCode =
  | 'name_missing'
  | 'name_too_long'
  | 'name_unreadable'
  | 'address_wrong'
  | 'phone_wrong'
  | 'phone_missing'
  | 'twice'
  | 'too_many_columns'
  | 'beyond_limit';

export interface RowProblem {
  /** Counted from 1, as editors do. */
  readonly line: number;
  readonly text: string;
  readonly code: RowProblemCode;
}

export interface RecipientList {
  readonly recipients: readonly GiftRecipient[];
  /** In the order of the lines; the list is good only when there are none. */
  readonly problems: readonly RowProblem[];
}

/**
 * Reads a list of recipients, one a line: name, address (an e-mail address, a phone, or nothing for a link), and a phone to
 * prove where one is asked for and the address is none. Commas, full-width ones, semicolons and tabs part the columns;
 * a first line that names them is left out.
 */
export function readRecipientList(
  text: string,
  options: { readonly phoneCheck: boolean } = { phoneCheck: false },
): RecipientList {
  const recipients: GiftRecipient[] = [];
  const problems: RowProblem[] = [];
  const seen = new Set<string>();
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (line.trim() === '' || (index === 0 && isHeading(line))) continue;
    const row = readRow(columnsOf(line), options.phoneCheck);
    const code = typeof row === 'string' ? row : placeProblem(row, { seen, count: recipients.length });
    if (code !== null) problems.push({ line: index + 1, text: line.trim().slice(0, 80), code });
    else if (typeof row !== 'string') recipients.push(row);
  }
  return { recipients, problems };
}

function readRow(
  [name = '', address = '', phone = '', ...more]: string[],
  phoneCheck: boolean,
): GiftRecipient | RowProblemCode {
  if (more.some((text) => text !== '')) return 'too_many_columns';
  if (name === '') return 'name_missing';
  if (!isStorableText(name)) return 'name_unreadable';
  if (name.length > NAME_MAX_LENGTH) return 'name_too_long';
  const contact = address === '' ? null : parseContact(address);
  if (address !== '' && contact === null) return 'address_wrong';
  const proof = phone === '' ? (contact?.kind === 'phone' ? contact : null) : parseContact(phone);
  if (phone !== '' && proof?.kind !== 'phone') return 'phone_wrong';
  if (phoneCheck && proof === null) return 'phone_missing';
  return {
    name,
    channel: contact === null ? 'link' : contact.kind === 'phone' ? 'sms' : 'email',
    address: contact?.value ?? null,
    phone: phoneCheck ? (proof?.value ?? null) : null,
  };
}

function placeProblem(
  { address }: GiftRecipient,
  so: { readonly seen: Set<string>; readonly count: number },
): RowProblemCode | null {
  if (so.count >= MAX_RECIPIENTS) return 'beyond_limit';
  if (address === null) return null;
  if (so.seen.has(address)) return 'twice';
  so.seen.add(address);
  return null;
}

function isHeading(line: string): boolean {
  const [first = '', second = ''] = columnsOf(line);
  return /^(姓名|名字|收礼人|name|recipient)$/i.test(first) && parseContact(second) === null;
}

/** A line's columns, trimmed; quotes keep a separator inside a column (RFC 4180). */
function columnsOf(line: string): string[] {
  const columns: string[] = [];
  let column = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (quoted && sign === '"' && line.charAt(at + 1) === '"') {
      column += '"';
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (!quoted && SEPARATORS.includes(sign)) {
      columns.push(column.trim());
      column = '';
    } else column += sign;
  }
  return [...columns, column.trim()];
}

const SEPARATORS = ',，;；\t';
