import { createHash } from 'node:crypto';
import Papa from 'papaparse';
import { z } from 'zod';
import {
  type CalendarDay,
  formatDay,
  type Id,
  invariant,
  ok,
  parseDay,
  parseId,
  type Result,
  refuse,
} from '@/lib/kernel';
import { normaliseNumber } from './number';
import { groupPassword, normalisePassword } from './password';

/** Cards that are to be issued, with their secrets: what the issue file holds. */
export interface IssueList {
  readonly programmeId: string;
  readonly faceMinor: bigint;
  /** null = no expiry. */
  readonly lastDay: CalendarDay | null;
  readonly cards: readonly CardSecret[];
}

export interface CardSecret {
  readonly number: string;
  readonly password: string;
}

export const ISSUE_FILE_HEADER = ['number', 'password', 'programme', 'faceMinor', 'expiresAt'] as const;

/** The issue file's text: one line per card; `expiresAt` is the last good day, empty for none. */
export function formatIssueList(list: IssueList): string {
  const rest = `${list.programmeId},${list.faceMinor},${list.lastDay ? formatDay(list.lastDay) : ''}`;
  const lines = list.cards.map(({ number, password }) => `${number},${groupPassword(password)},${rest}`);
  return `${[ISSUE_FILE_HEADER.join(','), ...lines].join('\n')}\n`;
}

export type IssueFileRefusal = { readonly code: 'not_an_issue_file'; readonly line: number };

/** Reads what `formatIssueList` wrote. Refuses the first line that it cannot have written. */
export function parseIssueList(text: string): Result<IssueList, IssueFileRefusal> {
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  if (meta.fields?.join() !== ISSUE_FILE_HEADER.join()) return refuse({ code: 'not_an_issue_file', line: 1 });
  const rows = data.map((line) => rowSchema.safeParse(line));
  const first = rows[0]?.data;
  const cards: CardSecret[] = [];
  for (const [index, { data: row }] of rows.entries()) {
    const number = row && normaliseNumber(row.number);
    const password = row && normalisePassword(row.password);
    const alike =
      row?.programme === first?.programme &&
      row?.faceMinor === first?.faceMinor &&
      row?.expiresAt === first?.expiresAt;
    if (!number || !password || !alike) return refuse({ code: 'not_an_issue_file', line: index + 2 });
    cards.push({ number, password });
  }
  if (!first) return refuse({ code: 'not_an_issue_file', line: 2 });
  const lastDay = first.expiresAt === '' ? null : parseDay(first.expiresAt);
  return ok({ programmeId: first.programme, faceMinor: BigInt(first.faceMinor), lastDay, cards });
}

/**
 * The batch that an issue file belongs to, told by its content: the same file is the same batch however often it is
 * issued, and another file is another one.
 */
export function batchIdOf(issueFile: string): Id<'btc'> {
  const digest = createHash('sha256').update(issueFile).digest();
  const id = parseId(
    'btc',
    `btc_${Array.from(digest.subarray(0, 26), (byte) => BASE32.charAt(byte & 31)).join('')}`,
  );
  invariant(id, '26 characters of base32 make an id');
  return id;
}

const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';

const rowSchema = z.object({
  number: z.string(),
  password: z.string(),
  programme: z.string().min(1),
  faceMinor: z.string().regex(/^[1-9]\d{0,14}$/),
  expiresAt: z.string().refine((day) => day === '' || parseDay(day) !== null),
});
