import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lineOf, MACHINES, TRANSITIONS } from './transitions';

const page = readFileSync('docs/card-life.md', 'utf8');
const [summary = [], ...details] = [...page.matchAll(/^```mermaid\nstateDiagram-v2\n([\s\S]*?)^```$/gm)].map(
  ([, body = '']) =>
    body
      .trim()
      .split('\n')
      .map((line) => line.trim()),
);

test('docs/card-life.md draws exactly the transitions that random lives may take', () => {
  expect(details).toEqual(MACHINES.map((machine) => TRANSITIONS[machine].map(lineOf)));
});

test('the first diagram draws the same transitions between stored states', () => {
  const stored = (state: string) =>
    ({ unbound: 'active', frozen: 'frozen', stopped: 'frozen', lost: 'frozen' })[state] ?? state;
  const edges = TRANSITIONS.card
    .map(([from, to]) => `${stored(from)} --> ${stored(to)}`)
    .filter((edge) => new Set(edge.split(' --> ')).size === 2);
  expect(summary.map((line) => line.replace(/ *:.*$/, '')).toSorted()).toEqual(
    [...new Set(edges)].toSorted(),
  );
});
