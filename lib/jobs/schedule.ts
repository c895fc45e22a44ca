import { forgetCaptchas } from '@/lib/captcha';
import { expireCards, lapseValue, reopenRefunded } from '@/lib/cards';
import { auditPayments, checkoutContext, runDueChecks } from '@/lib/checkout';
import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { sandboxConfig } from '@/lib/gateways';
import { deliverSandboxNotifications } from '@/lib/gateways/sandbox';
import { returnUnclaimedGifts } from '@/lib/gifts';
import { DAY_MS, forEachRow, HOUR_MS, MINUTE_MS, type RowFailure, SECOND_MS } from '@/lib/kernel';
import { audit, type Sealed, sealStragglers, sealTransfers } from '@/lib/ledger';
import { remindOfExpiry } from '@/lib/notify';
import { log, metrics } from '@/lib/observe';
import { deliverOutbox, forgetDelivered } from '@/lib/outbox';
import { purgeThrottles } from '@/lib/risk';
import { abandonPurchases } from '@/lib/sales';
import { handleMessage } from './handlers';
import type { Done, Job } from './run-job';

/** All background jobs and their intervals. */
export const jobs: readonly Job[] = [
  {
    name: 'payments-and-refunds',
    everyMs: SECOND_MS,
    runsIn: 'each',
    run: checkPaymentsAndRefunds,
  },
  {
    name: 'outbox',
    everyMs: SECOND_MS,
    runsIn: 'each',
    run: (now) =>
      deliverOutbox({ db: database(), now }, handleMessage, (parking) =>
        log.error({ parking }, 'a message was parked'),
      ),
  },
  {
    name: 'sandbox-notifications',
    everyMs: SECOND_MS,
    runsIn: 'each',
    run: async (now) => {
      const config = sandboxConfig(env());
      if (config) await deliverSandboxNotifications({ db: database(), config, now });
      return undefined;
    },
  },
  {
    name: 'abandoned-purchases',
    everyMs: MINUTE_MS,
    runsIn: 'one',
    run: async (now) => {
      await abandonPurchases({ db: database(), now });
      return undefined;
    },
  },
  { name: 'gauges', everyMs: 15 * SECOND_MS, runsIn: 'each', run: readGauges },
  {
    name: 'purge',
    everyMs: HOUR_MS,
    runsIn: 'one',
    run: async (now) => {
      const [db, before] = [database(), new Date(now.getTime() - DAY_MS)];
      await inSteps({
        throttles: () => purgeThrottles(db, now),
        captchas: () => forgetCaptchas({ db, now }),
        outbox: () => forgetDelivered({ db, now }),
        sessions: () => db.session.deleteMany({ where: { expiresAt: { lt: before } } }),
      });
      return undefined;
    },
  },
  {
    name: 'seal',
    everyMs: 5 * SECOND_MS,
    runsIn: 'one',
    run: async (now) => tellLate(await sealTransfers(database(), now)),
  },
  {
    name: 'seal-stragglers',
    everyMs: 10 * MINUTE_MS,
    runsIn: 'one',
    run: async (now) => tellLate(await sealStragglers(database(), now)),
  },
  {
    name: 'gifts-unclaimed',
    everyMs: MINUTE_MS,
    runsIn: 'one',
    run: async (now) => {
      await returnUnclaimedGifts({ db: database(), now, zone: env().issuerZone });
      return undefined;
    },
  },
  {
    name: 'card-values',
    everyMs: 5 * MINUTE_MS,
    runsIn: 'one',
    run: async (now) => {
      const context = { db: database(), now };
      await inSteps({
        reopen: () => reopenRefunded(context),
        expire: () => expireCards(context),
        lapse: () => lapseValue(context),
      });
      return undefined;
    },
  },
  {
    name: 'expiry-reminders',
    everyMs: HOUR_MS,
    runsIn: 'one',
    run: async (now) => {
      // No short messages at night. By day every hour: the first run sends, the others do what a dead worker left.
      const hour = hourIn(env().issuerZone, now);
      if (hour >= 9 && hour < 21) await remindOfExpiry({ db: database(), now, zone: env().issuerZone });
      return undefined;
    },
  },
  { name: 'audit', everyMs: 30 * MINUTE_MS, runsIn: 'one', run: runAudit },
];

/** A step that fails does not hold up those behind it, and neither do rows of one. */
async function inSteps(steps: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
  await forEachRow(
    Object.entries(steps).map(([id, run]) => ({ id, run })),
    ({ run }) => run(),
  );
}

async function checkPaymentsAndRefunds(now: Date): Promise<Done> {
  const failures: RowFailure[] = [];
  const done = await runDueChecks(checkoutContext(now), (row, error) => failures.push({ row, error }));
  return { ...done, failures };
}

function hourIn(zone: string, instant: Date): number {
  return Number(
    new Intl.DateTimeFormat('en', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(instant),
  );
}

async function readGauges(now: Date): Promise<undefined> {
  const db = database();
  const { outboxWaiting, outboxParked, openPayments } = metrics();
  // A message for a later day (a scheduled gift) is not counted as waiting.
  const due = { deliveredAt: null, parkedAt: null, availableAt: { lte: now } };
  outboxWaiting.set(await db.outboxMessage.count({ where: due }));
  outboxParked.set(await db.outboxMessage.count({ where: { parkedAt: { not: null } } }));
  for (const state of ['HELD', 'EXTERNAL_PENDING', 'CANCELLING', 'LATE_PAID']) {
    openPayments.set({ state }, await db.payment.count({ where: { state } }));
  }
}

function tellLate({ firstLate }: Sealed): undefined {
  if (firstLate)
    log.error({ transfer: firstLate }, 'a transfer was dated long before what was sealed earlier');
}

async function runAudit(now: Date): Promise<undefined> {
  const ledger = await audit(database());
  const differences = [...ledger.differences, ...(await auditPayments(database(), now))];
  metrics().auditDifferences.set(differences.length);
  if (differences.length > 0) log.error({ differences }, 'the audit found differences');
}
