import { Threads, type ThreadsOptions } from './threads';

export type SharedThreads = { readonly threads: Threads; readonly release: () => Promise<void> };

type Entry = { threads: Threads; users: number; opened: Promise<void> };

const REGISTRY = Symbol.for('kabao.sqlite.threads');

/**
 * The threads of a database file, started for its first client and closed with its last: two clients of one process
 * then queue at one writer instead of polling for each other's lock. In the global object, because a server's bundles
 * each have their own copy of this module.
 */
export async function shareThreads(options: ThreadsOptions): Promise<SharedThreads> {
  const entries = registry();
  const key = options.path === ':memory:' ? Symbol('memory') : JSON.stringify(options);
  let entry = entries.get(key);
  if (!entry) {
    const threads = new Threads(options);
    entry = { threads, users: 0, opened: threads.open() };
    entries.set(key, entry);
  }
  const shared = entry;
  shared.users += 1;
  const release = async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    if (entries.get(key) === shared) entries.delete(key);
    await shared.threads.close();
  };
  try {
    await shared.opened;
  } catch (error) {
    await release();
    throw error;
  }
  return { threads: shared.threads, release };
}

function registry(): Map<string | symbol, Entry> {
  const holder = globalThis as { [REGISTRY]?: Map<string | symbol, Entry> };
  holder[REGISTRY] ??= new Map();
  return holder[REGISTRY];
}
