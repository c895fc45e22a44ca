import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { openForm } from './open-form';

const schema = z.object({
  login: z.string('missing').check(z.minLength(3, 'short'), z.regex(/^a/, 'odd')),
  password: z.string('missing').check(z.minLength(8, 'short')),
});

const refusals: Record<string, string>[] = [];

function submitted(fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return openForm(form, {
    keep: ['login'],
    text: (code) => `text of ${code}`,
    noteRefusal: () => refusals.push(fields),
  });
}

describe('a submitted form', () => {
  test('answers one error per field, in the words of the form', () => {
    const read = submitted({ login: 'b' }).read(schema);
    expect(read).toMatchObject({
      ok: false,
      state: {
        outcome: 'refused',
        errors: [
          { field: 'login', message: 'text of short' },
          { field: 'password', message: 'text of missing' },
        ],
      },
    });
  });

  test('tells of every refusal, and of nothing else', () => {
    refusals.length = 0;
    const form = submitted({ login: 'abc', password: 'secret78' });
    expect(form.read(schema).ok).toBe(true);
    form.done('yes');
    expect(refusals).toHaveLength(0);
    form.refuse({ message: 'no' });
    submitted({}).read(schema);
    expect(refusals).toHaveLength(2);
  });

  test('never sends back a field that is not listed, a password above all', () => {
    const form = submitted({ login: 'b', password: 'secret7' });
    const read = form.read(schema);
    expect(JSON.stringify(read)).not.toContain('secret7');
    expect(JSON.stringify(form.refuse({ message: 'no' }))).not.toContain('secret7');
    expect(form.refuse({ message: 'no' }).values).toEqual({ login: 'b' });
    expect(form.done('yes').values).toEqual({});
  });

  test('makes every answer a new one, so that the same refusal is announced again', () => {
    const form = submitted({ login: 'b' });
    expect(form.refuse({ message: 'no' }).answer).not.toBe(form.refuse({ message: 'no' }).answer);
  });

  test('reads what the schema takes and leaves out what the framework adds', () => {
    const read = submitted({ login: 'abc', password: 'long enough', $ACTION_ID_1: 'x' }).read(
      z.strictObject(schema.shape),
    );
    expect(read).toEqual({ ok: true, value: { login: 'abc', password: 'long enough' } });
  });
});
