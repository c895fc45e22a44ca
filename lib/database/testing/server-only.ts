/** Stands for the package `server-only` in tests: there is no client bundle to keep it out of. */
export {};
