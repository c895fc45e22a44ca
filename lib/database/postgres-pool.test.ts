import { expect, test } from 'vitest';
import { urlsOf } from './postgres-pool';

test('a URL that lists several hosts is one URL per host', () => {
  expect(urlsOf('postgres://kabao:a,b%40c@one:5432,two:5433/kabao?sslmode=require')).toEqual([
    'postgres://kabao:a,b%40c@one:5432/kabao?sslmode=require',
    'postgres://kabao:a,b%40c@two:5433/kabao?sslmode=require',
  ]);
});

test('a URL of one host stays what it is', () => {
  for (const url of [
    'postgres://kabao:x@one:5432/kabao',
    'postgresql://one/kabao?a=b,c',
    'postgres:///kabao',
  ])
    expect(urlsOf(url)).toEqual([url]);
});
