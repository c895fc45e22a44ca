/**
 * What people type or paste, made plain: full-width forms become ASCII (Unicode NFKC), and everything that only
 * separates (spaces of every width, dashes of every length, dots, invisible marks) is gone.
 */
export function plainTyped(text: string): string {
  return text.normalize('NFKC').replace(SEPARATORS, '');
}

// \p{Pd} all dashes, \u2212 minus, \u30fc and \u4e00 what an IME gives for a dash, \u00b7 and \u30fb middle dots, \p{Cf} zero-width.
const SEPARATORS = /[\s\p{Pd}\p{Cf}\u2212\u30fc\u4e00\u00b7\u30fb._]/gu;
