import { randomBytes, randomInt } from 'node:crypto';
import type { Database } from '@/lib/database';
import { formatBeijingTime } from '../alipay/protocol';
import type { SandboxConfig } from './config';

export interface SandboxContext {
  readonly db: Database;
  readonly config: SandboxConfig;
  readonly now: Date;
  /** Runs after the answer was sent; what it throws is the caller's to log. */
  readonly defer: (work: () => Promise<void>) => void;
}

/** 128 bits that nobody guesses. */
export function newToken(): string {
  return randomBytes(16).toString('base64url');
}

/** A number in Alipay's form: the Beijing date, a fixed part, digits. */
export function newTradeNo(now: Date): string {
  return `${beijingDate(now)}22001${digits(15)}`;
}

export function newNotifyId(now: Date): string {
  return `${beijingDate(now)}00222${digits(21)}`;
}

function beijingDate(now: Date): string {
  return formatBeijingTime(now).slice(0, 10).replaceAll('-', '');
}

function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}
