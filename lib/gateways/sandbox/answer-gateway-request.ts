import {
  type AnswerFields,
  answerQuery,
  answerRefundQuery,
  closeTrade,
  openCashier,
  refundTrade,
} from './carry-out';
import type { SandboxContext } from './context';
import { deliverSandboxNotifications } from './deliver-notifications';
import { type ProtocolRefusal, readOrder, type SandboxOrder } from './protocol';
import { signText, spoilSignature } from './signature';
import { readSwitches } from './store';
import type { SandboxSwitches } from './switches';

/** Where the sandbox's pages live below the shop's own address. */
export const SANDBOX_PATH = '/sandbox/alipay';

/**
 * The gateway's one address, for GET and POST: verifies the merchant's signature, then opens the cashier (page
 * methods, answered by a redirect) or answers with signed JSON, and misbehaves as the switches say.
 */
export async function answerGatewayRequest(context: SandboxContext, request: Request): Promise<Response> {
  const fields = await readFields(request);
  const order = readOrder(fields, context.config, context.now);
  const number = 'code' in order ? null : order.content.out_trade_no;
  const switches = await readSwitches(context.db, number);
  if (switches.down) return new Response('Service Unavailable', { status: 503, headers: NO_STORE });
  if (switches.slowMs) await pause(switches.slowMs, request.signal);
  if ('code' in order) return refuse(context, fields.method ?? '', order);
  if (order.kind === 'page') return openPage(context, order);
  const answer = await carryOut(context, order, switches);
  context.defer(async () => {
    await deliverSandboxNotifications(context);
  });
  if (switches.loseAnswers?.includes(order.kind)) {
    await pause(context.config.hangMs, request.signal);
    return new Response('Gateway Timeout', { status: 504, headers: NO_STORE });
  }
  const full = { ...messageOf(answer), out_trade_no: order.content.out_trade_no };
  const forged = switches.forgeAnswers?.includes(order.kind) ?? false;
  return signedJson(context, { method: fields.method ?? '', answer: full, forged });
}

function carryOut(
  context: SandboxContext,
  order: Exclude<SandboxOrder, { kind: 'page' }>,
  switches: SandboxSwitches,
): Promise<AnswerFields | ProtocolRefusal> {
  switch (order.kind) {
    case 'query':
      return answerQuery(context, order.content.out_trade_no);
    case 'close':
      return closeTrade(context, order.content.out_trade_no, switches);
    case 'refund':
      return refundTrade(context, order.content, switches);
    case 'refund_query':
      return answerRefundQuery(context, order.content.out_trade_no, order.content.out_request_no);
  }
}

async function openPage(
  context: SandboxContext,
  order: Extract<SandboxOrder, { kind: 'page' }>,
): Promise<Response> {
  const opened = await openCashier(context, order);
  return 'id' in opened
    ? redirect(`${SANDBOX_PATH}/cashier/${opened.id}`)
    : redirect(`${SANDBOX_PATH}/refused?code=${encodeURIComponent(opened.subCode)}`);
}

/** A shopper's browser gets a page, a merchant's server gets JSON. */
function refuse(context: SandboxContext, method: string, refusal: ProtocolRefusal): Response {
  if (method.endsWith('.pay')) {
    return redirect(`${SANDBOX_PATH}/refused?code=${encodeURIComponent(refusal.subCode)}`);
  }
  return signedJson(context, { method, answer: messageOf(refusal), forged: false });
}

function messageOf(answer: AnswerFields | ProtocolRefusal): AnswerFields {
  if ('subCode' in answer && answer.subCode !== undefined) {
    const { code = '40004', subCode } = answer;
    const msg = code === '40004' ? 'Business Failed' : 'Invalid Arguments';
    return { code, msg, sub_code: subCode, sub_msg: subCode };
  }
  return { code: '10000', msg: 'Success', ...answer };
}

/** The signature covers the exact text of the answer, so the reply is put together as text. */
function signedJson(
  context: SandboxContext,
  reply: { readonly method: string; readonly answer: AnswerFields; readonly forged: boolean },
): Response {
  const key = /^[a-z.]+$/.test(reply.method)
    ? `${reply.method.replaceAll('.', '_')}_response`
    : 'error_response';
  const text = JSON.stringify(reply.answer);
  const { gatewayPrivateKeyPem } = context.config;
  const sign = reply.forged ? spoilSignature(gatewayPrivateKeyPem) : signText(text, gatewayPrivateKeyPem);
  return new Response(`{"${key}":${text},"sign":"${sign}"}`, {
    headers: { ...NO_STORE, 'content-type': 'application/json;charset=utf-8' },
  });
}

const NO_STORE = { 'cache-control': 'no-store' };

function redirect(location: string): Response {
  return new Response(null, { status: 302, headers: { ...NO_STORE, location } });
}

async function readFields(request: Request): Promise<Record<string, string>> {
  const inAddress = Object.fromEntries(new URL(request.url).searchParams);
  if (request.method !== 'POST') return inAddress;
  return { ...inAddress, ...Object.fromEntries(new URLSearchParams(await request.text())) };
}

/** Waits, but not for a caller who hung up. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
