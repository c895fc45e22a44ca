import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choiceOf, chosenCardText, payFormSchema, readSplitForm, splitAddress } from './schemas';

const a = `crd_${'a'.repeat(26)}`;
const b = `crd_${'b'.repeat(26)}`;
const c = `crd_${'c'.repeat(26)}`;

const read = (text: string) => readSplitForm(new URLSearchParams(text));

test('an address without rows is no choice', () => {
  expect(read('problem=split_changed&card=x')).toBeNull();
});

test('a row without a tick is a choice that leaves the card out', () => {
  const form = read(`row=${a}&row=${b}&card=${b}`);
  expect(form && choiceOf(form)).toEqual([{ cardId: b, maxMinor: null }]);
});

test("an amount that is still the page's own is no limit, another one is", () => {
  const form = read(
    `row=${a}&row=${b}&card=${a}&card=${b}&amount.${a}=50.00&auto.${a}=50.00&amount.${b}=12.5&auto.${b}=80.00`,
  );
  expect(form && choiceOf(form)).toEqual([
    { cardId: a, maxMinor: null },
    { cardId: b, maxMinor: 1250n },
  ]);
});

test('what is no amount is shown again and limits nothing', () => {
  const [row] = read(`row=${a}&card=${a}&amount.${a}=abc&auto.${a}=50.00`)?.rows ?? [];
  expect(row).toMatchObject({ maxMinor: null, mistyped: 'abc' });
  const [long] = read(`row=${a}&amount.${a}=${'9'.repeat(30)}`)?.rows ?? [];
  expect(long).toMatchObject({ maxMinor: null, mistyped: '9'.repeat(20) });
});

test('an amount is read without the spaces around it; none, or only spaces, is no limit and no mistake', () => {
  for (const [typed, maxMinor] of [
    [' 12.5 ', 1250n],
    ['', null],
    ['  ', null],
  ] as const) {
    const [row] = readSplitForm(new URLSearchParams({ row: a, [`amount.${a}`]: typed }))?.rows ?? [];
    expect(row, `"${typed}"`).toEqual({ cardId: a, chosen: false, maxMinor, mistyped: null });
  }
});

test('what is no card is left out, and so are more cards than anybody has', () => {
  const rows = (...ids: string[]) => readSplitForm(new URLSearchParams(ids.map((id) => ['row', id])))?.rows;
  expect(rows('x', a, `x${a}`, `${a}x`, a)?.map(({ cardId }) => cardId)).toEqual([a]);
  expect(rows('x')).toBeUndefined();
  const many = Array.from({ length: 61 }, (_, index) => `crd_${index.toString().padStart(26, '0')}`);
  expect(rows(...many)?.map(({ cardId }) => cardId)).toEqual(many.slice(0, 60));
});

test('a card moves up and down one place, and not beyond the ends', () => {
  const rows = (move: string) =>
    read(`row=${a}&row=${b}&row=${c}&move=${move}`)?.rows.map(({ cardId }) => cardId);
  expect(rows(`up.${c}`)).toEqual([a, c, b]);
  expect(rows(`down.${a}`)).toEqual([b, a, c]);
  expect(rows(`up.${a}`)).toEqual([a, b, c]);
  expect(rows(`down.${c}`)).toEqual([a, b, c]);
  expect(rows(`up.${b}`)).toEqual([b, a, c]);
  expect(rows(`down.${b}`)).toEqual([a, c, b]);
  for (const odd of ['sideways.x', `sideways.${b}`, 'up', `down.crd_${'d'.repeat(26)}`])
    expect(rows(odd), odd).toEqual([a, b, c]);
});

test('text that no page of ours wrote never throws', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('row', 'card', 'move', `amount.${a}`), fc.string())),
      (pairs) => {
        readSplitForm(new URLSearchParams([...pairs, ['row', a]]));
      },
    ),
  );
});

const choices = fc.uniqueArray(fc.constantFrom(a, b, c)).chain((ids) =>
  fc.tuple(
    ...ids.map((cardId) =>
      fc.record({
        cardId: fc.constant(cardId),
        maxMinor: fc.option(fc.bigInt({ min: 0n, max: 10n ** 12n }), { nil: null }),
      }),
    ),
  ),
);

const posted = {
  idempotencyKey: '8d9a6b7c-1f2e-4d3c-9b8a-0123456789ab',
  cardMinor: '0',
  externalMinor: '1',
  method: 'alipay',
  own: '1',
  card: [],
};

test('a choice survives the address and the pay form', () => {
  fc.assert(
    fc.property(choices, (choice) => {
      const address = splitAddress(choice);
      const form = readSplitForm(address);
      expect(form && choiceOf(form)).toEqual(choice);
      expect(address.getAll('row')).toHaveLength(Math.max(choice.length, 1));
      expect(payFormSchema.parse({ ...posted, card: choice.map(chosenCardText) }).card).toEqual(choice);
    }),
  );
});

test('the pay form takes a card alone as one without a limit, and refuses what is no card or no amount', () => {
  expect(payFormSchema.parse({ ...posted, own: '', card: [a] }).card).toEqual([
    { cardId: a, maxMinor: null },
  ]);
  const nine = '9'.repeat(15);
  expect(payFormSchema.parse({ ...posted, card: [`${a}:${nine}`], cardMinor: nine })).toMatchObject({
    cardMinor: BigInt(nine),
    card: [{ cardId: a, maxMinor: BigInt(nine) }],
  });
  for (const odd of [
    '',
    'x',
    'x:1',
    `x${a}:1`,
    `${a}x:1`,
    `${a}:x`,
    `${a}:1x`,
    `${a}:x1`,
    `${a}:-1`,
    `${a}:9${nine}`,
  ]) {
    const { error } = payFormSchema.safeParse({ ...posted, card: [odd] });
    expect(error?.issues, odd).toMatchObject([{ code: 'custom', path: ['card', 0] }]);
  }
  for (const odd of ['', 'x', '1x', 'x1', '-1', '1.5', `9${nine}`])
    for (const field of ['cardMinor', 'externalMinor'])
      expect(payFormSchema.safeParse({ ...posted, [field]: odd }).success, `${field} ${odd}`).toBe(false);
});
