import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { pieceOf } from './pieces.mjs';

/**
 * Stryker's runner takes a test file that cannot be loaded for one without tests. So that a change which breaks a file
 * as it loads is noticed, each is loaded inside of a test.
 */
const { folder, files } = pieceOf(process.env.KABAO_MUTATION_PIECE);

it('every file of the piece can be loaded', async () => {
  const names =
    files ?? readdirSync(resolve(folder)).flatMap((name) => /^([a-z-\d]+)\.ts$/.exec(name)?.[1] ?? []);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(await import(join(resolve(folder), `${name}.ts`))).toBeTypeOf('object');
});
