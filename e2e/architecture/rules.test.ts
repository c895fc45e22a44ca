import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** For each rule of .dependency-cruiser.cjs a file that breaks it, first, and what it takes for that. */
const violations: Record<string, Record<string, string>> = {
  'no-cycles': {
    'lib/cards/a.ts': "import { b } from './b';\nexport const a = () => b;\n",
    'lib/cards/b.ts': "import { a } from './a';\nexport const b = () => a;\n",
  },
  'kernel-imports-nothing-of-ours': {
    'lib/kernel/x.ts': "import { y } from '../ledger/index';\nexport const x = y;\n",
    'lib/ledger/index.ts': 'export const y = 1;\n',
  },
  'database-knows-no-domain': {
    'lib/database/x.ts': "import { y } from '../cards/index';\nexport const x = y;\n",
    'lib/cards/index.ts': 'export const y = 1;\n',
  },
  'ledger-knows-no-domain': {
    'lib/ledger/x.ts': "import { y } from '../cards/index';\nexport const x = y;\n",
    'lib/cards/index.ts': 'export const y = 1;\n',
  },
  'policy-is-pure': {
    'lib/policy/x.ts': "import { y } from '../database/index';\nexport const x = y;\n",
    'lib/database/index.ts': 'export const y = 1;\n',
  },
  'domains-know-no-http-and-no-react': {
    'lib/cards/pages.ts': "import { redirect } from 'next/navigation';\nexport const x = redirect;\n",
  },
  'prisma-only-in-database': {
    'lib/cards/prisma.ts': "import { PrismaPg } from '@prisma/adapter-pg';\nexport const x = PrismaPg;\n",
  },
  'domains-meet-at-their-front-doors': {
    'lib/cards/back-door.ts': "import { y } from '../ledger/commit';\nexport const x = y;\n",
    'lib/ledger/commit.ts': 'export const y = 1;\n',
  },
  'app-uses-front-doors': {
    'app/x.ts': "import { y } from '../lib/cards/store';\nexport const x = y;\n",
    'lib/cards/store.ts': 'export const y = 1;\n',
  },
  'components-run-no-operations': {
    'components/card/x.ts': "import { y } from '../../lib/cards/index';\nexport const x = y;\n",
    'lib/cards/index.ts': 'export const y = 1;\n',
  },
  'ui-knows-no-domain': {
    'components/ui/x.ts': "import { y } from '../../lib/cards/model';\nexport const x = y;\n",
    'lib/cards/model.ts': 'export const y = 1;\n',
  },
  'gateway-libraries-stay-in-their-folder': {
    'lib/checkout/x.ts': "import { AlipaySdk } from 'alipay-sdk';\nexport const x = AlipaySdk;\n",
  },
  'tests-are-not-shipped': {
    'lib/cards/test-user.ts': "import { y } from './y.test';\nexport const x = y;\n",
    'lib/cards/y.test.ts': 'export const y = 1;\n',
  },
};

const root = resolve(import.meta.dirname, '../..');

describe('architecture', () => {
  describe('a tree that breaks every rule', () => {
    let folder: string;
    let found: Violation[];
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'kabao-rules-'));
      found = plantedViolations(folder);
    }, 120_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each(Object.entries(violations))('is caught at %s', (rule, files) => {
      const [from] = Object.keys(files);
      expect(found).toContainEqual({ rule, from });
    });
  });

  it('every rule has a violation that proves it', async () => {
    const rules = await import(join(root, '.dependency-cruiser.cjs'));
    const names = rules.default.forbidden.map((rule: { name: string }) => rule.name);
    expect(Object.keys(violations).sort()).toEqual([...names].sort());
  });

  it('the product breaks none', () => {
    expect(cruise(root, ['app', 'components', 'lib', 'prisma', 'scripts'])).toEqual([]);
  }, 120_000);
});

interface Violation {
  readonly rule: string;
  readonly from: string;
}

/** All in one tree: to start the cruiser for each takes longer than all of it. */
function plantedViolations(place: string): Violation[] {
  for (const [path, text] of Object.values(violations).flatMap(Object.entries<string>)) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
  writeFileSync(
    join(place, 'tsconfig.json'),
    '{"compilerOptions":{"module":"esnext","moduleResolution":"bundler"}}',
  );
  return cruise(place, ['app', 'components', 'lib']);
}

function cruise(place: string, folders: string[]): Violation[] {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(root, '.dependency-cruiser.cjs');
  const args = [cruiser, '--config', config, '--output-type', 'json', ...folders];
  const output = execFileSync(process.execPath, args, {
    cwd: place,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const report: { summary: { violations: { rule: { name: string }; from: string; to: string }[] } } =
    JSON.parse(output);
  return report.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
}
