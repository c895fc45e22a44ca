/** Carries the path and query of a page to its own code, which Next does not tell otherwise. The proxy always sets it. */
export const PATH_HEADER = 'x-kabao-path';
