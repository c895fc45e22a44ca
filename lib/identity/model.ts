import { DAY_MS, HOUR_MS, type Id } from '@/lib/kernel';

/** Shoppers own cards; support helps them; supervisors also confirm what is dangerous. */
export const ROLES = ['shopper', 'support', 'supervisor'] as const;

export type Role = (typeof ROLES)[number];

/** The person behind a request, and the session that says so. */
export interface SignedInUser {
  readonly id: Id<'usr'>;
  readonly name: string;
  readonly role: Role;
  readonly sessionId: Id<'ses'>;
}

/** Whether someone with role `held` may do what `needed` may. A supervisor may do all that support may. */
export function hasRole(held: Role, needed: Role): boolean {
  return ROLES.indexOf(held) >= ROLES.indexOf(needed);
}

/** Where a request came from, as far as a server can know it. */
export interface RequestOrigin {
  /** `203.0.113.0/24` or `2001:db8:1::/56` (lib/risk `networkOf`). */
  readonly network: string;
  /** The random id that this browser keeps in a cookie. */
  readonly deviceId: string;
  readonly userAgent: string | null;
}

/** A session dies when unused for 30 days, and in any case 90 days after the sign-in. */
export const SESSION_IDLE_MS = 30 * DAY_MS;
export const SESSION_MAX_MS = 90 * DAY_MS;

/** A use is written down at most once an hour: reading pages must not be a stream of writes. */
export const SESSION_TOUCH_MS = HOUR_MS;

export interface SessionTimes {
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

export function isSessionAlive(session: SessionTimes, now: Date): boolean {
  return session.revokedAt === null && session.expiresAt > now;
}

export function sessionExpiry(createdAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + SESSION_IDLE_MS, createdAt.getTime() + SESSION_MAX_MS));
}

/** Why a password is not taken. Each has its own sentence in `identity.errors`. */
export type PasswordRefusal =
  | 'password_too_short'
  | 'password_too_long'
  | 'password_is_login'
  | 'password_common'
  | 'password_personal'
  | 'password_pattern'
  | 'password_weak';

export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 128;

export interface Throttled {
  readonly code: 'throttled';
  readonly retryAfterMs: number;
}

export type SignInRefusal =
  | { readonly code: 'wrong_credentials' }
  /** Only told to someone who knew the password. */
  | { readonly code: 'account_disabled' }
  | Throttled;

export type SignUpRefusal =
  | { readonly code: 'login_invalid' }
  | { readonly code: 'login_taken' }
  | { readonly code: PasswordRefusal }
  | Throttled;

export type ChangePasswordRefusal =
  | { readonly code: 'current_password_wrong' }
  | { readonly code: 'password_unchanged' }
  | { readonly code: PasswordRefusal }
  | Throttled;

export type CreateStaffRefusal =
  | { readonly code: 'login_invalid' }
  | { readonly code: 'login_taken' }
  | { readonly code: PasswordRefusal };
