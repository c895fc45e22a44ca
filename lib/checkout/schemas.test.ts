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
});

test('a card moves up and down one place, and not beyond the ends', () => {
  const rows = (move: string) =>
    read(`row=${a}&row=${b}&row=${c}&move=${move}`)?.rows.map(({ cardId }) => cardId);
  expect(rows(`up.${c}`)).toEqual([a, c, b]);
  expect(rows(`down.${a}`)).toEqual([b, a, c]);
  expect(rows(`up.${a}`)).toEqual([a, b, c]);
  expect(rows(`down.${c}`)).toEqual([a, b, c]);
  expect(rows('sideways.x')).toEqual([a, b, c]);
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

test('a choice survives the address and the pay form', () => {
  fc.assert(
    fc.property(choices, (choice) => {
      const form = readSplitForm(splitAddress(choice));
      expect(form && choiceOf(form)).toEqual(choice);
      const posted = payFormSchema.parse({
        idempotencyKey: crypto.randomUUID(),
        cardMinor: '0',
        externalMinor: '1',
        method: 'alipay',
        own: '1',
        card: choice.map(chosenCardText),
      });
      expect(posted.card).toEqual(choice);
    }),
  );
});
