import { expect } from 'vitest';
import type { CardContext } from '@/lib/cards';
import type { CheckoutWorld } from '@/lib/checkout/testing';
import type { Id, Result } from '@/lib/kernel';
import type { Tally } from '../campaign';
import type { Life, Lives } from './life';

/** The product, as one run of commands sees it. */
export interface LivesReal {
  readonly world: CheckoutWorld;
  readonly tally: Tally;
  readonly context: () => CardContext;
  /** In which state each card, value, request and gift was when it was last looked at. */
  readonly seen: Map<string, string>;
}

/** A deed that is tried on one card; `n` decides everything about it that is free. */
export interface Attempt {
  readonly lives: Lives;
  readonly life: Life;
  readonly n: number;
}

export interface Deed {
  readonly name: string;
  /** Whether there is anything to try it with. */
  readonly possible: (attempt: Attempt) => boolean;
  /** What the product must answer: `ok`, or the code of its refusal. */
  readonly answer: (attempt: Attempt) => string;
  /** Does it, expects the answer and changes the model. */
  readonly run: (real: LivesReal, attempt: Attempt) => Promise<void>;
}

export function deed<Made>(plan: {
  readonly name: string;
  readonly possible: (attempt: Attempt) => boolean;
  readonly answer: (attempt: Attempt) => string;
  readonly act: (real: LivesReal, attempt: Attempt) => Promise<Result<Made, { readonly code: string }>>;
  readonly change: (attempt: Attempt, made: Made, real: LivesReal) => void | Promise<void>;
}): Deed {
  const { name, possible, answer } = plan;
  return {
    name,
    possible,
    answer,
    run: async (real, attempt) => {
      const foretold = answer(attempt);
      const result = await plan.act(real, attempt);
      expect(result.ok ? 'ok' : result.refusal.code, `${name} ${attempt.n} on ${attempt.life.id}`).toBe(
        foretold,
      );
      real.tally.see(`${name}: ${foretold}`);
      if (result.ok) await plan.change(attempt, result.value, real);
    },
  };
}

export const always = () => true;
export const isHeld = ({ life }: Attempt): boolean => life.holder !== null;

export const support = { id: 'usr_model_support', role: 'support' } as const;

export function holderOf({ life }: Attempt): Id<'usr'> {
  if (life.holder === null) throw new Error('only tried on a card that somebody has');
  return life.holder;
}

/** Mostly the holder, now and then somebody else. */
export function asker({ lives, life, n }: Attempt): Id<'usr'> {
  const { buyer, friend } = lives;
  const other = life.holder === buyer ? friend : buyer;
  return n % 9 === 8 ? other : (life.holder ?? other);
}

export const isAsked = (attempt: Attempt): boolean => asker(attempt) === attempt.life.holder;
