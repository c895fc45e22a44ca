import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Amount } from './amount';

const aloud = (html: string) => /sr-only">([^<]*)</.exec(html)?.[1];
const seen = (html: string) =>
  html.replace(/<span class="sr-only">[^<]*<\/span>/, '').replace(/<[^>]+>/g, '');

test('an amount is read aloud in one piece and shows the same digits', () => {
  const html = renderToStaticMarkup(<Amount minor={183650n} size="3xl" />);
  expect(aloud(html)).toBe('¥1,836.50');
  expect(seen(html)).toBe('¥1,836.50');
});

test('fen beyond what a float can hold are exact', () => {
  expect(aloud(renderToStaticMarkup(<Amount minor="900719925474099399" />))).toBe(
    '¥9,007,199,254,740,993.99',
  );
});

test('a negative amount carries a real minus', () => {
  expect(aloud(renderToStaticMarkup(<Amount minor={-3200n} />))).toBe('−¥32.00');
});

test('in a statement what comes in has a plus and is jade, nothing else is', () => {
  const incoming = renderToStaticMarkup(<Amount minor={3200n} sign="always" />);
  expect(aloud(incoming)).toBe('+¥32.00');
  expect(incoming).toContain('text-jade');
  for (const minor of [0n, -1n]) {
    const other = renderToStaticMarkup(<Amount minor={minor} sign="always" />);
    expect(other).not.toContain('text-jade');
    expect(aloud(other)).not.toContain('+');
  }
});

test('where the column says the direction, no sign is shown', () => {
  expect(aloud(renderToStaticMarkup(<Amount minor={-3200n} sign="never" />))).toBe('¥32.00');
});
