import type { Database } from '@/lib/database';
import { reach } from '@/lib/faults';
import { keepRefused, keepVerified, markHandled } from './notification-inbox';
import {
  checkNotification,
  type Gateway,
  type GatewayNotification,
  type GatewayReply,
  type InboundMessage,
} from './port';

export interface ReceiveContext {
  readonly db: Database;
  readonly now: Date;
}

/** What the domain that owns payments (checkout) does with notifications. */
export interface NotificationHandler<Context extends ReceiveContext = ReceiveContext> {
  /** The amount at the gateway that our records hold for that number; `null` when they hold none. */
  expected(context: Context, paymentNo: string): Promise<{ readonly amountMinor: bigint } | null>;
  /**
   * Acts on a notification that was verified and compared. May be called again with the same one (a crash, two
   * deliveries at once), late and out of order: the end must be the same. A throw makes the gateway send it again.
   */
  receive(context: Context, notification: GatewayNotification): Promise<void>;
}

/**
 * Verifies a message, compares it with our records, keeps it, and only then acts on it. The gateway's retries stop
 * when the message was acted on, not when it was kept: a crash in between loses nothing. A message that is refused
 * is kept as refused, changes nothing and is not acknowledged.
 */
export async function receiveGatewayMessage<Context extends ReceiveContext>(
  context: Context,
  call: {
    readonly gateway: Gateway;
    readonly message: InboundMessage;
    readonly handler: NotificationHandler<Context>;
  },
): Promise<GatewayReply> {
  const { gateway, message, handler } = call;
  reach('notice', () => 'arrived');
  const received = { gateway: gateway.name, body: message.body, now: context.now };
  const parsed = await gateway.parseNotification(message);
  if (!parsed.ok) {
    await keepRefused(context.db, { ...received, code: parsed.refusal.code });
    return gateway.acknowledge(false);
  }
  const notification = parsed.value;
  const { paymentNo } = notification;
  const refusal = checkNotification(notification, await handler.expected(context, paymentNo));
  if (refusal) {
    await keepRefused(context.db, { ...received, code: refusal.code, paymentNo });
    return gateway.acknowledge(false);
  }
  const kept = await keepVerified(context.db, { ...received, notifyId: notification.notifyId, paymentNo });
  if (!kept.handled) {
    reach('notice', () => 'kept');
    await handler.receive(context, notification);
    reach('notice', () => 'acted-on');
    await markHandled(context.db, kept.id, context.now);
  }
  reach('notice', () => 'handled');
  return gateway.acknowledge(true);
}
