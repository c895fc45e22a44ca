import type { TestCard } from '@/lib/cards/testing';
import { addMonths, DAY_MS, dayIn, endOfDay, formatDay, type Id } from '@/lib/kernel';

export const ZONE = 'Asia/Shanghai';

export type ProgrammeId = 'fuyun' | 'zhenxiang' | 'zengka';
export type Secrets = Pick<TestCard, 'number' | 'password'>;
export type RequestKind = 'loss' | 'extension' | 'exchange';

export interface Freeze {
  readonly by: 'holder' | 'issuer';
  readonly reason: string | null;
}

export interface PaymentLife {
  readonly id: string;
  readonly lineId: string;
  readonly cardMinor: bigint;
  readonly madeMs: number;
  readonly expiresMs: number;
  /** The page at which the shopper confirms the other part; null = there is none. */
  readonly cashier: string | null;
  state: 'held' | 'paid' | 'void';
  backMinor: bigint;
}

export interface RequestLife {
  readonly id: string;
  readonly kind: RequestKind;
  /** Of a loss: the freeze that lies beside it. */
  before: Freeze | null;
  state: 'open' | 'approved' | 'refused' | 'withdrawn';
}

export interface GiftLife {
  readonly id: string;
  readonly token: string;
  readonly claimByMs: number;
  state: 'scheduled' | 'sent' | 'claimed' | 'revoked' | 'returned';
  opened: boolean;
  claimedBy: Id<'usr'> | null;
}

export interface PurchaseLife {
  readonly id: Id<'pur'>;
  readonly paidMs: number;
  readonly cards: Life[];
  readonly shipmentId: string | null;
  state: 'issued' | 'withdrawn';
  delivered: boolean;
}

/** A card as plain arithmetic in memory: what the product promises of it, said once more without a database. */
export interface Life {
  readonly id: Id<'crd'>;
  readonly accountId: string;
  readonly programme: ProgrammeId;
  readonly faceMinor: bigint;
  readonly purchase: PurchaseLife | null;
  readonly gift: GiftLife | null;
  readonly requests: RequestLife[];
  readonly payments: PaymentLife[];
  /** Numbers that were taken from it. */
  readonly dead: Secrets[];
  /** null: they were never shown. */
  secrets: Secrets | null;
  state: 'issued' | 'active' | 'frozen' | 'closed';
  freeze: Freeze | null;
  holder: Id<'usr'> | null;
  expiresMs: number | null;
  availableMinor: bigint;
  heldMinor: bigint;
  dormantMinor: bigint;
  /** With merchants, less what came back. */
  spentMinor: bigint;
  lapsedMinor: bigint;
  withdrawnMinor: bigint;
  limitMinor: bigint | null;
  archived: boolean;
}

/** All cards of one run, and the clock. */
export interface Lives {
  readonly buyer: Id<'usr'>;
  readonly friend: Id<'usr'>;
  readonly cards: Life[];
  nowMs: number;
}

export const LOST = 'reported_lost';
export const LAPSE_AFTER_MS = 30 * DAY_MS;

export function hasEnded({ expiresMs }: Pick<Life, 'expiresMs'>, nowMs: number): boolean {
  return expiresMs !== null && nowMs >= expiresMs;
}

export function obstacleOf(life: Life, nowMs: number): string | null {
  if (life.state === 'closed' || life.state === 'frozen') return life.state;
  if (hasEnded(life, nowMs)) return 'expired';
  return life.state === 'issued' ? 'not_activated' : null;
}

export function openRequest(life: Life, kind: RequestKind): RequestLife | undefined {
  return life.requests.find((request) => request.kind === kind && request.state === 'open');
}

/** What the holder's limit leaves of today; null = no limit. */
export function leftToday(life: Life, nowMs: number): bigint | null {
  if (life.limitMinor === null) return null;
  const day = (ms: number) => formatDay(dayIn(ZONE, new Date(ms)));
  const spent = life.payments
    .filter(({ state, madeMs }) => state !== 'void' && day(madeMs) === day(nowMs))
    .reduce((sum, { cardMinor, backMinor }) => sum + cardMinor - backMinor, 0n);
  return spent < life.limitMinor ? life.limitMinor - spent : 0n;
}

/** What a payment may take from it now. */
export function payableMinor(life: Life, nowMs: number): bigint {
  if (obstacleOf(life, nowMs) !== null) return 0n;
  const left = leftToday(life, nowMs);
  return left !== null && left < life.availableMinor ? left : life.availableMinor;
}

export function thaw(life: Life, before: Freeze | null): void {
  life.state = before ? 'frozen' : 'active';
  life.freeze = before;
}

export function wake(life: Life): void {
  life.availableMinor += life.dormantMinor;
  life.dormantMinor = 0n;
}

/** The end of a card whose validity begins now. */
export function freshEnd(programme: ProgrammeId, nowMs: number): number | null {
  const months = { fuyun: 36, zhenxiang: null, zengka: 12 }[programme];
  return months === null ? null : endOfDay(ZONE, addMonths(dayIn(ZONE, new Date(nowMs)), months)).getTime();
}

/** Validity begins; a last day never moves forward. */
export function activate(life: Life, nowMs: number): void {
  life.state = 'active';
  const fresh = freshEnd(life.programme, nowMs);
  if (life.expiresMs !== null && fresh !== null) life.expiresMs = Math.max(life.expiresMs, fresh);
}

export function handOver(life: Life, holder: Id<'usr'>, nowMs: number): void {
  activate(life, nowMs);
  life.holder = holder;
}

export function total(life: Life): bigint {
  const { availableMinor, heldMinor, dormantMinor, spentMinor, lapsedMinor, withdrawnMinor } = life;
  return availableMinor + heldMinor + dormantMinor + spentMinor + lapsedMinor + withdrawnMinor;
}
