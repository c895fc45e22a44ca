import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeSecretFile } from './issue-file';
import { batchIdOf, formatIssueList, type IssueList, parseIssueList } from './issue-list';

const list: IssueList = {
  programmeId: 'fuyun',
  faceMinor: 10_000n,
  lastDay: { year: 2029, month: 11, day: 23 },
  cards: [
    { number: '9101464768428416', password: 'AXFMRM1V5P599WH4' },
    { number: '9101086645763176', password: '2KE777PKMVAP07BJ' },
  ],
};
const text = `number,password,programme,faceMinor,expiresAt
9101464768428416,AXFM-RM1V-5P59-9WH4,fuyun,10000,2029-11-23
9101086645763176,2KE7-77PK-MVAP-07BJ,fuyun,10000,2029-11-23
`;

test('an issue file is one line per card, and is read as it was written', () => {
  expect(formatIssueList(list)).toBe(text);
  expect(parseIssueList(text)).toEqual({ ok: true, value: list });
  const endless = { ...list, lastDay: null };
  expect(parseIssueList(formatIssueList(endless))).toEqual({ ok: true, value: endless });
});

test.each([
  ['', 1],
  ['number,password\n1,2\n', 1],
  ['number,password,programme,faceMinor,expiresAt\n', 2],
  [text.replace('fuyun,10000,2029-11-23\n9', 'zengka,10000,2029-11-23\n9'), 3],
  [text.replace(/10000(?=,2029-11-23\n$)/, '20000'), 3],
  [text.slice(0, -25), 3],
  [text.replaceAll('2029-11-23', '2029-02-30'), 2],
])('a file that was not written so is refused, with its line', (wrong, line) => {
  expect(parseIssueList(wrong)).toEqual({ ok: false, refusal: { code: 'not_an_issue_file', line } });
});

test('the same file is the same batch, another file is another', () => {
  expect(batchIdOf(text)).toBe(batchIdOf(text));
  expect(batchIdOf(text)).not.toBe(batchIdOf(text.replace('AXFM', 'AXFN')));
});

const folder = mkdtempSync(join(tmpdir(), 'kabao-issue-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a file of secrets is for its owner alone and is never overwritten', () => {
  const path = join(folder, 'cards.csv');
  expect(writeSecretFile(path, text)).toEqual({ ok: true, value: undefined });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(writeSecretFile(path, 'other')).toEqual({ ok: false, refusal: { code: 'file_exists' } });
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(readdirSync(folder)).toEqual(['cards.csv']);
});
