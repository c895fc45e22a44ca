import { expect } from 'vitest';
import { type Birth, BirthCommand, ClockCommand, JobCommand, tryDeed } from './commands';
import type { LivesReal } from './deed';
import { DEEDS } from './deeds/all';
import type { Life, Lives } from './life';
import type { JobName, Step } from './time';

/** One thing that happens in a life that is told: a birth, time that passes, a job, or a deed that must be allowed. */
export type Scene =
  | Birth
  | { readonly clock: Step }
  | { readonly job: JobName }
  | readonly [card: number, ...deeds: (string | readonly [deed: string, n: number])[]];

export async function tell(scenes: readonly Scene[], lives: Lives, real: LivesReal): Promise<void> {
  for (const scene of scenes) await play(scene, lives, real);
}

async function play(scene: Scene, lives: Lives, real: LivesReal): Promise<void> {
  if ('clock' in scene) return new ClockCommand(scene.clock).run(lives, real);
  if ('job' in scene) return new JobCommand(scene.job).run(lives, real);
  if ('issue' in scene || 'sell' in scene) return new BirthCommand(scene).run(lives, real);
  const [card, ...deeds] = scene;
  const life = lives.cards[card];
  if (!life) throw new Error(`card ${card} is not born yet`);
  for (const each of deeds) await act(life, each, { lives, real });
}

async function act(
  life: Life,
  each: string | readonly [string, number],
  { lives, real }: { readonly lives: Lives; readonly real: LivesReal },
): Promise<void> {
  const [name, n] = typeof each === 'string' ? [each, 0] : each;
  const deed = DEEDS.find((known) => known.name === name);
  if (!deed) throw new Error(`nobody can ${name}`);
  const attempt = { lives, life, n };
  expect(deed.possible(attempt) && deed.answer(attempt), `${name} is allowed`).toBe('ok');
  await tryDeed(deed, attempt, real);
}

/** One card of each kind in the buyer's hands, so that there is something to do from the first command on. */
export const OPENING: readonly Scene[] = [
  { issue: 'fuyun' },
  { issue: 'zengka' },
  { issue: 'zhenxiang' },
  [0, 'bind'],
  [1, 'bind'],
  [2, 'activate', 'bind'],
];

const PART = 1;

/** Lives that together take every transition that is drawn; each begins with the opening. */
export const TOLD: Readonly<Record<string, readonly Scene[]>> = {
  'a card that is frozen, lost, found and replaced': [
    [2, 'stop', 'release', 'freeze', 'unfreeze', 'freeze', 'release', 'freeze', 'stop', 'release'],
    [2, 'report loss', 'take back request', 'report loss', 'reissue'],
    [2, 'freeze', 'report loss', 'take back request', 'report loss', 'reissue'],
    [2, 'stop', 'report loss', 'take back request', 'report loss', 'reissue', 'release'],
    [2, 'report loss', 'refuse request', 'release'],
    [2, 'report loss', 'stop', 'take back request', 'report loss', 'release', 'stop', 'reissue', 'release'],
    [2, 'freeze', 'report loss', 'stop', 'refuse request', 'release'],
  ],
  'a card that is used up, closed, and opened again by a refund': [
    [2, 'pay', 'freeze', 'close', 'refund'],
    { job: 'reopen' },
    [2, 'unfreeze', 'pay', 'close'],
    { issue: 'fuyun' },
    [3, 'stop', 'release'],
  ],
  'a given card whose last day passes again and again': [
    { clock: 'eve' },
    [1, 'reserve'],
    { clock: 'end' },
    [1, 'settle', ['refund', PART]],
    { job: 'expire' },
    [1, 'refund', 'exchange', 'grant exchange'],
    { clock: 'end' },
    { job: 'expire' },
    [1, 'exchange', 'grant exchange'],
    { clock: 'end' },
    // The other card's last day came before.
    { clock: 'end' },
    { job: 'expire' },
    { clock: 'quarter' },
    { job: 'lapse' },
    [1, 'ask extension', 'extend'],
    { clock: 'end' },
  ],
  'a bought card whose last day passes while a payment holds a part of it': [
    [1, 'pay'],
    { clock: 'end' },
    { clock: 'eve' },
    [0, ['reserve', PART]],
    { clock: 'end' },
    { job: 'expire' },
    [0, 'settle', 'exchange'],
    { clock: 'end' },
    [0, 'exchange'],
    { clock: 'end' },
    [0, 'ask extension', 'extend'],
    { clock: 'end' },
    { job: 'expire' },
    [0, 'ask extension', 'extend'],
  ],
  'an ended card that was closed, whose refund became dormant before it was opened again': [
    [1, 'pay', 'close'],
    { clock: 'end' },
    [1, 'refund'],
    { job: 'expire' },
    { job: 'reopen' },
    [1, 'exchange', 'grant exchange'],
  ],
  'purchases that are handed back, and gifts that never leave': [
    { sell: 'self', quantity: 1 },
    [3, 'withdraw purchase'],
    { sell: 'ship', quantity: 1 },
    [4, 'activate', 'withdraw purchase'],
    { sell: 'gift', quantity: 2 },
    [5, 'withdraw purchase'],
    { sell: 'gift', quantity: 2 },
    [7, 'revoke'],
    { clock: 'quarter' },
    { job: 'return unclaimed' },
  ],
  'gifts that are sent': [
    { sell: 'gift', quantity: 2 },
    { sell: 'gift', quantity: 2 },
    { sell: 'gift', quantity: 2 },
    { sell: 'gift', quantity: 1 },
    { sell: 'gift', quantity: 1 },
    { job: 'deliver' },
    [3, 'open', 'claim'],
    [4, 'claim'],
    [5, 'revoke'],
    [6, 'open', 'revoke'],
    [7, 'open'],
    [9, 'withdraw purchase'],
    [10, 'open', 'withdraw purchase'],
    { clock: 'quarter' },
    { job: 'return unclaimed' },
  ],
};
