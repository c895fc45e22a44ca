import { type CardStatement, STATEMENT_PAGE_SIZE } from '@/lib/cards';

/** Where one is in a statement, counted from the newest line. `before` is the page's `?before=`, `null` for the first. */
export interface StatementPages {
  readonly page: number;
  readonly pages: number;
  readonly newer: { readonly before: string | null } | null;
  readonly older: { readonly before: string } | null;
}

/** Lines count from 1 without gaps, so a page's place follows from its first line and the newest of all. */
export function statementPages(
  shown: Pick<CardStatement, 'lines' | 'nextBefore'>,
  newest: Pick<CardStatement, 'lines'>,
): StatementPages {
  const total = Number(newest.lines[0]?.number ?? 0n);
  const first = Number(shown.lines[0]?.number ?? 0n);
  const skipped = Math.max(0, total - first);
  const newerBefore = first + 1 + STATEMENT_PAGE_SIZE;
  return {
    page: Math.ceil(skipped / STATEMENT_PAGE_SIZE) + 1,
    pages: Math.max(1, Math.ceil(skipped / STATEMENT_PAGE_SIZE) + Math.ceil(first / STATEMENT_PAGE_SIZE)),
    newer: skipped === 0 ? null : { before: newerBefore > total ? null : String(newerBefore) },
    older: shown.nextBefore === null ? null : { before: shown.nextBefore },
  };
}
