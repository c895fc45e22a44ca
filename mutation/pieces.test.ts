import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { pieces } from './pieces.mjs';

const root = resolve(import.meta.dirname, '..');
const folders = [...new Set(pieces.map(({ folder }) => folder))];

/** Names of the folder's files that Stryker has something to change in: not tests, doors, or what is PostgreSQL's alone. */
function sources(folder: string): string[] {
  const names = readdirSync(resolve(root, folder)).flatMap(
    (name) => /^([a-z\d-]+)\.ts$/.exec(name)?.[1] ?? [],
  );
  return names.filter((name) => !/^(index|testing)$|-postgres$/.test(name) && runs(`${folder}/${name}.ts`));
}

/** Whether anything is left of a file once its types are gone. */
function runs(file: string): boolean {
  const { outputText } = ts.transpileModule(readFileSync(resolve(root, file), 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, removeComments: true },
  });
  return outputText.replace('export {};', '').trim() !== '';
}

it('the folders whose scores are told have pieces', () => {
  expect(folders).toEqual(['lib/policy', 'lib/ledger', 'lib/checkout']);
  expect(new Set(pieces.map(({ name }) => name)).size).toBe(pieces.length);
});

it.each(folders)(
  'each file of %s that does something is in one piece, and each file of a piece exists',
  (folder) => {
    const listed = pieces
      .filter((piece) => piece.folder === folder)
      .flatMap(({ files }) => files ?? sources(folder));
    expect(listed.sort()).toEqual(sources(folder).sort());
  },
);

it.each(pieces)('each test that $name leaves out exists', ({ folder, without }) => {
  const tests = readdirSync(resolve(root, folder)).filter((name) => name.endsWith('.test.ts'));
  const named = tests.map((name) => name.replace(/(\.db)?\.test\.ts$/, ''));
  expect(without.filter((name) => !named.includes(name))).toEqual([]);
});
