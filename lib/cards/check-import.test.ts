import { describe, expect, test } from 'vitest';
import { checkImport } from './check-import';
import { MAX_IMPORT_LINES, parseImportFile } from './import-file';
import { FIRST_PROGRAMMES } from './programmes';

const terms = {
  programmes: FIRST_PROGRAMMES,
  programmeId: 'laoyou',
  now: new Date('2026-11-23T02:00:00.000Z'),
  zone: 'Asia/Shanghai',
};
const header = 'number,password,balanceMinor,expiresAt,programme\n';
const good = '8800 1234 5678,7K2M-9QXA-1ZMD-55TV,5000,2029-11-30,';

function check(...lines: string[]) {
  const rows = parseImportFile(header + lines.join('\n'));
  if (!rows.ok) throw new Error(rows.refusal.code);
  return checkImport(rows.value, terms);
}

describe('the file', () => {
  test.each([
    ['commas', header.trim(), '880012345678,736105,5000,,fuyun'],
    ['semicolons', 'number;password;balanceMinor;expiresAt;programme', '880012345678;736105;5000;;fuyun'],
    ['tabs', 'number\tpassword\tbalanceMinor\texpiresAt\tprogramme', '880012345678\t736105\t5000\t\tfuyun'],
    ['a byte order mark', `\ufeff${header.trim()}`, '880012345678,736105,5000,,fuyun'],
    [
      'another order, case and quotes',
      'Password,NUMBER,expiresat,"balanceMinor",programme',
      '736105,880012345678,,"5000",fuyun',
    ],
    [
      'empty lines and carriage returns',
      `${header.trim()}\r`,
      '880012345678,736105,5000,,fuyun\r\n\r\n,,,,\r',
    ],
  ])('may have %s', (_, first, second) => {
    expect(parseImportFile(`${first}\n${second}\n`)).toEqual({
      ok: true,
      value: [
        {
          line: 2,
          number: '880012345678',
          password: '736105',
          balanceMinor: '5000',
          expiresAt: '',
          programme: 'fuyun',
        },
      ],
    });
  });

  test('counts lines as an editor does, empty ones too', () => {
    const rows = parseImportFile(`${header}\n${good}\n\n${good}`);
    expect(rows.ok && rows.value.map(({ line }) => line)).toEqual([3, 5]);
  });

  test.each([
    ['', { code: 'columns_missing', columns: ['number', 'password', 'balanceMinor', 'expiresAt'] }],
    ['number,password,balance,expiresAt\n', { code: 'columns_missing', columns: ['balanceMinor'] }],
    [header.replace('programme', 'colour'), { code: 'columns_unknown', columns: ['colour'] }],
    [header, { code: 'no_lines' }],
    [header + `${good}\n`.repeat(MAX_IMPORT_LINES + 1), { code: 'too_many_lines', max: MAX_IMPORT_LINES }],
  ])('is refused as a whole (case %#)', (text, refusal) => {
    expect(parseImportFile(text)).toEqual({ ok: false, refusal });
  });
});

describe('a line', () => {
  test('is read into a card', () => {
    const { cards, problems } = check(good);
    expect(problems).toEqual([]);
    expect(cards).toMatchObject([
      {
        line: 2,
        number: '880012345678',
        password: '7K2M9QXA1ZMD55TV',
        balanceMinor: 5_000n,
        expiresAt: new Date('2029-11-30T16:00:00.000Z'),
        programme: { id: 'laoyou' },
      },
    ]);
  });

  test.each([
    ['2029-11-30'],
    ['2029/11/30'],
    ['2029.11.30'],
    ['2029-11-30T15:59:59+08:00'],
    ['2029-11-29T16:00:00.000Z'],
  ])('with %s ends at the end of that day where the issuer is', (day) => {
    expect(check(good.replace('2029-11-30', day)).cards[0]?.expiresAt).toEqual(
      new Date('2029-11-30T16:00:00.000Z'),
    );
  });

  test.each([
    ['fuyun', '880012345678,736105,5000,2029-11-30,fuyun'],
    ['laoyou', '880012345678,736105,5000,2029-11-30,'],
    ['fuyun', '9101464768428416,736105,5000,2029-11-30,'],
    ['laoyou', '9101464768428416,736105,5000,2029-11-30,laoyou'],
  ])('belongs to %s: by its own word, its number, or the default (case %#)', (programmeId, line) => {
    expect(check(line).cards[0]?.programme.id).toBe(programmeId);
  });

  test.each([
    ['number_format', good.replace('8800 1234 5678', '123')],
    ['number_format', good.replace('8800', 'AB00')],
    ['number_rounded', good.replace('8800 1234 5678', '8.80012E+15')],
    ['check_digit_wrong', good.replace('8800 1234 5678', '9101464768428417')],
    ['password_format', good.replace('7K2M-9QXA-1ZMD-55TV', '12345')],
    ['password_format', good.replace('7K2M-9QXA-1ZMD-55TV', '密码密码密码')],
    ['password_is_number', good.replace('7K2M-9QXA-1ZMD-55TV', '8800-1234-5678')],
    ['balance_format', good.replace(',5000,', ',50.00,')],
    ['balance_format', good.replace(',5000,', ',-1,')],
    ['balance_format', good.replace(',5000,', ',,')],
    ['balance_above_limit', good.replace(',5000,', ',100001,')],
    ['expiry_format', good.replace('2029-11-30', '2029-02-30')],
    ['expiry_format', good.replace('2029-11-30', '30.11.2029')],
    ['expired', good.replace('2029-11-30', '2026-11-22')],
    ['expiry_missing', good.replace('2029-11-30,', ',zengka')],
    ['expiry_not_allowed', `${good}zhenxiang`],
    ['programme_unknown', `${good}nobody`],
    ['number_format', good.split(',')[1] ?? ''],
  ])('is refused as %s (case %#)', (code, line) => {
    const { cards, problems } = check(line);
    expect(cards).toEqual([]);
    expect(problems.map(({ line: at, problem }) => [at, problem.code])).toContainEqual([2, code]);
  });

  test('is told everything that is wrong with it at once', () => {
    const { problems } = check('12,34,x,y,z');
    expect(problems.map(({ problem }) => problem.code).toSorted()).toEqual([
      'balance_format',
      'expiry_format',
      'number_format',
      'password_format',
      'programme_unknown',
    ]);
  });

  test('whose number stands above is told where, however either is written', () => {
    const { problems } = check(good, good.replace('8800 1234 5678', '8800-12345678'));
    expect(problems).toEqual([{ line: 3, problem: { code: 'number_twice', firstLine: 2 } }]);
  });

  test('that ends today, has nothing left, or reaches the limit is fine', () => {
    const { cards, problems } = check(
      good.replace('2029-11-30', '2026-11-23'),
      good.replace('5678', '5679').replace(',5000,', ',0,'),
      good.replace('5678', '5670').replace(',5000,', ',100000,'),
    );
    expect(problems).toEqual([]);
    expect(cards).toHaveLength(3);
  });

  test('is noted when its number has no check digit or its password is easy to guess', () => {
    const { warnings } = check('79927398713,736105,1,,', '79927398710,000000,1,,');
    expect(warnings).toEqual([
      { line: 3, warning: { code: 'no_check_digit' } },
      { line: 3, warning: { code: 'password_guessable' } },
    ]);
  });
});
