import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DRAWN, lineOf, MACHINES } from './drawn';

const page = readFileSync('docs/card-life.md', 'utf8');
const [summary = [], ...details] = [...page.matchAll(/^```mermaid\nstateDiagram-v2\n([\s\S]*?)^```$/gm)].map(
  ([, body = '']) =>
    body
      .trim()
      .split('\n')
      .map((line) => line.trim()),
);

test('docs/card-life.md draws the transitions that random lives are held to, and no other', () => {
  expect(details).toEqual(MACHINES.map((machine) => DRAWN[machine].map(lineOf)));
});

test('the states that are stored lead where its first diagram says', () => {
  const stored = (state: string) =>
    ({ unbound: 'active', frozen: 'frozen', stopped: 'frozen', lost: 'frozen' })[state] ?? state;
  const edges = DRAWN.card
    .map(([from, to]) => `${stored(from)} --> ${stored(to)}`)
    .filter((edge) => new Set(edge.split(' --> ')).size === 2);
  expect(summary.map((line) => line.replace(/ *:.*$/, '')).toSorted()).toEqual(
    [...new Set(edges)].toSorted(),
  );
});
