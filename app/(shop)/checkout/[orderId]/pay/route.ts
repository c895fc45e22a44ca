import { LONGEST_FORM, takePayment } from './take-payment';

/**
 * The submit of a payment where Next's server receives it: in development. In production the server answers it before Next
 * (`answer-payment.ts`), unless its address is spelled in another way.
 */
export async function POST(
  request: Request,
  { params }: RouteContext<'/checkout/[orderId]/pay'>,
): Promise<Response> {
  const { status, headers, text } = await takePayment({
    method: request.method,
    url: request.url,
    headers: request.headers,
    order: (await params).orderId,
    body: () => bodyOf(request).catch(() => ''),
  });
  return new Response(text || null, { status, headers });
}

/** The whole body; of one longer than a form can be its beginning, longer too. */
async function bodyOf({ body }: Request): Promise<string> {
  let text = '';
  if (!body) return text;
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.length > LONGEST_FORM) break;
  }
  return text;
}
