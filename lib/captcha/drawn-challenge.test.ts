import { randomBytes } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { drawPicture } from './draw-picture';
import { issueDrawnChallenge, openDrawnChallenge } from './drawn-challenge';
import { speakDigits } from './speak-digits';

const now = new Date('2026-03-01T08:00:00Z');
const key = randomBytes(32);
const issue = () => issueDrawnChallenge({ now, key });

test('a token does not show its digits, and opens to five of them', () => {
  const token = issue();
  const digits = openDrawnChallenge(token, key)?.digits ?? '';
  expect(digits).toMatch(/^\d{5}$/);
  expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain(digits);
});

test('two tokens for the same moment differ', () => {
  expect(issue()).not.toBe(issue());
});

test('a token of another key opens nothing: no digits, no picture, no voice', async () => {
  const foreign = issueDrawnChallenge({ now, key: randomBytes(32) });
  expect(openDrawnChallenge(foreign, key)).toBeNull();
  expect(drawPicture(foreign, key)).toBeNull();
  expect(await speakDigits(foreign, { locale: 'en', key })).toBeNull();
});

test('a picture is a whole PNG of 320 by 112 with both paper and ink on it', () => {
  const png = drawPicture(issue(), key) ?? Buffer.alloc(0);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([320, 112]);
  const data = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
  expect(rows).toHaveLength(321 * 112);
  expect(rows.filter((shade) => shade > 24).length).toBeGreaterThan(1_000);
  expect(rows.filter((shade) => shade < 8).length).toBeGreaterThan(20_000);
});

test('one token is one picture and one sound: many looks teach nothing more', async () => {
  const token = issue();
  expect(drawPicture(token, key)).toEqual(drawPicture(token, key));
  expect(await speakDigits(token, { locale: 'zh-CN', key })).toEqual(
    await speakDigits(token, { locale: 'zh-CN', key }),
  );
});

test.each(['zh-CN', 'en'] as const)(
  'the digits are spoken in %s, with a pause after each',
  async (locale) => {
    const wav = (await speakDigits(issue(), { locale, key })) ?? Buffer.alloc(0);
    expect(wav.subarray(0, 4).toString()).toBe('RIFF');
    expect(wav.readUInt32LE(40)).toBe(wav.length - 44);
    expect(spokenParts(wav)).toBeGreaterThanOrEqual(5);
  },
);

/** How many stretches of voice are parted by at least 0.3 s without any. */
function spokenParts(wav: Buffer): number {
  let parts = 0;
  let quiet = Number.POSITIVE_INFINITY;
  for (let at = 44; at + 1 < wav.length; at += 2) {
    const loud = Math.abs(wav.readInt16LE(at)) > 3_000;
    if (loud && quiet > 0.3 * 8_000) parts += 1;
    quiet = loud ? 0 : quiet + 1;
  }
  return parts;
}
