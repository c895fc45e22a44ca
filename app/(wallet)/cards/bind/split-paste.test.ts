import { describe, expect, test } from 'vitest';
import { splitPaste } from './split-paste';

const both = { number: '9101234567890128', password: '7K2M-9QXA-1ZMD-55TV' };

describe('a text that holds number and password is parted', () => {
  test.each([
    ['labelled on one line', '卡号：9101 2345 6789 0128 密码：7K2M-9QXA-1ZMD-55TV'],
    ['labelled without signs', '卡号9101234567890128密码7K2M-9QXA-1ZMD-55TV'],
    ['labelled on two lines', '卡号: 9101-2345-6789-0128\n密码: 7K2M-9QXA-1ZMD-55TV\n有效期 2029-11-30'],
    ['in English', 'Card number: 9101 2345 6789 0128\nPassword: 7K2M-9QXA-1ZMD-55TV'],
    ['inside a message', '您好，您的福运卡：卡号 9101234567890128，卡密 7K2M-9QXA-1ZMD-55TV'],
    ['in full width', '卡号：９１０１２３４５６７８９０１２８　密码：7K2M-9QXA-1ZMD-55TV'],
    ['on two bare lines', '9101 2345 6789 0128\r\n7K2M-9QXA-1ZMD-55TV'],
    ['as a row of a table', '9101234567890128\t7K2M-9QXA-1ZMD-55TV'],
    ['with a comma', '9101234567890128,7K2M-9QXA-1ZMD-55TV'],
    ['with one space', '9101234567890128 7K2M-9QXA-1ZMD-55TV'],
  ])('%s', (_, text) => {
    expect(splitPaste(text)).toEqual(both);
  });

  test('a password of digits alone, when a line or a label parts it', () => {
    expect(splitPaste('卡号 88001234 密码 123456')).toEqual({ number: '88001234', password: '123456' });
    expect(splitPaste('88001234\n123456')).toEqual({ number: '88001234', password: '123456' });
  });
});

describe('anything else stays as it was pasted', () => {
  test.each([
    '9101 2345 6789 0128',
    '9101-2345-6789-0128',
    '9101234567890128',
    '卡号 9101234567890128',
    '7K2M-9QXA-1ZMD-55TV',
    '2345 6789',
    '',
    '密码 123456',
    'x'.repeat(1_000),
  ])('%s', (text) => {
    expect(splitPaste(text)).toBeNull();
  });
});
