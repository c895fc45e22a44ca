import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/kernel';

/** How one kind of counter slows guessing down. Times in ms. */
export interface ThrottlePolicy {
  /** This many failures cost nothing: people mistype. */
  readonly freeFailures: number;
  /** The wait after the first failure beyond those; each further one doubles it. */
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  /** From this many failures on, each one locks for `lockForMs`; `null`: this counter only delays. */
  readonly lockAfter: number | null;
  readonly lockForMs: number;
  /** One failure is forgotten after so long: a large network's everyday mistakes never add up to a lock. */
  readonly forgetOneAfterMs: number;
  /** What a success does: `reset` forgets every failure, `forgive` takes back only its own attempt. */
  readonly onSuccess: 'reset' | 'forgive';
}

/**
 * Counters that a stranger can drive up (the login or the card somebody else owns) only delay: they must not lock the
 * holder out. Counters of one's own (network, device, account of the person who tries) lock. A counter shared by many
 * people forgives, because otherwise a guesser would wash it clean with an account of his own; and it is generous,
 * because a mobile carrier or an office stands behind one address.
 */
export const THROTTLE_POLICIES = {
  /** A login, from devices that never signed in to it. */
  'sign-in:account': delaying({ forgetOneAfterMs: 10 * MINUTE_MS, onSuccess: 'forgive' }),
  /** A login, from a device that did: what strangers do elsewhere does not slow its owner down. */
  'sign-in:device': locking({ freeFailures: 5, lockAfter: 20, lockForMs: 15 * MINUTE_MS }),
  'sign-in:network': locking({
    freeFailures: 30,
    lockAfter: 100,
    lockForMs: 15 * MINUTE_MS,
    forgetOneAfterMs: MINUTE_MS,
    onSuccess: 'forgive',
  }),
  /** Every sign-up counts, also a good one: it bounds both mass registration and asking who is registered. */
  'sign-up:network': locking({
    freeFailures: 100,
    lockAfter: 400,
    lockForMs: HOUR_MS,
    forgetOneAfterMs: MINUTE_MS,
    onSuccess: 'forgive',
  }),
  /** The current password, asked for again inside a session. */
  'password:account': locking({ freeFailures: 5, lockAfter: 10, lockForMs: 15 * MINUTE_MS }),
  'bind:card': delaying({ forgetOneAfterMs: 10 * MINUTE_MS, onSuccess: 'reset' }),
  'bind:account': locking({ freeFailures: 5, lockAfter: 15, lockForMs: HOUR_MS, onSuccess: 'forgive' }),
  'bind:network': locking({
    freeFailures: 30,
    lockAfter: 100,
    lockForMs: HOUR_MS,
    forgetOneAfterMs: MINUTE_MS,
    onSuccess: 'forgive',
  }),
  'bind:device': locking({ freeFailures: 5, lockAfter: 15, lockForMs: HOUR_MS, onSuccess: 'forgive' }),
  /** What a caller on the phone says about themselves, per request, so that nobody finds a document's number by trying. */
  'identity:request': locking({
    freeFailures: 3,
    lockAfter: 6,
    lockForMs: HOUR_MS,
    forgetOneAfterMs: 30 * MINUTE_MS,
  }),
  /** Redeem links that lead nowhere. Guessing one is hopeless anyhow; people behind one address share it. */
  'gift:network': locking({
    freeFailures: 30,
    lockAfter: 200,
    lockForMs: 15 * MINUTE_MS,
    forgetOneAfterMs: MINUTE_MS,
    onSuccess: 'forgive',
  }),
  /** A passphrase is a word: whoever has the link gets a few guesses, then about one an hour. */
  'gift:passphrase': locking({
    freeFailures: 4,
    lockAfter: 10,
    lockForMs: HOUR_MS,
    forgetOneAfterMs: HOUR_MS,
  }),
  /** Codes that are sent to a phone for one gift, and what is tried with them. */
  'gift:code': locking({
    freeFailures: 2,
    baseDelayMs: 30 * SECOND_MS,
    maxDelayMs: 10 * MINUTE_MS,
    lockAfter: 10,
    lockForMs: HOUR_MS,
    forgetOneAfterMs: 30 * MINUTE_MS,
  }),
  /** Every sending again of one gift: nobody's mailbox is filled. */
  'gift:resend': locking({
    freeFailures: 3,
    baseDelayMs: MINUTE_MS,
    maxDelayMs: 30 * MINUTE_MS,
    lockAfter: 10,
    lockForMs: HOUR_MS,
    forgetOneAfterMs: HOUR_MS,
  }),
} as const satisfies Record<string, ThrottlePolicy>;

export type ThrottleScope = keyof typeof THROTTLE_POLICIES;

/** One counter's state. */
export interface ThrottleCount {
  readonly failures: number;
  /** Since when the failures that are left are being forgotten, one after the other; at most `forgetOneAfterMs` ago. */
  readonly lastAt: Date;
  readonly blockedUntil: Date | null;
}

/** The counter after one more failure at `now`. A block is never shortened by it. */
export function afterFailure(policy: ThrottlePolicy, count: ThrottleCount | null, now: Date): ThrottleCount {
  const left = stillRemembered(policy, count, now);
  const failures = left.failures + 1;
  const blockMs = blockAfterMs(policy, failures);
  const until = blockMs > 0 ? now.getTime() + blockMs : 0;
  const blockedUntilMs = Math.max(until, count?.blockedUntil?.getTime() ?? 0);
  return {
    failures,
    lastAt: left.since,
    blockedUntil: blockedUntilMs > 0 ? new Date(blockedUntilMs) : null,
  };
}

/**
 * The counter after an attempt that was counted by `takeAttempt` turned out well. Its own block goes: while a counter
 * is blocked nobody can begin an attempt, so the block that stands is that of this attempt.
 */
export function afterSuccess(policy: ThrottlePolicy, count: ThrottleCount): ThrottleCount {
  const failures = policy.onSuccess === 'reset' ? 0 : Math.max(0, count.failures - 1);
  return { failures, lastAt: count.lastAt, blockedUntil: null };
}

/** How long the counter still refuses at `now`; 0: it does not. */
export function waitMs(count: ThrottleCount | null, now: Date): number {
  return Math.max(0, (count?.blockedUntil?.getTime() ?? 0) - now.getTime());
}

/** The wait that the `failures`th failure brings. Never falls as failures grow. */
export function blockAfterMs(policy: ThrottlePolicy, failures: number): number {
  if (policy.lockAfter !== null && failures >= policy.lockAfter) return policy.lockForMs;
  const beyond = failures - policy.freeFailures;
  if (beyond <= 0) return 0;
  return Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** Math.min(beyond - 1, MAX_DOUBLINGS));
}

/** A counter that nothing was added to for so long may be deleted. */
export const THROTTLE_KEPT_MS = DAY_MS;

const MAX_DOUBLINGS = 30;

/** What is left of a counter at `now`. A clock that runs behind another server's forgets nothing. */
function stillRemembered(policy: ThrottlePolicy, count: ThrottleCount | null, now: Date) {
  const sinceMs = count?.lastAt.getTime() ?? 0;
  const forgotten = Math.max(0, Math.floor((now.getTime() - sinceMs) / policy.forgetOneAfterMs));
  const failures = (count?.failures ?? 0) - forgotten;
  return failures > 0
    ? { failures, since: new Date(sinceMs + forgotten * policy.forgetOneAfterMs) }
    : { failures: 0, since: now };
}

function delaying(own: Pick<ThrottlePolicy, 'forgetOneAfterMs' | 'onSuccess'>): ThrottlePolicy {
  return {
    freeFailures: 5,
    baseDelayMs: SECOND_MS,
    maxDelayMs: MINUTE_MS,
    lockAfter: null,
    lockForMs: 0,
    ...own,
  };
}

function locking(
  own: Partial<ThrottlePolicy> & { freeFailures: number; lockAfter: number; lockForMs: number },
): ThrottlePolicy & { lockAfter: number } {
  return {
    baseDelayMs: SECOND_MS,
    maxDelayMs: MINUTE_MS,
    forgetOneAfterMs: 15 * MINUTE_MS,
    onSuccess: 'reset',
    ...own,
  };
}
