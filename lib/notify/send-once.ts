import { addMissing, type Database, gatherWrites } from '@/lib/database';
import { reach } from '@/lib/faults';
import type { Locale } from '@/lib/i18n/locale';
import { MINUTE_MS, plusMs } from '@/lib/kernel';
import type { Channel, Channels, Content, Outgoing, Sending } from './channels';
import type { ChannelName } from './model';

export interface NotifyContext {
  readonly db: Database;
  readonly now: Date;
  readonly channels: Channels;
}

export interface DeliveryOrder {
  /** Made of the outbox message and the channel, so that a message that comes again is the same delivery. */
  readonly deliveryId: string;
  /** The outbox message that asked for it. */
  readonly messageId: string;
  readonly topic: string;
  readonly channel: ChannelName;
  /** An e-mail address, or a phone number in E.164. */
  readonly to: string;
  /** What support sees in its place. */
  readonly maskedTo: string;
  /** The person whose address it is, where we know one. */
  readonly userId?: string;
  readonly locale: Locale;
  readonly content: Content;
}

/** Not delivered, and not known to be impossible: the outbox brings the message again. */
export class SendLater extends Error {
  override readonly name = 'SendLater';
}

/** How long a worker may be silent before its delivery is taken by another. */
const LEASE_MS = 2 * MINUTE_MS;
/** A lease so far ahead was written by a clock that was wrong, and its worker may be gone. */
const WRONG_MS = 5 * LEASE_MS;
/** How often it is heard of while it sends: a message may wait long for one of the few connections to a slow server. */
const RENEWAL_MS = LEASE_MS / 4;

/**
 * Sends a message to one address, once: any number of calls with the same `deliveryId`, at once or after a worker was
 * killed, are one delivery. A worker that was killed between the provider's yes and our note of it leaves one doubt;
 * then the provider is asked where it can tell (SMS), and where it cannot (e-mail) the message goes out again under the
 * same Message-ID.
 *
 * Returns `sent`, or `failed` for what can never arrive. Throws `SendLater` when it should be tried again.
 */
export async function sendOnce(context: NotifyContext, order: DeliveryOrder): Promise<'sent' | 'failed'> {
  const { deliveryId, channel } = order;
  const lease = (await begin(context, order)) ?? (await takeLease(context, deliveryId));
  if (typeof lease === 'string') return lease;
  reach('notify', () => 'leased');
  const { sending, leasedUntil } = await underLease(context, { deliveryId, ...lease }, () =>
    attempt(context.channels[channel], { ...order, now: context.now }, lease.attempts),
  );
  reach('notify', () => 'answered');
  await note(context, { deliveryId, leasedUntil, sending });
  if (sending.status === 'again') throw new SendLater(sending.code);
  return sending.status === 'sent' ? 'sent' : 'failed';
}

interface Lease {
  readonly leasedUntil: Date;
  /** This try included. */
  readonly attempts: number;
}

interface NotedDelivery {
  readonly id: string;
  readonly messageId: string;
  readonly topic: string;
  readonly channel: ChannelName;
  readonly userId: string | null;
  readonly maskedTo: string;
  readonly state: 'sending';
  readonly attempts: number;
  readonly leasedUntil: Date;
  readonly createdAt: Date;
}

/** Notes a delivery and leases it, in one; null when it was noted before. */
async function begin({ db, now }: NotifyContext, order: DeliveryOrder): Promise<Lease | null> {
  const { deliveryId: id, messageId, topic, channel, userId = null, maskedTo } = order;
  const lease = { leasedUntil: plusMs(now, LEASE_MS), attempts: 1 };
  const noted = {
    id,
    messageId,
    topic,
    channel,
    userId,
    maskedTo,
    state: 'sending',
    createdAt: now,
  } as const;
  return (await noteDelivery(db, { ...noted, ...lease })) ? lease : null;
}

/** False when it was noted before, also by another that came in the same moment: one of them sends. */
const noteDelivery = gatherWrites<NotedDelivery, boolean>(async (db, rows) => {
  const added = new Set(await addMissing(db, 'Delivery', rows));
  return rows.map(({ id }) => added.delete(id));
});

async function takeLease({ db, now }: NotifyContext, id: string): Promise<Lease | 'sent' | 'failed'> {
  const leasedUntil = plusMs(now, LEASE_MS);
  const { count } = await db.delivery.updateMany({
    where: {
      id,
      state: 'sending',
      OR: [
        { leasedUntil: null },
        { leasedUntil: { lte: now } },
        { leasedUntil: { gt: plusMs(now, WRONG_MS) } },
      ],
    },
    data: { leasedUntil, attempts: { increment: 1 } },
  });
  const { state, attempts } = await db.delivery.findUniqueOrThrow({ where: { id } });
  if (state === 'sent' || state === 'failed') return state;
  if (count === 0) throw new SendLater('another worker is sending it');
  return { leasedUntil, attempts };
}

/** Keeps the lease while `send` runs. Returns how that ended, and until when the lease was then. */
async function underLease(
  { db, now }: NotifyContext,
  lease: { readonly deliveryId: string; readonly leasedUntil: Date },
  send: () => Promise<Sending>,
): Promise<{ readonly sending: Sending; readonly leasedUntil: Date }> {
  const begunAtMs = performance.now();
  let { leasedUntil } = lease;
  const renew = async () => {
    const until = plusMs(now, Math.round(performance.now() - begunAtMs) + LEASE_MS);
    const { count } = await db.delivery.updateMany({
      where: { id: lease.deliveryId, state: 'sending', leasedUntil },
      data: { leasedUntil: until },
    });
    if (count === 1) leasedUntil = until;
  };
  let renewal = Promise.resolve();
  const timer = setInterval(() => {
    // What fails is tried again at the next renewal; the lease outlives three that fail.
    renewal = renewal.then(renew).catch(() => undefined);
  }, RENEWAL_MS);
  timer.unref();
  try {
    const sending = await send();
    clearInterval(timer);
    await renewal;
    return { sending, leasedUntil };
  } finally {
    clearInterval(timer);
  }
}

async function attempt(channel: Channel | null, message: Outgoing, attempts: number): Promise<Sending> {
  if (!channel) return { status: 'refused', code: 'no_provider' };
  const earlier = attempts > 1 ? await channel.find?.(message) : null;
  return earlier ?? channel.send(message);
}

async function note(
  { db, now }: NotifyContext,
  { deliveryId: id, leasedUntil, sending }: { deliveryId: string; leasedUntil: Date; sending: Sending },
): Promise<void> {
  if (sending.status === 'sent') {
    const { providerId } = sending;
    await (providerId === null
      ? noteSent(db, { id, at: now })
      : writeSent(db, [id], { at: now, providerId }));
    return;
  }
  await db.delivery.updateMany({
    where: { id, state: 'sending', leasedUntil },
    data: {
      state: sending.status === 'refused' ? 'failed' : 'sending',
      lastError: sending.code,
      leasedUntil: null,
    },
  });
}

/** Those to which the provider gives no id of its own are the same write, all of one moment. */
const noteSent = gatherWrites<{ readonly id: string; readonly at: Date }, unknown>(async (db, rows) => {
  const [first] = rows;
  const ids = rows.map(({ id }) => id);
  if (first) await writeSent(db, ids, { at: first.at, providerId: null });
  return rows;
});

/** Whoever was slower than the lease may say this too: it was sent. */
async function writeSent(
  db: Database,
  ids: readonly string[],
  { at: sentAt, providerId }: { at: Date; providerId: string | null },
): Promise<void> {
  await db.delivery.updateMany({
    where: { id: { in: [...ids] }, state: 'sending' },
    data: { state: 'sent', sentAt, providerId, lastError: null, leasedUntil: null },
  });
}
