import { expect } from 'vitest';
import { bindCard, cardIdOfNumber } from '@/lib/cards';
import { newId } from '@/lib/kernel';
import type { LivesReal } from './action';
import type { Secrets } from './life';

/** A replaced number binds no card, even with its password, and support finds no card under it. */
export async function expectRetiredNumber(real: LivesReal, secrets: Secrets): Promise<void> {
  const userId = newId('usr');
  const bound = await bindCard(real.context(), { ...secrets, userId, network: userId, device: null });
  expect(bound).toEqual({ ok: false, refusal: { code: 'no_match' } });
  expect(await cardIdOfNumber(real.context(), secrets.number)).toBeNull();
}
