import { z } from 'zod';
import { ok, type Result, refuse } from '@/lib/kernel';
import type { GatewayNotification, NotificationRefusal } from '../port';
import type { AlipayConfig } from './config';
import { outcomeOfTrade, TRADE_STATES } from './payment-answers';
import { isMerchantNumber, parseAmount, parseBeijingTime, signedText } from './protocol';

/** `notify_type` keeps apart what the same key signs in the same way, such as the parameters of a shopper's return. */
const notificationFields = z.looseObject({
  notify_id: z.string().min(1).max(128),
  notify_type: z.literal('trade_status_sync'),
  app_id: z.string(),
  seller_id: z.string(),
  out_trade_no: z.string().refine(isMerchantNumber),
  trade_no: z.string().min(1).max(64),
  trade_status: z.enum(TRADE_STATES),
  total_amount: z.string(),
  gmt_payment: z.string().optional(),
  gmt_refund: z.string().optional(),
});

/**
 * Reads the form body of an asynchronous notification: decode once, verify the RSA2 signature over every
 * parameter but sign and sign_type, and only then look at what it says and to whom.
 */
export function readNotification(
  body: string,
  config: AlipayConfig,
  verify: (text: string, signature: string) => boolean,
): Result<GatewayNotification, NotificationRefusal> {
  const fields = singleFields(body);
  if (!fields?.sign) return refuse({ code: 'malformed' });
  // RSA (SHA-1) is not accepted: the message must not choose the weaker algorithm.
  if (fields.sign_type !== 'RSA2') return refuse({ code: 'bad_signature' });
  if (!verify(signedText(fields, ['sign', 'sign_type']), fields.sign))
    return refuse({ code: 'bad_signature' });
  const parsed = notificationFields.safeParse(fields);
  if (!parsed.success) return refuse({ code: 'malformed' });
  const notice = parsed.data;
  const totalMinor = parseAmount(notice.total_amount);
  if (totalMinor === null) return refuse({ code: 'malformed' });
  if (notice.app_id !== config.appId) return refuse({ code: 'wrong_app' });
  if (notice.seller_id !== config.sellerId) return refuse({ code: 'wrong_seller' });
  return ok({
    gateway: 'alipay',
    notifyId: notice.notify_id,
    paymentNo: notice.out_trade_no,
    amountMinor: totalMinor,
    outcome: outcomeOfTrade({
      tradeNo: notice.trade_no,
      state: notice.trade_status,
      totalMinor,
      paidAt: notice.gmt_payment ? parseBeijingTime(notice.gmt_payment) : null,
      wasRefunded: notice.gmt_refund !== undefined,
    }),
  });
}

/** A parameter that appears twice is read differently by different parsers: such a body is refused whole. */
function singleFields(body: string): Readonly<Record<string, string>> | null {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(body)) {
    if (name in fields) return null;
    fields[name] = value;
  }
  return fields;
}
