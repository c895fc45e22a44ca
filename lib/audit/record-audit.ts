import type { Database, Row, Tx } from '@/lib/database';
import { newId } from '@/lib/kernel';

/** What somebody did or looked at. `detail` never holds a secret, a full card number or a password. */
export interface AuditEntry {
  readonly at: Date;
  /** `null`: nobody was signed in, or the system itself acted. */
  readonly actor: { readonly id: string; readonly role: string } | null;
  /** Thing and what happened to it: `session.revoked`, `card.frozen`, `holder.viewed`. */
  readonly action: `${string}.${string}`;
  readonly subject?: { readonly type: string; readonly id: string };
  /** In the words of the person who acted. */
  readonly reason?: string;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
  readonly requestId?: string;
}

/** Writes one line of the audit log, in the transaction of the act itself: no act without its line, no line without its act. */
export async function recordAudit(client: Database | Tx, entry: AuditEntry): Promise<void> {
  await client.auditEvent.create({ data: { ...columnsOf(entry), at: entry.at } });
}

/** The same line for an act that is a unit of work. */
export function auditRow(entry: AuditEntry): Row {
  return { ...columnsOf(entry), at: entry.at.toISOString() };
}

function columnsOf(entry: AuditEntry) {
  return {
    id: newId('aud'),
    actorId: entry.actor?.id ?? null,
    actorRole: entry.actor?.role ?? null,
    action: entry.action,
    subjectType: entry.subject?.type ?? null,
    subjectId: entry.subject?.id ?? null,
    reason: entry.reason ?? null,
    detail: entry.detail ? JSON.stringify(entry.detail) : null,
    requestId: entry.requestId ?? null,
  };
}
