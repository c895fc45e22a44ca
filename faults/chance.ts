import { randomInt } from 'node:crypto';

export function chance(probability: number): boolean {
  return randomInt(1_000_000) < probability * 1_000_000;
}

export function between(low: number, high: number): number {
  return low + randomInt(high - low + 1);
}

export function oneOf<T>(items: readonly T[]): T {
  const item = items[randomInt(items.length)];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
