import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { SplitBar, type SplitPart } from './split-bar';

const part = (id: string, amountMinor: bigint, kind: SplitPart['kind'] = 'card'): SplitPart => ({
  id,
  kind,
  name: `name-${id}`,
  reason: `reason-${id}`,
  amountMinor,
});

const render = (parts: SplitPart[]) => renderToStaticMarkup(<SplitBar label="split" parts={parts} />);

const widthsOf = (html: string) =>
  [...html.matchAll(/<rect x="(\d+)" width="(\d+)"/g)].map(([, x, width]) => ({
    x: Number(x),
    width: Number(width),
  }));

test('every tender that pays is listed with its reason and its amount', () => {
  const html = render([part('a', 5000n), part('b', 28650n), part('c', 12250n, 'other')]);
  for (const text of ['name-a', 'reason-b', '¥50.00', '¥286.50', '¥122.50']) expect(html).toContain(text);
});

test('a tender that pays nothing is left out', () => {
  expect(render([part('a', 5000n), part('b', 0n)])).not.toContain('name-b');
});

test('the bar is whole, in order and without overlap, and one fen can still be seen', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt(1n, 10n ** 15n), { minLength: 1, maxLength: 12 }), (amounts) => {
      const widths = widthsOf(render(amounts.map((amount, index) => part(`t${index}`, amount))));
      expect(widths).toHaveLength(amounts.length);
      let end = 0;
      for (const { x, width } of widths) {
        expect(x).toBeGreaterThanOrEqual(end);
        expect(width).toBeGreaterThan(0);
        end = x + width;
      }
      expect(end).toBeGreaterThan(1000 - 3 - amounts.length);
      expect(end).toBeLessThanOrEqual(1000);
    }),
  );
});

test('no style attribute: the page policy would drop it', () => {
  expect(render([part('a', 5000n), part('b', 1n, 'other')])).not.toMatch(/\sstyle=/);
});
