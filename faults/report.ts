import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Outcome } from './campaign';
import { totalOf } from './tally';

/** One campaign in numbers. Everything from `lost` to `odd` has to be 0. */
export interface Report {
  readonly kills: number;
  readonly payments: number;
  readonly gatewayCalls: number;
  readonly lost: number;
  readonly doubled: number;
  readonly unbalanced: number;
  readonly negative: number;
  readonly stuck: number;
  /** Answers that should not exist, and processes that ended by themselves. */
  readonly odd: number;
  readonly by: Readonly<Record<string, number>>;
  readonly steps: Readonly<Record<string, number>>;
  readonly seconds: Readonly<Record<string, number>>;
}

export function reportOf({ tally, payments, gatewayCalls, verdict, oddities, seconds }: Outcome): Report {
  return {
    kills: totalOf(tally.kills),
    payments,
    gatewayCalls,
    lost: verdict.lost.length,
    doubled: verdict.doubled.length,
    unbalanced: verdict.unbalanced.length,
    negative: verdict.negative.length,
    stuck: verdict.stuck.length,
    odd: oddities.length,
    by: Object.fromEntries(tally.kills),
    steps: Object.fromEntries([...tally.steps].sort()),
    seconds: Object.fromEntries(Object.entries(seconds).map(([part, each]) => [part, Math.round(each)])),
  };
}

/** How many things are wrong. */
export function badIn({ lost, doubled, unbalanced, negative, stuck, odd }: Report): number {
  return lost + doubled + unbalanced + negative + stuck + odd;
}

/** How many kills the campaigns summed up in a file have had together. */
export function killsIn(file: string): number {
  return read(file)?.kills ?? 0;
}

/** Adds a report to the sum kept in a file. */
export function addTo(file: string, report: Report): void {
  writeFileSync(file, `${JSON.stringify(sum(read(file), report), null, 2)}\n`);
}

function read(file: string): Report | null {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

function sum(before: Report | null, report: Report): Report {
  if (!before) return report;
  return {
    kills: before.kills + report.kills,
    payments: before.payments + report.payments,
    gatewayCalls: before.gatewayCalls + report.gatewayCalls,
    lost: before.lost + report.lost,
    doubled: before.doubled + report.doubled,
    unbalanced: before.unbalanced + report.unbalanced,
    negative: before.negative + report.negative,
    stuck: before.stuck + report.stuck,
    odd: before.odd + report.odd,
    by: sumOf(before.by, report.by),
    steps: sumOf(before.steps, report.steps),
    seconds: sumOf(before.seconds, report.seconds),
  };
}

function sumOf(one: Readonly<Record<string, number>>, two: Readonly<Record<string, number>>) {
  const names = [...new Set([...Object.keys(one), ...Object.keys(two)])].sort();
  return Object.fromEntries(names.map((name) => [name, (one[name] ?? 0) + (two[name] ?? 0)]));
}
