import { expect } from 'vitest';
import type { LivesReal } from './action';
import { ACTIONS } from './actions/all';
import { ClockCommand, CreateCommand, type Creation, JobCommand, tryAction } from './commands';
import type { Life, Lives } from './life';
import type { JobName, Step } from './time';

/** One step of a script: a card is created, time passes, a job runs, or actions that must be allowed are done on a card. */
export type Scene =
  | Creation
  | { readonly clock: Step }
  | { readonly job: JobName }
  | readonly [card: number, ...actions: (string | readonly [action: string, n: number])[]];

export async function playScript(scenes: readonly Scene[], lives: Lives, real: LivesReal): Promise<void> {
  for (const scene of scenes) await play(scene, lives, real);
}

async function play(scene: Scene, lives: Lives, real: LivesReal): Promise<void> {
  if ('clock' in scene) return new ClockCommand(scene.clock).run(lives, real);
  if ('job' in scene) return new JobCommand(scene.job).run(lives, real);
  if ('issue' in scene || 'sell' in scene) return new CreateCommand(scene).run(lives, real);
  const [card, ...actions] = scene;
  const life = lives.cards[card];
  if (!life) throw new Error(`there is no card ${card} yet`);
  for (const each of actions) await act(life, each, { lives, real });
}

async function act(
  life: Life,
  each: string | readonly [string, number],
  { lives, real }: { readonly lives: Lives; readonly real: LivesReal },
): Promise<void> {
  const [name, n] = typeof each === 'string' ? [each, 0] : each;
  const action = ACTIONS.find((known) => known.name === name);
  if (!action) throw new Error(`there is no action ${name}`);
  const attempt = { lives, life, n };
  expect(action.possible(attempt) && action.answer(attempt), `${name} is allowed`).toBe('ok');
  await tryAction(action, attempt, real);
}

/** One bound card of each kind, so that the first command already has something to act on. */
export const OPENING: readonly Scene[] = [
  { issue: 'fuyun' },
  { issue: 'zengka' },
  { issue: 'zhenxiang' },
  [0, 'bind'],
  [1, 'bind'],
  [2, 'activate', 'bind'],
];

const PART = 1;

/** Lives that together take every transition of `TRANSITIONS`; each begins with `OPENING`. */
export const LIFE_SCRIPTS: Readonly<Record<string, readonly Scene[]>> = {
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
