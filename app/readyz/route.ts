import { database, pendingMigrations } from '@/lib/database';
import { env } from '@/lib/env';
import { workerSeenAt } from '@/lib/jobs';
import { log } from '@/lib/observe';

export const dynamic = 'force-dynamic';

const WORKER_SILENT_MS = 60_000;

/** Whether this process can serve: the database answers and has this version's tables, and the worker is alive. */
export async function GET(): Promise<Response> {
  const checks = { database: await databaseIsReady(), worker: workerIsAlive(new Date()) };
  const ok = Object.values(checks).every(Boolean);
  return Response.json(
    { ok, ...checks },
    { status: ok ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  );
}

async function databaseIsReady(): Promise<boolean> {
  try {
    return (await pendingMigrations(database())).length === 0;
  } catch (error) {
    log.error({ err: error }, 'the database is not ready');
    return false;
  }
}

function workerIsAlive(now: Date): boolean {
  if (!env().worker) return true;
  const seen = workerSeenAt();
  return seen !== null && now.getTime() - seen.getTime() < WORKER_SILENT_MS;
}
