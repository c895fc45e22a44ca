import { gzipSync } from 'node:zlib';
import { expect } from '../demo';
import { htmlOf } from './html';
import { VISITS } from './visits';
import { test } from './world';

/** What a page may load of scripts before anybody touches it, in kB of gzip (1 kB is 1,000 bytes). */
const BUDGETS_KB = { shopper: 150, form: 180, desk: 230 } as const;
/** What React and Next weigh by themselves: a page with less was not counted as a whole. */
const FRAMEWORK_KB = 120;

/** Pages whose form judges while one types. */
const FORMS = new Set([
  '(identity)/sign-in/page',
  '(identity)/sign-up/page',
  '(identity)/account/name/page',
  '(identity)/account/password/page',
  '(wallet)/cards/bind/page',
  '(wallet)/cards/[id]/limit/page',
  '(wallet)/cards/[id]/loss/page',
  '(wallet)/cards/[id]/extension/page',
  '(wallet)/cards/[id]/exchange/page',
  '(gifts)/g/[token]/page',
  '(gifts)/gifts/claim/page',
  '(gifts)/gifts/[id]/recipient/page',
  '(sales)/buy/[programme]/review/page',
]);

test('no page in any state brings more scripts than its kind may', async ({ world, demo }) => {
  const weigh = weigherAt(demo.url);
  const wrong: string[] = [];
  for (const visit of VISITS) {
    const { name, file, path } = visit;
    const kind = path(world).startsWith('/admin') ? 'desk' : FORMS.has(file) ? 'form' : 'shopper';
    const sizes = scriptsIn(await htmlOf(visit, { url: demo.url, world })).map(weigh);
    const kb = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1_000;
    if (kb > BUDGETS_KB[kind] || kb < FRAMEWORK_KB) wrong.push(`${name}: ${kb} kB of ${BUDGETS_KB[kind]}`);
  }
  expect(wrong).toEqual([]);
});

/** The scripts that a page names, in its head and in its payload: just those that a browser loads with it. */
function scriptsIn(html: string): string[] {
  const modern = html.replace(/<script[^>]*nomodule[^>]*>/gi, '');
  return [...new Set(modern.match(/\/_next\/static\/[^"\\\s]+?\.js/g))];
}

/** Packed here, because what is on the wire depends on what a proxy does. */
function weigherAt(url: string): (script: string) => Promise<number> {
  const sizes = new Map<string, Promise<number>>();
  const fetchSize = async (script: string) => {
    const response = await fetch(`${url}${script}`);
    return gzipSync(await response.arrayBuffer()).length;
  };
  return (script) => {
    const size = sizes.get(script) ?? fetchSize(script);
    sizes.set(script, size);
    return size;
  };
}
