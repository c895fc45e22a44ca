import { plusMs, SECOND_MS, withTimeLimit } from '@/lib/kernel';
import { formatBeijingTime } from '../alipay/protocol';
import type { SandboxContext } from './context';
import { settleDelivery, type TakenNotification, takeDue } from './notification-store';
import { signMessage, spoilSignature } from './signature';

/** How long one delivery may take, and how long it is reserved for who took it. */
const DELIVERY_TIMEOUT_MS = 5 * SECOND_MS;
const LEASE_MS = 3 * DELIVERY_TIMEOUT_MS;

/**
 * Sends what is due by now to the shop and notes its answers. Anything but exactly `success` is sent again by the
 * configured schedule, with the same notify_id, until that is used up. Safe in several processes at once.
 * @returns how many messages were sent.
 */
export async function deliverSandboxNotifications(
  context: Pick<SandboxContext, 'db' | 'config' | 'now'>,
): Promise<number> {
  const due = await takeDue(context.db, { now: context.now, leaseMs: LEASE_MS, limit: 20 });
  await Promise.all(due.map((message) => deliver(context, message)));
  return due.length;
}

async function deliver(
  context: Pick<SandboxContext, 'db' | 'config' | 'now'>,
  message: TakenNotification,
): Promise<void> {
  const answer = await send(context, message);
  const delayMs = context.config.retryDelaysMs[message.attempts - 1];
  if (answer === 'success') {
    await settleDelivery(context.db, message.id, { state: 'delivered', dueAt: null, answer });
  } else if (delayMs === undefined) {
    await settleDelivery(context.db, message.id, { state: 'given_up', dueAt: null, answer });
  } else {
    const dueAt = plusMs(context.now, delayMs);
    await settleDelivery(context.db, message.id, { state: 'waiting', dueAt, answer });
  }
}

async function send(
  context: Pick<SandboxContext, 'config' | 'now'>,
  message: TakenNotification,
): Promise<string> {
  const { gatewayPrivateKeyPem } = context.config;
  const signed = signMessage(
    { ...message.fields, notify_time: formatBeijingTime(context.now) },
    gatewayPrivateKeyPem,
  );
  const body = message.forged ? { ...signed, sign: spoilSignature(gatewayPrivateKeyPem) } : signed;
  try {
    return await withTimeLimit(DELIVERY_TIMEOUT_MS, async (signal) => {
      const response = await fetch(message.url, {
        method: 'POST',
        body: new URLSearchParams(body),
        cache: 'no-store',
        redirect: 'manual',
        signal,
      });
      const text = await response.text();
      return response.status === 200 ? text.slice(0, 200) : `HTTP ${response.status}`;
    });
  } catch (error) {
    return error instanceof Error ? `no answer: ${error.name}` : 'no answer';
  }
}
