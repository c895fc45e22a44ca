import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from 'next-intl';
import { describe, expect, test } from 'vitest';
import { LOCALES } from './locale';
import { messagesOf } from './messages';

type Texts = { readonly [key: string]: string | Texts };

const texts = new Map(LOCALES.map((locale) => [locale, new Map(leaves(messagesOf(locale)))]));

test('both languages say the same things: every key of one is a key of the other', () => {
  const [first, ...others] = LOCALES.map((locale) => [...(texts.get(locale)?.keys() ?? [])].sort());
  expect(first?.length).toBeGreaterThan(50);
  for (const other of others) expect(other).toEqual(first);
});

test('a text takes the same arguments in both languages', () => {
  for (const [key, chinese] of texts.get('zh-CN') ?? []) {
    expect([key, argumentsOf(texts.get('en')?.get(key) ?? '')]).toEqual([key, argumentsOf(chinese)]);
  }
});

describe.each(LOCALES)('%s', (locale) => {
  test('every text can be formatted, and none is empty', () => {
    for (const [key, text] of texts.get(locale) ?? []) {
      const values = Object.fromEntries(argumentsOf(text).map((name) => [name, 1]));
      const tags = Object.fromEntries(tagsOf(text).map((tag) => [tag, (words: string) => words]));
      const translate = createTranslator({ locale, messages: { text }, timeZone: 'UTC', onError: rethrow });
      expect(translate.markup('text', { ...values, ...tags }), key).not.toBe('');
    }
  });
});

test('every key that a screen names is there', () => {
  const known = [...(texts.get('zh-CN')?.keys() ?? [])];
  const missing = sources(['app', 'components']).flatMap((file) => {
    const code = readFileSync(file, 'utf8');
    const namespaces = [...code.matchAll(/(?:use|get)Translations\(\s*'([\w.-]+)'/g)].map(([, name]) => name);
    const keys = [...code.matchAll(/\bt(?:\.rich|\.markup|\.raw|\.has)?\(\s*'([\w.-]+)'/g)].map(
      ([, key]) => key,
    );
    // A whole branch can be handed on, by `raw`.
    const exists = (path: string) => known.some((each) => each === path || each.startsWith(`${path}.`));
    return keys
      .filter((key) => namespaces.length > 0 && !namespaces.some((name) => exists(`${name}.${key}`)))
      .map((key) => `${file}: ${key}`);
  });
  expect(missing).toEqual([]);
});

function rethrow(error: Error): never {
  throw error;
}

function leaves(branch: Texts, path = ''): [key: string, text: string][] {
  return Object.entries(branch).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  );
}

/** Names in braces, but not the branches of a plural or a select, which stand in braces one level further in. */
function argumentsOf(text: string): string[] {
  const names = new Set<string>();
  let depth = 0;
  for (const [, brace, name] of text.matchAll(/([{}])\s*(\w+(?=\s*[,}]))?/g)) {
    if (brace === '}') depth -= 1;
    else if (++depth % 2 === 1 && name) names.add(name);
  }
  return [...names].sort();
}

function tagsOf(text: string): string[] {
  return [...text.matchAll(/<(\w+)>/g)].map(([, name]) => name ?? '');
}

function sources(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
}
