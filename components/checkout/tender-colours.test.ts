import { expect, test } from 'vitest';
import { tenderColours } from './tender-colours';

const red = { colours: { from: '#8f1d18', to: '#c8452f' } };
const green = { colours: { from: '#153f39', to: '#2b7a66' } };

test('a card has the colour of its face', () => {
  expect(tenderColours([red, green])).toEqual(['#c8452f', '#2b7a66']);
});

test('five cards of one programme can be told apart', () => {
  const colours = tenderColours([red, red, red, red, red, green]);
  expect(new Set(colours).size).toBe(6);
  for (const colour of colours) expect(colour).toMatch(/^#[0-9a-f]{6}$/);
});
