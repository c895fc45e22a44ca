import Papa from 'papaparse';
import { ok, type Result, refuse } from '@/lib/kernel';

/** A line of an import file as it stands there. */
export interface ImportRow {
  /** Counted from 1, the header being line 1. */
  readonly line: number;
  readonly number: string;
  readonly password: string;
  readonly balanceMinor: string;
  readonly expiresAt: string;
  /** Empty when the file does not say. */
  readonly programme: string;
}

export type ImportFileRefusal =
  | { readonly code: 'columns_missing'; readonly columns: readonly string[] }
  | { readonly code: 'columns_unknown'; readonly columns: readonly string[] }
  | { readonly code: 'no_lines' }
  | { readonly code: 'too_many_lines'; readonly max: number };

/** All lines are written in one transaction, during which nobody else can write on SQLite: this bounds it to seconds. */
export const MAX_IMPORT_LINES = 20_000;

const COLUMNS = ['number', 'password', 'balanceMinor', 'expiresAt'] as const;
const OPTIONAL = ['programme'] as const;

/**
 * Reads the text of an import file: CSV with a header, separated by commas, semicolons or tabs, with or without a byte
 * order mark. Empty lines are passed over. A line with too few fields has empty ones; the check of the line tells.
 */
export function parseImportFile(text: string): Result<readonly ImportRow[], ImportFileRefusal> {
  const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { delimitersToGuess: [',', ';', '\t'] });
  const [header = [], ...lines] = data;
  const names = header.map((name) => name.trim().toLowerCase());
  const placeOf = (column: string) => names.indexOf(column.toLowerCase());
  const missing = COLUMNS.filter((column) => placeOf(column) < 0);
  if (missing.length > 0) return refuse({ code: 'columns_missing', columns: missing });
  const known = new Set([...COLUMNS, ...OPTIONAL].map((column) => column.toLowerCase()));
  const unknown = names.filter((name) => name !== '' && !known.has(name));
  if (unknown.length > 0) return refuse({ code: 'columns_unknown', columns: unknown });

  const rows = lines.flatMap((fields, index): ImportRow[] => {
    const field = (column: string) => fields[placeOf(column)]?.trim() ?? '';
    if (fields.every((value) => value.trim() === '')) return [];
    return [
      {
        line: index + 2,
        number: field('number'),
        password: field('password'),
        balanceMinor: field('balanceMinor'),
        expiresAt: field('expiresAt'),
        programme: field('programme'),
      },
    ];
  });
  if (rows.length === 0) return refuse({ code: 'no_lines' });
  return rows.length > MAX_IMPORT_LINES
    ? refuse({ code: 'too_many_lines', max: MAX_IMPORT_LINES })
    : ok(rows);
}
