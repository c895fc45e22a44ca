/**
 * Whether a text can be kept: PostgreSQL takes no zero byte, and half a surrogate pair is no character. Nobody types
 * either, so what fails is refused and not mended.
 */
export function isStorableText(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}
