import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keyedQueue } from './keyed-queue';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Work that goes on until it is told to end. */
function endless(begun: string[], name: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = async () => {
    begun.push(name);
    await ended;
  };
  return { work, end };
}

/** Lets everything happen that waits for no time to pass. */
const settle = () => vi.advanceTimersByTimeAsync(0);

it('work of one key begins when that before it has ended, and work of another key at once', async () => {
  const begun: string[] = [];
  const inTurn = keyedQueue();
  const first = endless(begun, 'first');
  const running = inTurn('a', first.work);
  const next = inTurn('a', async () => begun.push('next'));
  const last = inTurn('a', async () => begun.push('last'));
  await inTurn('b', async () => begun.push('other'));
  await settle();
  expect(begun).toEqual(['first', 'other']);
  first.end();
  await Promise.all([running, next, last]);
  expect(begun).toEqual(['first', 'other', 'next', 'last']);
});

it('work that fails fails who asked for it, and holds up nobody', async () => {
  const inTurn = keyedQueue();
  const failing = inTurn('a', async () => {
    throw new Error('no');
  });
  const next = inTurn('a', async () => 'done');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('done');
});

it('work that hangs is waited for ten seconds and no longer', async () => {
  const begun: string[] = [];
  const inTurn = keyedQueue();
  const hanging = endless(begun, 'hanging');
  const running = inTurn('a', hanging.work);
  const next = inTurn('a', async () => begun.push('next'));
  await vi.advanceTimersByTimeAsync(9_999);
  expect(begun).toEqual(['hanging']);
  await vi.advanceTimersByTimeAsync(1);
  await next;
  expect(begun).toEqual(['hanging', 'next']);
  hanging.end();
  await running;
});
