import { describe, expect, it } from 'vitest';
import { type Checkpoint, readCheckpoint, type SealReport, signCheckpoint } from './index';
import { GENESIS } from './seal-format';
import { minutes, testNow } from './testing';

const seed = Buffer.alloc(32, 7);
const report: SealReport = {
  ok: true,
  seals: 12,
  sealed: 34_567,
  unsealed: 0,
  chain: 'ab'.repeat(32),
  sealedAt: testNow.toISOString(),
  first: null,
  differences: [],
};
const checkpoint = signCheckpoint(report, seed, minutes(1));
const read = (over: Partial<Record<keyof Checkpoint, unknown>>, key: Buffer | null = seed) =>
  readCheckpoint(JSON.stringify({ ...checkpoint, ...over }), key);

describe('a checkpoint, whose form no later version may change,', () => {
  it('says this, signed by a key of RFC 8032', () => {
    expect(checkpoint).toEqual({
      format: 'kabao-checkpoint-1',
      seal: '12',
      transfers: '34567',
      chain: 'ab'.repeat(32),
      sealedAt: '2026-11-23T02:00:00.000Z',
      signedAt: '2026-11-23T02:01:00.000Z',
      publicKey: 'ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c',
      signature: expect.stringMatching(/^[0-9a-f]{128}$/),
    });
    expect(read({})).toEqual({ ok: true, value: checkpoint });
  });

  it('of an empty ledger has no time of a seal', () => {
    const empty = signCheckpoint(
      { ...report, seals: 0, sealed: 0, chain: GENESIS.toString('hex'), sealedAt: null },
      seed,
      testNow,
    );
    expect(empty).toMatchObject({ seal: '0', transfers: '0', sealedAt: '' });
    expect(readCheckpoint(JSON.stringify(empty), seed)).toMatchObject({ ok: true });
  });

  it('of any key is read when no key is asked for, but not one whose signature is wrong', () => {
    expect(read({}, null)).toMatchObject({ ok: true });
    expect(read({ transfers: '34568' }, null)).toMatchObject({ refusal: { code: 'signature_wrong' } });
    expect(read({}, Buffer.alloc(32, 8))).toMatchObject({ refusal: { code: 'another_key' } });
  });

  it('is none when a part of it is missing or has another form', () => {
    const hex = 'ab'.repeat(32);
    const forms: Record<string, unknown[]> = {
      format: ['kabao-checkpoint-2', undefined],
      seal: ['', 'x', '1x', 'x1', '-1', 12, undefined],
      transfers: ['', '1 ', 34_567, undefined],
      chain: [hex.slice(1), `${hex}a`, `z${hex.slice(1)}`, `${hex.slice(1)}z`, hex.toUpperCase(), undefined],
      sealedAt: [1, undefined],
      signedAt: [1, undefined],
      publicKey: [hex.slice(2), `${hex}ab`, undefined],
      signature: [hex, `${hex}${hex}ab`, undefined],
    };
    for (const [field, values] of Object.entries(forms)) {
      for (const value of values) {
        expect(read({ [field]: value }), `${field} ${value}`).toMatchObject({
          refusal: { code: 'not_a_checkpoint' },
        });
      }
    }
    for (const text of ['', '{', '{}', 'null', '[]', '"kabao-checkpoint-1"']) {
      expect(readCheckpoint(text, seed), text).toMatchObject({ refusal: { code: 'not_a_checkpoint' } });
    }
  });
});
