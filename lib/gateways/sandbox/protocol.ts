import { z } from 'zod';
import { MINUTE_MS } from '@/lib/kernel';
import { isMerchantNumber, parseAmount, parseBeijingTime } from '../alipay/protocol';
import type { SandboxConfig } from './config';
import { verifyRequest } from './signature';
import type { SandboxCall } from './switches';

/** A refusal in Alipay's words: gateway code, sub code. */
export interface ProtocolRefusal {
  readonly code: '20000' | '40001' | '40002' | '40004';
  readonly subCode: string;
}

const merchantNumber = z.string().refine(isMerchantNumber);
const amount = z
  .string()
  .transform((text) => parseAmount(text))
  .pipe(z.bigint().positive().max(10_000_000_000n));

const byTradeNumber = z.looseObject({ out_trade_no: merchantNumber });

const pagePay = z.looseObject({
  out_trade_no: merchantNumber,
  total_amount: amount,
  subject: z
    .string()
    .min(1)
    .max(256)
    .regex(/^[^/=&]*$/),
  product_code: z.enum(['FAST_INSTANT_TRADE_PAY', 'QUICK_WAP_WAY']),
  time_expire: z
    .string()
    .transform((text) => parseBeijingTime(text))
    .pipe(z.date())
    .optional(),
});

const refund = z.looseObject({
  out_trade_no: merchantNumber,
  out_request_no: merchantNumber,
  refund_amount: amount,
});

const refundQuery = z.looseObject({ out_trade_no: merchantNumber, out_request_no: merchantNumber });

export type PagePay = z.infer<typeof pagePay>;
export type RefundOrder = z.infer<typeof refund>;

/** A request that was verified and understood. */
export type SandboxOrder =
  | {
      readonly kind: 'page';
      readonly content: PagePay;
      readonly notifyUrl: string | null;
      readonly returnUrl: string | null;
    }
  | {
      readonly kind: Extract<SandboxCall, 'query' | 'close'>;
      readonly content: z.infer<typeof byTradeNumber>;
    }
  | { readonly kind: Extract<SandboxCall, 'refund'>; readonly content: RefundOrder }
  | { readonly kind: Extract<SandboxCall, 'refund_query'>; readonly content: z.infer<typeof refundQuery> };

const PAGE_PRODUCTS: Readonly<Record<string, string>> = {
  'alipay.trade.page.pay': 'FAST_INSTANT_TRADE_PAY',
  'alipay.trade.wap.pay': 'QUICK_WAP_WAY',
};

/** A request's own time may differ this much from ours; one stamped in another time zone is told by it. */
const CLOCK_TOLERANCE_MS = 10 * MINUTE_MS;

/** Checks who asks, the signature and the common parameters, then reads the business content. */
export function readOrder(
  fields: Readonly<Record<string, string>>,
  config: SandboxConfig,
  now: Date,
): SandboxOrder | ProtocolRefusal {
  if (fields.app_id !== config.appId) return invalid('isv.invalid-app-id');
  if (fields.sign_type !== 'RSA2') return invalid('isv.invalid-signature-type');
  if (fields.charset?.toLowerCase() !== 'utf-8') return invalid('isv.invalid-charset');
  if (!verifyRequest(fields, config.merchantPublicKeyPem)) return invalid('isv.invalid-signature');
  const stampedAt = parseBeijingTime(fields.timestamp ?? '');
  if (!stampedAt || Math.abs(stampedAt.getTime() - now.getTime()) > CLOCK_TOLERANCE_MS)
    return invalid('isv.invalid-timestamp');
  return readContent(fields);
}

function readContent(fields: Readonly<Record<string, string>>): SandboxOrder | ProtocolRefusal {
  const content = parseJson(fields.biz_content ?? '');
  const method = fields.method ?? '';
  switch (method) {
    case 'alipay.trade.page.pay':
    case 'alipay.trade.wap.pay': {
      const parsed = pagePay.safeParse(content);
      if (!parsed.success || parsed.data.product_code !== PAGE_PRODUCTS[method]) return invalidParameter();
      const { notify_url: notifyUrl = null, return_url: returnUrl = null } = fields;
      return { kind: 'page', content: parsed.data, notifyUrl, returnUrl };
    }
    case 'alipay.trade.query':
      return order(byTradeNumber.safeParse(content), (read) => ({ kind: 'query', content: read }));
    case 'alipay.trade.close':
      return order(byTradeNumber.safeParse(content), (read) => ({ kind: 'close', content: read }));
    case 'alipay.trade.refund':
      return order(refund.safeParse(content), (read) => ({ kind: 'refund', content: read }));
    case 'alipay.trade.fastpay.refund.query':
      return order(refundQuery.safeParse(content), (read) => ({ kind: 'refund_query', content: read }));
    default:
      return invalid('isv.invalid-method');
  }
}

function order<T>(
  parsed: z.ZodSafeParseResult<T>,
  build: (content: T) => SandboxOrder,
): SandboxOrder | ProtocolRefusal {
  return parsed.success ? build(parsed.data) : invalidParameter();
}

function invalid(subCode: string): ProtocolRefusal {
  return { code: '40002', subCode };
}

function invalidParameter(): ProtocolRefusal {
  return { code: '40004', subCode: 'ACQ.INVALID_PARAMETER' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
