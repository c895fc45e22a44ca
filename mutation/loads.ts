import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

/**
 * Stryker's runner takes a test file that cannot be loaded for one without tests. So that a change which breaks a file
 * as it loads is noticed, each is loaded inside of a test.
 */
const folder = resolve(process.env.KABAO_MUTATION_FOLDER ?? 'lib/policy');

it('every file of the folder can be loaded', async () => {
  const files = readdirSync(folder).filter((name) => /^[a-z-]+\.ts$/.test(name) && name !== 'testing.ts');
  expect(files.length).toBeGreaterThan(3);
  for (const name of files) expect(await import(join(folder, name))).toBeTypeOf('object');
});
