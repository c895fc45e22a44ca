/** Carries the path and query of a page to its own code, which Next does not tell otherwise. The proxy always sets it. */
export const PATH_HEADER = 'x-kabao-path';

/**
 * Set by the proxy on a request whose page is not there for the one who asks; `next.config.ts` sends it where no page
 * is. (A rewrite by the proxy itself would be told in a response header.)
 */
export const HIDDEN_HEADER = 'x-kabao-hidden';
