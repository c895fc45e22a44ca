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
  /** The state that each card, value, request and gift had after the command before. */
  readonly seen: Map<string, string>;
}

/** An action tried on one card; `n` decides everything about it that is free. */
export interface Attempt {
  readonly lives: Lives;
  readonly life: Life;
  readonly n: number;
}

export interface Action {
  readonly name: string;
  /** Whether it can be tried at all, allowed or not. */
  readonly possible: (attempt: Attempt) => boolean;
  /** What the model says that the product must answer: `ok`, or the code of its refusal. */
  readonly answer: (attempt: Attempt) => string;
  /** Performs it, compares the answer with the model's, and changes the model. */
  readonly run: (real: LivesReal, attempt: Attempt) => Promise<void>;
}

export function action<Made>(plan: {
  readonly name: string;
  readonly possible: (attempt: Attempt) => boolean;
  readonly answer: (attempt: Attempt) => string;
  readonly act: (real: LivesReal, attempt: Attempt) => Promise<Result<Made, { readonly code: string }>>;
  readonly change: (attempt: Attempt, made: Made, real: LivesReal) => void | Promise<void>;
}): Action {
  const { name, possible, answer } = plan;
  return {
    name,
    possible,
    answer,
    run: async (real, attempt) => {
      const expected = answer(attempt);
      const result = await plan.act(real, attempt);
      expect(result.ok ? 'ok' : result.refusal.code, `${name} ${attempt.n} on ${attempt.life.id}`).toBe(
        expected,
      );
      real.tally.see(`${name}: ${expected}`);
      if (result.ok) await plan.change(attempt, result.value, real);
    },
  };
}

export const always = () => true;
export const hasHolder = ({ life }: Attempt): boolean => life.holder !== null;

export const support = { id: 'usr_model_support', role: 'support' } as const;

export function holderOf({ life }: Attempt): Id<'usr'> {
  if (life.holder === null) throw new Error('only tried on a card that somebody has');
  return life.holder;
}

/** Who asks: mostly the holder, now and then somebody else. */
export function asker({ lives, life, n }: Attempt): Id<'usr'> {
  const { buyer, friend } = lives;
  const other = life.holder === buyer ? friend : buyer;
  return n % 9 === 8 ? other : (life.holder ?? other);
}

export const isAskedByHolder = (attempt: Attempt): boolean => asker(attempt) === attempt.life.holder;
