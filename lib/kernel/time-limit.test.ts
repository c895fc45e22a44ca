import { expect, it } from 'vitest';
import { withTimeLimit } from './index';

const never = () => new Promise<never>(() => {});

it('gives what was done in time', async () => {
  expect(await withTimeLimit(10_000, async () => 'done')).toBe('done');
});

it('gives the error of work that fails in time', async () => {
  const work = async () => {
    throw new Error('refused');
  };
  await expect(withTimeLimit(10_000, work)).rejects.toThrow('refused');
});

it('ends work that heeds its signal, and does not wait for work that never settles', async () => {
  const signals: AbortSignal[] = [];
  const work = (signal: AbortSignal) => {
    signals.push(signal);
    return never();
  };
  await expect(withTimeLimit(5, work)).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

it('leaves the signal of work that was done in time alone', async () => {
  const signals: AbortSignal[] = [];
  const work = async (signal: AbortSignal) => {
    signals.push(signal);
  };
  await withTimeLimit(1, work);
  await new Promise((later) => setTimeout(later, 5));
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
});
