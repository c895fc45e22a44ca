import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

function makeMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    jobRuns: new Counter({
      name: 'kabao_job_runs_total',
      help: 'Runs of a job',
      labelNames: ['job', 'outcome'],
      registers,
    }),
    outboxWaiting: new Gauge({ name: 'kabao_outbox_waiting', help: 'Messages not delivered yet', registers }),
    outboxParked: new Gauge({ name: 'kabao_outbox_parked', help: 'Messages that kept failing', registers }),
    openPayments: new Gauge({
      name: 'kabao_payments_open',
      help: 'Payments under way',
      labelNames: ['state'],
      registers,
    }),
    auditDifferences: new Gauge({
      name: 'kabao_audit_differences',
      help: 'Differences the last audit found',
      registers,
    }),
  };
}

const slot = globalThis as { kabaoMetrics?: ReturnType<typeof makeMetrics> };

/** The metrics of this process: one set, although the server's bundles each load this module. */
export function metrics() {
  slot.kabaoMetrics ??= makeMetrics();
  return slot.kabaoMetrics;
}

/** Prometheus' text format. */
export function metricsText(): Promise<string> {
  return metrics().registry.metrics();
}
