import { createHash } from 'node:crypto';
import type { Database } from '@/lib/database';
import { MINUTE_MS, newId } from '@/lib/kernel';

/** Gateways send a few kilobytes; what is longer is not kept whole. */
const KEPT_BODY_CHARS = 8_192;
/** Anybody can post rubbish: this many refused messages are kept per minute, then only counted as refused. */
const KEPT_REFUSED_PER_MINUTE = 60;

export interface StoredNotification {
  readonly id: string;
  readonly handled: boolean;
}

/**
 * Keeps a verified message, once per id of the gateway; of two that arrive together one is kept and both get it.
 */
export async function keepVerified(
  db: Database,
  message: {
    readonly gateway: string;
    readonly notifyId: string;
    readonly paymentNo: string;
    readonly body: string;
    readonly now: Date;
  },
): Promise<StoredNotification> {
  const { gateway, notifyId } = message;
  const key = { gateway, externalId: notifyId, verdict: 'verified' };
  const find = () => db.gatewayNotification.findUnique({ where: { gateway_externalId_verdict: key } });
  const known = await find();
  if (known) return { id: known.id, handled: known.handledAt !== null };
  try {
    const body = keptText(message.body);
    const row = await db.gatewayNotification.create({
      data: { id: newId('ntf'), ...key, paymentNo: message.paymentNo, body, receivedAt: message.now },
    });
    return { id: row.id, handled: false };
  } catch (error) {
    const first = await find();
    if (!first) throw error;
    return { id: first.id, handled: first.handledAt !== null };
  }
}

export async function markHandled(db: Database, id: string, now: Date): Promise<void> {
  await db.gatewayNotification.updateMany({ where: { id, handledAt: null }, data: { handledAt: now } });
}

/** Keeps a refused message for people to inspect. Its id is our own digest: what it claims about itself is not believed. */
export async function keepRefused(
  db: Database,
  message: {
    readonly gateway: string;
    readonly code: string;
    /** Only of a message whose signature was good: what others claim is not believed. */
    readonly paymentNo?: string;
    readonly body: string;
    readonly now: Date;
  },
): Promise<void> {
  const digest = createHash('sha256').update(message.body).digest('hex').slice(0, 32);
  const key = { gateway: message.gateway, externalId: `${message.code}:${digest}`, verdict: 'refused' };
  const since = new Date(message.now.getTime() - MINUTE_MS);
  const recent = await db.gatewayNotification.count({
    where: { verdict: 'refused', handledAt: { gte: since } },
  });
  if (recent >= KEPT_REFUSED_PER_MINUTE) return;
  const body = keptText(message.body);
  await db.gatewayNotification.upsert({
    where: { gateway_externalId_verdict: key },
    create: {
      id: newId('ntf'),
      ...key,
      paymentNo: message.paymentNo ?? null,
      body,
      receivedAt: message.now,
      handledAt: message.now,
    },
    // An update that changes nothing makes it one statement: copies that come at once do not collide.
    update: key,
  });
}

/** PostgreSQL keeps no zero byte in a text; anybody can send one. */
function keptText(body: string): string {
  return body.slice(0, KEPT_BODY_CHARS).replaceAll('\0', '\uFFFD');
}
