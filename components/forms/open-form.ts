import type { $ZodType } from 'zod/v4/core';
import { safeParse } from 'zod/v4/core';
import type { FormError, FormState } from './form-state';

/** The server's side of one submitted form. */
export interface OpenForm {
  /** Parses the form; on failure `state` is the finished answer, one error per field. */
  read<Output>(
    schema: $ZodType<Output>,
  ): { readonly ok: true; readonly value: Output } | { readonly ok: false; readonly state: FormState };
  /** The answer for a refusal: a sentence, and the field that it concerns. */
  refuse(error: FormError, ...more: FormError[]): FormState;
  /** The answer when the page stays and the form is to be empty again. */
  done(message: string): FormState;
}

export interface FormOptions {
  readonly keep: readonly string[];
  readonly text: (code: string) => string;
}

/**
 * Opens a submitted form in a server action.
 * - `keep`: the fields whose text may be sent back into the page. Everything else is dropped, passwords above all.
 * - `text`: the sentence of an issue code of the schema.
 * - `noteRefusal`: told of every refusal.
 */
export function openForm(
  form: FormData,
  { keep, text, noteRefusal }: FormOptions & { noteRefusal: () => void },
): OpenForm {
  const refuse = (...errors: FormError[]): FormState => {
    noteRefusal();
    return {
      answer: crypto.randomUUID(),
      outcome: 'refused',
      errors,
      values: keptValues(form, keep),
      message: null,
    };
  };
  return {
    read(schema) {
      const parsed = safeParse(schema, fieldsOf(form));
      if (parsed.success) return { ok: true, value: parsed.data };
      return { ok: false, state: refuse(...firstPerField(parsed.error.issues, text)) };
    },
    refuse,
    done: (message) => ({
      answer: crypto.randomUUID(),
      outcome: 'done',
      errors: [],
      values: {},
      message,
    }),
  };
}

/** The text fields of a form by name; a name that occurs several times becomes an array. Files are left out. */
export function fieldsOf(form: FormData): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  for (const name of new Set(form.keys())) {
    // React's own bookkeeping of server actions travels in the same form.
    if (name.startsWith('$ACTION')) continue;
    const texts = form.getAll(name).filter((value) => typeof value === 'string');
    const [first] = texts;
    if (first !== undefined) fields[name] = texts.length > 1 ? texts : first;
  }
  return fields;
}

function keptValues(form: FormData, keep: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of keep) {
    const value = form.get(name);
    if (typeof value === 'string') values[name] = value;
  }
  return values;
}

function firstPerField(
  issues: readonly { path: PropertyKey[]; message: string }[],
  text: (code: string) => string,
): FormError[] {
  const errors = new Map<string, FormError>();
  for (const issue of issues) {
    const field = String(issue.path[0] ?? '');
    if (!errors.has(field)) errors.set(field, { ...(field ? { field } : {}), message: text(issue.message) });
  }
  return [...errors.values()];
}
