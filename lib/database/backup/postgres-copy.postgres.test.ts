import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../testing';
import { copyOut } from './postgres-copy';

let test: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  test = await openTestDatabase();
  client = new pg.Client({ connectionString: test.url });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await test.close();
});

it('a table whose last rows fill the buffer of its file holds up no table behind it', async () => {
  let bytes = 0;
  // Full from the first row on, and written only when everything has been sent: so it is ended while it is full.
  const slow = () =>
    new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        setImmediate(done);
      },
    });
  for (const rows of [3, 3]) {
    const out = slow();
    const copied = await copyOut(client, `COPY (SELECT generate_series(1, ${rows})) TO STDOUT`, out);
    out.end();
    await finished(out);
    expect(copied).toBe(rows);
  }
  expect(bytes).toBe(12);
});
