import type { ColumnValue } from '../commit-units';

/** A value inside a row or an array; `undefined` and `null` are NULL. */
export type Field = ColumnValue | undefined | readonly string[];

/** A row as PostgreSQL writes a composite value: `(1,"a b",)`. */
export function rowLiteral(fields: readonly Field[]): string {
  let text = '(';
  for (let index = 0; index < fields.length; index += 1) {
    if (index > 0) text += ',';
    text += rowField(fields[index]);
  }
  return `${text})`;
}

/** An array whose elements are already text: rows, or strings. */
export function arrayLiteral(elements: readonly string[]): string {
  let text = '{';
  for (let index = 0; index < elements.length; index += 1) {
    if (index > 0) text += ',';
    text += quoted(elements[index] ?? '');
  }
  return `${text}}`;
}

export function integersLiteral(numbers: readonly number[]): string {
  return `{${numbers.join(',')}}`;
}

function rowField(field: Field): string {
  if (field === undefined || field === null) return '';
  if (typeof field === 'string') return PLAIN.test(field) ? field : quoted(field);
  if (typeof field === 'object') return quoted(arrayLiteral(field));
  return String(field);
}

/** Needs no quotes in a row: no comma, bracket, quote, backslash or space, and not empty (that would be NULL). */
const PLAIN = /^[\w:.+@/-]+$/;

function quoted(text: string): string {
  return `"${SPECIAL.test(text) ? text.replace(EVERY_SPECIAL, '\\$&') : text}"`;
}

const SPECIAL = /["\\]/;
const EVERY_SPECIAL = /["\\]/g;
