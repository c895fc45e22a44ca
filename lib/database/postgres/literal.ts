import type { ColumnValue } from '../commit-units';

/** A value inside a row; `undefined` and `null` are NULL. A list is of names: letters, digits and underscores. */
export type Field = ColumnValue | undefined | readonly string[];

/**
 * A row as an element of an array of rows: `"(1,\"a b\",)"`. Written in one go, with the quotes of the row already
 * escaped for the array around it, because a payment has a hundred fields.
 */
export function rowElement(fields: readonly Field[]): string {
  let text = '"(';
  for (let index = 0; index < fields.length; index += 1) {
    if (index > 0) text += ',';
    text += rowField(fields[index]);
  }
  return `${text})"`;
}

export function arrayLiteral(elements: readonly (string | number)[]): string {
  return `{${elements.join(',')}}`;
}

function rowField(field: Field): string {
  if (field === undefined || field === null) return '';
  if (typeof field === 'string') return PLAIN.test(field) ? field : quoted(field);
  if (typeof field === 'object') return quoted(arrayLiteral(field));
  return String(field);
}

/** Needs no quotes in a row: no comma, bracket, quote, backslash or space, and not empty (that would be NULL). */
const PLAIN = /^[\w:.+@/-]+$/;

/** What the row reads as `"…"` with `\"` and `\\` inside, each backslash and quote escaped once more for the array. */
function quoted(text: string): string {
  return `\\"${text.replace(/["\\]/g, '\\\\\\$&')}\\"`;
}
