import { z } from 'zod';
import { isMerchantNumber } from '../alipay/protocol';
import type { SandboxContext } from './context';
import { readSwitches, writeSwitches } from './store';
import { type SandboxSwitches, switchesSchema } from './switches';

const body = z.strictObject({
  /** `null` or absent: for every trade. */
  outTradeNo: z.string().refine(isMerchantNumber).nullish(),
  switches: switchesSchema,
});

/** Replaces the switches of one trade number (also before its trade exists), or those for all (`null`). */
export async function setSwitches(
  context: Pick<SandboxContext, 'db'>,
  outTradeNo: string | null,
  switches: SandboxSwitches,
): Promise<void> {
  await writeSwitches(context.db, outTradeNo, switches);
}

/** PUT: `{ "outTradeNo"?, "switches": {…} }`; GET `?outTradeNo=`: the switches in force. */
export async function answerSwitchesRequest(context: SandboxContext, request: Request): Promise<Response> {
  if (request.method === 'GET') {
    const number = new URL(request.url).searchParams.get('outTradeNo');
    return Response.json(await readSwitches(context.db, number));
  }
  const parsed = body.safeParse(await request.json().catch(() => null));
  if (!parsed.success) return Response.json({ error: 'invalid' }, { status: 422 });
  await setSwitches(context, parsed.data.outTradeNo ?? null, parsed.data.switches);
  return Response.json(parsed.data.switches);
}
