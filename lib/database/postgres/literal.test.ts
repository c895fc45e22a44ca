import { describe, expect, it } from 'vitest';
import { arrayLiteral, rowElement } from './literal';

describe('a row inside an array', () => {
  it('NULL is nothing, an empty text is quoted, numbers and plain text stand as they are', () => {
    expect(rowElement([null, undefined, '', 1, 2n, true, 'pay_01'])).toBe(
      String.raw`"(,,\"\",1,2,true,pay_01)"`,
    );
  });

  it('quotes and backslashes are escaped for the row and for the array', () => {
    expect(rowElement(['{"a":"b\\c"}'])).toBe(String.raw`"(\"{\\\"a\\\":\\\"b\\\\c\\\"}\")"`);
  });

  it('a list of names is an array in the row', () => {
    expect(arrayLiteral([rowElement([['paid', 'refunded']])])).toBe(String.raw`{"(\"{paid,refunded}\")"}`);
  });
});
