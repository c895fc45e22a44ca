import { checkoutContext, notificationHandler } from '@/lib/checkout';
import { env } from '@/lib/env';
import { gatewayByName, gatewaysConfig, receiveGatewayMessage } from '@/lib/gateways';

/** Gateways send a few kilobytes. */
const LONGEST_BODY_BYTES = 64 * 1024;

/** Takes a gateway's message: verify, compare, keep, act, and only then acknowledge it in the gateway's own form. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ gateway: string }> },
): Promise<Response> {
  const gateway = gatewayByName(gatewaysConfig(env()), (await params).gateway);
  if (!gateway) return new Response('Not Found', { status: 404 });
  const body = await readBody(request);
  if (body === null) return new Response('Payload Too Large', { status: 413 });
  const reply = await receiveGatewayMessage(checkoutContext(new Date()), {
    gateway,
    message: { headers: request.headers, body },
    handler: notificationHandler,
  });
  return new Response(reply.body, {
    status: reply.status,
    headers: { 'content-type': reply.contentType, 'cache-control': 'no-store' },
  });
}

/** The body as text; `null` when it is longer than any message, whatever its headers claim. */
async function readBody(request: Request): Promise<string | null> {
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > LONGEST_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
