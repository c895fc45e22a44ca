import type { Page } from '@playwright/test';
import { type Answer, ask, type Visitor } from './answers';
import { actions } from './surface';

/** A request of ours as a browser was about to send it. */
export interface Captured {
  readonly address: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Does what `press` does, but holds the request back that the page wants to send for the action `name`, and hands it out. */
export async function capture(page: Page, name: string, press: () => Promise<unknown>): Promise<Captured> {
  const action = actions().get(name);
  if (!action) throw new Error(`the build has no action ${name}`);
  let caught: (request: Captured) => void = () => {};
  const captured = new Promise<Captured>((resolve) => {
    caught = resolve;
  });
  await page.route('**', async (route) => {
    const request = route.request();
    if (request.headers()['next-action'] !== action) return route.fallback();
    const { pathname, search } = new URL(request.url());
    const body = request.postDataBuffer()?.toString('utf8') ?? '';
    caught({ address: pathname + search, headers: sentHeaders(await request.allHeaders()), body });
    await route.abort();
  });
  await press();
  const request = await captured;
  await page.unroute('**');
  return request;
}

/** Sends a captured request as `who`, with `change` made to it. Its own ids and address do not count in the answer. */
export async function replay(
  who: Visitor,
  captured: Captured,
  change: {
    readonly address?: string;
    readonly headers?: Record<string, string | null>;
    readonly body?: string;
    readonly names?: readonly string[];
  } = {},
): Promise<Answer> {
  const { address = captured.address, body = captured.body, names = [] } = change;
  const headers = Object.entries({ ...captured.headers, ...change.headers });
  return ask(who, address, {
    method: 'POST',
    headers: Object.fromEntries(headers.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
    body,
    names: [address, ...names],
  });
}

/** What the page said of its request; who sent it and from where the replay says itself. */
function sentHeaders(headers: Record<string, string>): Record<string, string> {
  const kept = /^(accept|content-type|next-action|next-router-state-tree|origin|rsc)$/;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => kept.test(name)));
}
