import { expireCards, lapseValue, reopenRefunded } from '@/lib/cards';
import { deliverGift, returnUnclaimedGifts } from '@/lib/gifts';
import { DAY_MS, MINUTE_MS } from '@/lib/kernel';
import { deliverOutbox } from '@/lib/outbox';
import { handleSalesMessage } from '@/lib/sales';
import type { LivesReal } from './action';
import { handOver, hasEnded, LAPSE_AFTER_MS, type Life, type Lives, setFreeze } from './life';

/** How far the clock is moved: a length of time, `eve` (a minute before the next card expires) or `end` (when it expires). */
export const STEPS = ['minute', 'day', 'week', 'quarter', 'eve', 'end'] as const;
export type Step = (typeof STEPS)[number];

export function stepMs(lives: Lives, step: Step): number {
  const lengths = { minute: MINUTE_MS, day: DAY_MS, week: 8 * DAY_MS, quarter: 91 * DAY_MS };
  if (step !== 'eve' && step !== 'end') return lengths[step];
  const ends = lives.cards.flatMap(({ state, expiresMs }) =>
    state !== 'issued' && expiresMs !== null && expiresMs > lives.nowMs ? [expiresMs] : [],
  );
  if (ends.length === 0) return DAY_MS;
  const toEndMs = Math.min(...ends) - lives.nowMs;
  return step === 'end' ? toEndMs : Math.max(toEndMs - MINUTE_MS, 1);
}

interface Job {
  readonly run: (real: LivesReal) => Promise<void>;
  readonly change: (life: Life, lives: Lives) => void;
}

/** Jobs, each run on its own at any moment: a worker may die between any two of them. */
export const JOBS = {
  expire: {
    run: async (real) => void (await expireCards(real.context())),
    change: (life, { nowMs }) => {
      if (life.state === 'issued' || !hasEnded(life, nowMs)) return;
      life.dormantMinor += life.availableMinor;
      life.availableMinor = 0n;
    },
  },
  reopen: {
    run: async (real) => void (await reopenRefunded(real.context())),
    change: (life) => {
      const left = life.availableMinor + life.heldMinor + life.dormantMinor;
      if (life.state === 'closed' && life.holder !== null && left > 0n) setFreeze(life, life.freeze);
    },
  },
  lapse: {
    run: async (real) => void (await lapseValue(real.context())),
    change: (life, { nowMs }) => {
      const kept = (life.expiresMs ?? Number.POSITIVE_INFINITY) > nowMs - LAPSE_AFTER_MS;
      if (life.programme !== 'zengka' || kept) return;
      if (life.requests.some(({ state }) => state === 'open')) return;
      life.lapsedMinor += life.dormantMinor;
      life.dormantMinor = 0n;
    },
  },
  'return unclaimed': {
    run: (real) => returnUnclaimedGifts(real.context()),
    change: (life, { buyer, nowMs }) => {
      const { gift } = life;
      if (gift?.state !== 'scheduled' && gift?.state !== 'sent') return;
      if (nowMs < gift.claimByMs) return;
      gift.state = 'returned';
      handOver(life, buyer, nowMs);
    },
  },
  deliver: {
    run: deliverAll,
    change: ({ gift }) => {
      if (gift?.state === 'scheduled') gift.state = 'sent';
    },
  },
} as const satisfies Record<string, Job>;
export type JobName = keyof typeof JOBS;

export function isJob(name: string): name is JobName {
  return name in JOBS;
}

async function deliverAll(real: LivesReal): Promise<void> {
  const context = real.context();
  const checkout = real.world.context();
  const keys = { seal: context.keys.seal, lookup: context.keys.number };
  const messenger = { send: async () => undefined };
  const gifts = { ...context, keys, origin: 'https://kabao.test', messenger };
  for (let more = true; more; ) {
    ({ more } = await deliverOutbox(context, async (message) => {
      await handleSalesMessage({ sales: context, checkout }, message);
      await deliverGift(gifts, message);
    }));
  }
}
