import type { Route } from 'next';

/**
 * A page of ours to go on to, from text that anyone may have written; `null` for everything that could lead elsewhere
 * (another host, another scheme, a machine endpoint) or in a circle.
 */
export function safeNextPath(text: string | null | undefined): Route | null {
  if (!text || text.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return null;
  const base = 'http://kabao.invalid';
  if (!URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  if (url.origin !== base || url.pathname.includes('//') || url.pathname.includes('\\')) return null;
  if (/^\/(api|_next|sandbox|sign-in|sign-up)(\/|$)/.test(url.pathname)) return null;
  url.searchParams.delete('_rsc');
  return (url.pathname + url.search) as Route;
}

/** The sign-in page that leads back to `next`. */
export function signInPath(next: string | null): Route {
  return withNext('/sign-in', next);
}

/** The checkout to come back to, from text that anyone may have written; `null` for every other page. */
export function checkoutPath(text: unknown): Route | null {
  const path = typeof text === 'string' ? safeNextPath(text) : null;
  return path && /^\/checkout\/ord_[0-9a-z]{26}$/.test(path) ? path : null;
}

/** `page`, told to go on to `next` afterwards when that is a page of ours. */
export function withNext<Path extends string>(page: Path, next: string | null): Route {
  const safe = safeNextPath(next);
  return safe && safe !== '/' ? (`${page}?${new URLSearchParams({ next: safe })}` as Route) : (page as Route);
}
