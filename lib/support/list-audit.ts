import { recordAudit } from '@/lib/audit';
import { hasRole } from '@/lib/identity';
import { type Agent, maskName } from './model';
import type { AuditFilter } from './schemas';
import type { SupportContext } from './search';
import { findAuditLines, findStaff, type StaffName } from './store';

/** A line of the audit. Names of the staff stand as they are, those of holders masked. */
export interface AuditLine {
  readonly id: string;
  readonly at: Date;
  readonly action: string;
  /** `null`: the system itself, or somebody who was not signed in. */
  readonly actor: { readonly id: string; readonly role: string; readonly name: string } | null;
  readonly subject: { readonly type: string; readonly id: string } | null;
  readonly reason: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

export interface AuditPage {
  readonly lines: readonly AuditLine[];
  /** Give it as `before` to read on; null at the oldest line. */
  readonly nextBefore: string | null;
  readonly staff: readonly StaffName[];
}

export const AUDIT_PAGE_SIZE = 50;

/** What can be filtered for, in the order of a list: what the staff does, then what else is written down. */
export const AUDITED_ACTIONS = [
  'search.made',
  'holder.viewed',
  'card.viewed',
  'order.viewed',
  'phone.shown',
  'card.frozen',
  'card.unfrozen',
  'card.lost',
  'card.reissued',
  'card.extended',
  'card.exchanged',
  'card.secrets_taken',
  'requests.viewed',
  'request.viewed',
  'request.opened',
  'request.refused',
  'request.withdrawn',
  'identity.checked',
  'identity.shown',
  'address.shown',
  'purchase.refund_retried',
  'invoice.issued',
  'invoice.reversed',
  'invoice.corrected',
  'audit.viewed',
  'card.activated',
  'card.closed',
  'card.reopened',
  'card.limit_changed',
  'session.started',
  'session.revoked',
  'sessions.revoked',
  'password.changed',
  'account.created',
  'staff.created',
] as const;

/**
 * A page of the audit, newest first, for supervisors; `null` for everybody else. That it was read is written down too.
 */
export async function listAudit(
  { db, now }: SupportContext,
  { actor, filter }: { readonly actor: Agent; readonly filter: AuditFilter },
): Promise<AuditPage | null> {
  if (!hasRole(actor.role, 'supervisor')) return null;
  const { before, ...named } = filter;
  await recordAudit(db, {
    at: now,
    actor,
    action: 'audit.viewed',
    detail: Object.fromEntries(
      Object.entries(named).flatMap(([key, value]) => (value ? [[key, value]] : [])),
    ),
  });
  const [rows, staff] = await Promise.all([findAuditLines(db, filter, AUDIT_PAGE_SIZE + 1), findStaff(db)]);
  const names = new Map(staff.map(({ id, name }) => [id, name]));
  const lines = rows.slice(0, AUDIT_PAGE_SIZE).map(({ actor: who, ...line }) => ({
    ...line,
    actor: who && { id: who.id, role: who.role, name: names.get(who.id) ?? maskName(who.name) },
  }));
  return {
    lines,
    nextBefore: rows.length > AUDIT_PAGE_SIZE ? (lines.at(-1)?.id ?? null) : null,
    staff,
  };
}
