import { describe, expect, test } from 'vitest';
import { normalisePassword } from './password';
import { splitPasted } from './paste';
import { bindFormSchema, dayLimitSchema, limitOf, looksMistyped } from './schemas';

const number = '9101464768428416';
const password = 'AXFMRM1V5P599WH4';

describe('the bind form', () => {
  test('takes number and password as people type them, and leaves them as typed', () => {
    const typed = { number: ' 9101 4647 6842 8416', password: 'axfm-rmlv-5p59-9wh4 ' };
    expect(bindFormSchema.safeParse(typed)).toMatchObject({ success: true, data: typed });
  });

  test.each([
    [{ number: '', password }, 'number_missing'],
    [{ number: '9101', password }, 'number_format'],
    [{ number, password: ' ' }, 'password_missing'],
    [{ number, password: '1234' }, 'password_format'],
    [{ password }, 'number_missing'],
  ])('says of %o: %s', (typed, message) => {
    expect(bindFormSchema.safeParse(typed).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});

test.each([
  ['9101 4647 6842 8416', false],
  ['9101 4647 6842 8417', true],
  ['9101 4647 6842 841', false],
  ['8888 4647 6842 8417', false],
  ['', false],
])('%j looks mistyped: %s', (typed, mistyped) => {
  expect(looksMistyped(typed)).toBe(mistyped);
});

describe('pasted text', () => {
  test.each([
    '卡号：9101 4647 6842 8416 密码：AXFM-RM1V-5P59-9WH4',
    '卡号9101464768428416，卡密AXFM-RM1V-5P59-9WH4',
    '您的购物卡\n卡号: 9101464768428416\n密码: AXFM-RM1V-5P59-9WH4\n有效期至 2029-11-23',
    '密码：AXFM RM1V 5P59 9WH4\n卡号：9101 4647 6842 8416',
    '卡号是９１０１４６４７６８４２８４１６密码是AXFMRM1V5P599WH4。请妥善保管',
    '9101464768428416密码AXFMRM1V5P599WH4',
    'Card number: 9101-4647-6842-8416, password: axfm-rm1v-5p59-9wh4',
    '9101464768428416,AXFM-RM1V-5P59-9WH4,fuyun,10000,2029-11-23',
    '9101464768428416\tAXFMRM1V5P599WH4',
    '9101464768428416 AXFM-RM1V-5P59-9WH4',
    '9101 4647 6842 8416 AXFM RM1V 5P59 9WH4',
    '9101 4647 6842 8416\r\nAXFM-RM1V-5P59-9WH4',
    '您好，您的福运卡：卡号 9101464768428416，卡密 AXFM-RM1V-5P59-9WH4',
  ])('%j is split into number and password', (text) => {
    const found = splitPasted(text);
    expect(found?.number).toBe(number);
    expect(normalisePassword(found?.password ?? '')).toBe(password);
  });

  test('takes shorter numbers and passwords from paper', () => {
    expect(splitPasted('卡号 8800123456 密码 736105')).toEqual({ number: '8800123456', password: '736105' });
    expect(splitPasted('8800123456\n736105')).toEqual({ number: '8800123456', password: '736105' });
  });

  test.each([
    '',
    number,
    '9101 4647 6842 8416',
    password,
    '你好',
    '卡号：密码：',
    `卡号：${number}`,
    '密码：736105',
  ])('%j is not split', (text) => {
    expect(splitPasted(text)).toBeNull();
  });
});

describe('the form of a limit', () => {
  const read = (given: object) => dayLimitSchema.safeParse({ cardId: 'crd_1', ...given });

  test.each([
    [{ limit: '200' }, 20_000n],
    [{ limit: ' ¥1,000.5 ' }, 100_050n],
    [{ limit: '1' }, 100n],
    [{ limit: '1000000' }, 100_000_000n],
    [{ limit: '', lift: 'on' }, null],
    [{ limit: 'nonsense', lift: 'on', currentPassword: 'x' }, null],
  ])('reads %o', (typed, limit) => {
    const input = read(typed);
    expect(input.success && limitOf(input.data)).toBe(limit);
  });

  test.each([
    [{}, 'limit_missing'],
    [{ limit: ' ' }, 'limit_missing'],
    [{ limit: '-5' }, 'limit_format'],
    [{ limit: '1.234' }, 'limit_format'],
    [{ limit: '0.99' }, 'limit_too_low'],
    [{ limit: '1000000.01' }, 'limit_too_high'],
  ])('says of %o: %s', (typed, message) => {
    const input = read(typed);
    expect(input.error?.issues.map((issue) => [issue.path, issue.message])).toEqual([[['limit'], message]]);
  });
});
