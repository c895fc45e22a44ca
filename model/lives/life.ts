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
  /** The gateway's page for the external part; null when cards pay everything. */
  readonly cashier: string | null;
  state: 'held' | 'paid' | 'void';
  backMinor: bigint;
}

export interface RequestLife {
  readonly id: string;
  readonly kind: RequestKind;
  /** Of a loss: the other freeze that the card is under, which outlives the report. */
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

/** The model of a card: what the product promises about it, as plain arithmetic in memory. */
export interface Life {
  readonly id: Id<'crd'>;
  readonly accountId: string;
  readonly programme: ProgrammeId;
  readonly faceMinor: bigint;
  readonly purchase: PurchaseLife | null;
  readonly gift: GiftLife | null;
  readonly requests: RequestLife[];
  readonly payments: PaymentLife[];
  /** Numbers and passwords that it had before. */
  readonly retired: Secrets[];
  /** null when they were never shown to anybody. */
  secrets: Secrets | null;
  state: 'issued' | 'active' | 'frozen' | 'closed';
  freeze: Freeze | null;
  holder: Id<'usr'> | null;
  expiresMs: number | null;
  availableMinor: bigint;
  heldMinor: bigint;
  dormantMinor: bigint;
  /** Paid to merchants, less refunds. */
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

/** What the holder's day limit still allows today; null when there is no limit. */
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

export function setFreeze(life: Life, freeze: Freeze | null): void {
  life.state = freeze ? 'frozen' : 'active';
  life.freeze = freeze;
}

export function revive(life: Life): void {
  life.availableMinor += life.dormantMinor;
  life.dormantMinor = 0n;
}

/** When a card expires whose validity begins now; null: never. */
export function freshEnd(programme: ProgrammeId, nowMs: number): number | null {
  const months = { fuyun: 36, zhenxiang: null, zengka: 12 }[programme];
  return months === null ? null : endOfDay(ZONE, addMonths(dayIn(ZONE, new Date(nowMs)), months)).getTime();
}

/** Validity begins now; the last day never becomes an earlier one. */
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
