import { expect } from 'vitest';
import { bindCard, cardIdOfNumber } from '@/lib/cards';
import { newId } from '@/lib/kernel';
import type { LivesReal } from './deed';
import type { Secrets } from './life';

/** A number that was taken from its card leads nowhere, also with its password, and support finds nothing under it. */
export async function expectDeadNumber(real: LivesReal, secrets: Secrets): Promise<void> {
  const userId = newId('usr');
  const bound = await bindCard(real.context(), { ...secrets, userId, network: userId, device: null });
  expect(bound).toEqual({ ok: false, refusal: { code: 'no_match' } });
  expect(await cardIdOfNumber(real.context(), secrets.number)).toBeNull();
}
