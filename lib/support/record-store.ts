import { describeDevice } from '@/lib/identity';
import type { StoryEntry } from './story-model';
import { STORY_SOURCE_SIZE } from './story-model';
import type { StoryQuery } from './story-store';

/** What the holder did with the account itself. */
export async function accountActs({ db, before }: StoryQuery, userId: string): Promise<StoryEntry[]> {
  const rows = await db.auditEvent.findMany({
    where: { actorId: userId, action: { in: [...ACCOUNT_ACTS] }, at: { lt: before } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: STORY_SOURCE_SIZE,
  });
  const sessionIds = rows.flatMap(({ subjectType, subjectId }) =>
    subjectType === 'session' && subjectId ? [subjectId] : [],
  );
  const sessions = await db.session.findMany({
    where: { id: { in: sessionIds } },
    select: { id: true, userAgent: true },
  });
  const agents = new Map(sessions.map(({ id, userAgent }) => [id, userAgent]));
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    part: 'account',
    kind: row.action.replace('.', '_'),
    by: { kind: 'holder' },
    words: { device: deviceWords(agents.get(row.subjectId ?? '') ?? null) },
    ...(row.action === 'account.created' ? { tone: 'jade' as const } : {}),
  }));
}

const ACCOUNT_ACTS = [
  'account.created',
  'session.started',
  'session.revoked',
  'sessions.revoked',
  'password.changed',
] as const;

/** Views of the case by staff, and what else they did there that has no event of its own. */
export async function staffActs(
  { db, before, actorOf }: StoryQuery,
  subjectIds: readonly string[],
): Promise<StoryEntry[]> {
  const rows = await db.auditEvent.findMany({
    where: { subjectId: { in: [...subjectIds] }, action: { in: [...STAFF_ACTS] }, at: { lt: before } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: STORY_SOURCE_SIZE,
  });
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    part: 'staff',
    kind: row.action.replace('.', '_'),
    by: actorOf(row.actorId),
    note: row.reason,
    ...(row.action === 'phone.shown' ? { tone: 'amber' as const } : {}),
  }));
}

const STAFF_ACTS = ['holder.viewed', 'card.viewed', 'order.viewed', 'phone.shown', 'staff.created'] as const;

/** What the gateway sent about these tenders, believed or refused. */
export async function gatewayMessages(
  { db, before }: StoryQuery,
  tenderIds: readonly string[],
): Promise<StoryEntry[]> {
  if (tenderIds.length === 0) return [];
  const rows = await db.gatewayNotification.findMany({
    where: { paymentNo: { in: [...tenderIds] }, receivedAt: { lt: before } },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: STORY_SOURCE_SIZE,
  });
  return rows.map((row) => {
    const refused = row.verdict !== 'verified';
    return {
      id: row.id,
      at: row.receivedAt,
      part: 'messages',
      kind: refused ? 'gateway_refused' : row.handledAt ? 'gateway_handled' : 'gateway_waiting',
      by: { kind: 'gateway' },
      words: { gateway: row.gateway },
      // A refused message is stored under our word for what was wrong with it.
      note: refused ? (row.externalId.split(':')[0] ?? null) : null,
      ...(refused ? { tone: 'danger' as const } : {}),
    };
  });
}

/** What the holder was told in the product. `about`: only what names one of these. */
export async function messagesTold(
  { db, before }: StoryQuery,
  { userId, about }: { readonly userId: string; readonly about: readonly string[] | null },
): Promise<StoryEntry[]> {
  const rows = await db.inboxMessage.findMany({
    where: { userId, at: { lt: before }, ...(about ? { OR: about.map(naming) } : {}) },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: STORY_SOURCE_SIZE,
  });
  return rows.map((row) => ({
    id: `${row.id}#told`,
    at: row.at,
    part: 'messages',
    kind: 'told',
    by: { kind: 'system' },
    words: { topic: row.topic.replace('.', '_'), read: row.readAt ? 'yes' : 'no' },
  }));
}

/** Messages about these that could not be delivered and wait for a person. */
export async function messagesParked(
  { db, before }: StoryQuery,
  about: readonly string[],
): Promise<StoryEntry[]> {
  if (about.length === 0) return [];
  const rows = await db.outboxMessage.findMany({
    // Both conditions on purpose: what was delivered is most of the table, and the index leaves it out.
    where: { deliveredAt: null, parkedAt: { not: null, lt: before }, OR: about.map(naming) },
    orderBy: [{ parkedAt: 'desc' }, { id: 'desc' }],
    take: STORY_SOURCE_SIZE,
  });
  return rows.map((row) => ({
    id: row.id,
    at: row.parkedAt ?? row.createdAt,
    part: 'messages',
    kind: 'message_parked',
    by: { kind: 'system' },
    words: { topic: row.topic.replace('.', '_'), tries: String(row.attempts) },
    tone: 'danger',
  }));
}

/** A payload that names an id: ids are unguessable and of one length, so text is enough to compare. */
function naming(id: string) {
  return { payload: { contains: `"${id}"` } };
}

function deviceWords(userAgent: string | null): string {
  const { browser, system } = describeDevice(userAgent);
  return [browser, system].filter(Boolean).join(' · ') || 'none';
}
