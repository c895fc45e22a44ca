import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';

/** Somebody at an address of ours, with the cookies that they had when they were asked; they keep none that come. */
export interface Visitor {
  readonly url: string;
  readonly cookie: string;
}

/** The parts of an answer that are compared: a refusal must not differ from the answer for what does not exist. */
export interface Answer {
  readonly status: number;
  /** Where it leads: by a redirect, by a header of a server action, or by Next's payload. */
  readonly leadsTo: string | null;
  /** The body by lines, long ones cut and marked with their digest. */
  readonly body: readonly string[];
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** What the request itself had named (its ids, its path); an answer that repeats it tells nothing. */
  readonly names?: readonly string[];
}

/** The person to whom a browser belongs now. */
export async function visitorAt(url: string, page: Page): Promise<Visitor> {
  const cookies = await page.context().cookies();
  return { url, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
}

/** Sends a request as it stands, follows nothing, and reads the answer. */
export async function ask(who: Visitor, address: string, asked: Asked = {}): Promise<Answer> {
  const { names = [], headers, ...request } = asked;
  const response = await fetch(`${who.url}${address}`, {
    ...request,
    headers: { ...headers, cookie: who.cookie },
    redirect: 'manual',
  });
  const location = response.headers.get('location');
  // Next asks for a page's payload to be asked for at an address that caches can tell from the page's own.
  if (location?.includes('_rsc')) return ask(who, location, asked);
  return readAnswer(response, names);
}

async function readAnswer(response: Response, names: readonly string[]): Promise<Answer> {
  const { status, headers } = response;
  const text = await response.text();
  const [, fromPayload] = PAYLOAD_REDIRECT.exec(text) ?? [];
  const leadsTo = headers.get('location') ?? headers.get('x-action-redirect') ?? fromPayload;
  // A payload tells it in a row; its own status depends on whether it was on its way by then.
  const notFound = headers.get('content-type')?.includes('x-component') && text.includes(PAYLOAD_NOT_FOUND);
  return {
    status: notFound ? 404 : status,
    leadsTo: leadsTo ? withoutNames(leadsTo, names) : null,
    // What follows an action's redirect is the page that it leads to.
    body: headers.has('x-action-redirect') ? [] : linesOf(text, names),
  };
}

/**
 * The lines of a body without what differs between any two answers: `names`, nonces, the request's id, and the numbers and
 * the order of the rows in Next's payload, which depend on what was ready first.
 */
function linesOf(text: string, names: readonly string[]): string[] {
  const payload = [...text.matchAll(PAYLOAD_SCRIPT)].map(([, piece = '""']) => String(JSON.parse(piece)));
  const lines = [text.replace(SCRIPT, '\n'), payload.join('')]
    .flatMap((part) => part.replace(NONCE, 'nonce').replace(REQUEST_ID, 'request').split('\n'))
    .map((line) => line.replace(ROW, '').replace(REFERENCE, '$'));
  return withoutNames(lines.join('\n'), names)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (line.length > 80 ? `${line.slice(0, 80)}… ${digest(line)}` : line))
    .sort();
}

/** Takes out names as they are, as a part of an address, and as the steps of a path in Next's payload. */
function withoutNames(text: string, names: readonly string[]): string {
  const forms = names.flatMap((name) => [
    JSON.stringify(name.split('/')).slice(1, -1),
    encodeURIComponent(name),
    name,
  ]);
  return forms.reduce((left, form) => left.replaceAll(form, '#'), text);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

const PAYLOAD_NOT_FOUND = 'NEXT_HTTP_ERROR_FALLBACK;404';
const PAYLOAD_REDIRECT = /NEXT_REDIRECT;\w+;([^;]+);/;
const PAYLOAD_SCRIPT = /self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)/g;
const SCRIPT = /<script\b[^>]*>.*?<\/script>/gs;
const NONCE = /nonce(=|\\?":)\\?"[^"\\]+\\?"/g;
const REQUEST_ID = /(?<=")[\w-]{21}(?=[vm]")/g;
const ROW = /^[0-9a-f]+:/;
const REFERENCE = /\$[A-Za-z@]?[0-9a-f]+(?=["\]:,}])/g;
