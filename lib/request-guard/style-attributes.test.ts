import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('no screen sets a style attribute, which the page policy would drop from the HTML', () => {
  const screens = ['app', 'components'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.tsx'))
      .map((name) => join(folder, name)),
  );
  expect(screens.length).toBeGreaterThan(20);
  expect(screens.filter((file) => /\sstyle=[{"]/.test(readFileSync(file, 'utf8')))).toEqual([]);
});
