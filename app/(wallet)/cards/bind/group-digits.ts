/** What is in a field, and where its caret stands. */
export interface TypedText {
  readonly value: string;
  readonly caret: number;
}

/**
 * Groups a number by four while it is typed, the caret staying behind the same digit. Text that holds anything but
 * digits, spaces and dashes is left alone, so that nothing a person typed disappears.
 * - `deletion`: the key that was pressed; over a gap it takes the digit beyond, which the gap alone would bring back.
 * - `before`: what stood in the field until then.
 */
export function groupDigits(
  typed: TypedText,
  { before, deletion }: { before: string; deletion: 'backward' | 'forward' | null },
): TypedText {
  const text = typed.value.normalize('NFKC');
  if (!/^[\d\s-]*$/.test(text)) return typed;
  let digits = onlyDigits(text);
  let ahead = onlyDigits(text.slice(0, typed.caret)).length;
  if (deletion && digits === onlyDigits(before)) {
    if (deletion === 'backward' && ahead > 0) ahead -= 1;
    digits = digits.slice(0, ahead) + digits.slice(ahead + 1);
  }
  const value = digits.replace(/(\d{4})(?=\d)/g, '$1 ');
  return { value, caret: caretBehind(ahead, digits.length) };
}

/** Behind a full group the caret stands before the gap when deleting and at the end, after it otherwise. */
function caretBehind(ahead: number, length: number): number {
  const gaps = Math.floor(Math.max(0, ahead - 1) / 4);
  const afterGap = ahead > 0 && ahead % 4 === 0 && ahead < length ? 1 : 0;
  return ahead + gaps + afterGap;
}

function onlyDigits(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '');
}
