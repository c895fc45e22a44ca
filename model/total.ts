import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Engine } from '@/lib/database';
import type { Failure } from './campaign';

/** What one campaign did: its commands and runs, how often each command and answer was seen, and what failed. */
export interface CampaignReport {
  readonly name: string;
  readonly commands: number;
  readonly runs: number;
  readonly seen: Readonly<Record<string, number>>;
  readonly failures: readonly Failure[];
}

interface Named {
  readonly engine: Engine;
  readonly name: string;
}

/** How many commands of a campaign are summed up in a file. */
export function commandsIn(file: string, { engine, name }: Named): number {
  return read(file)[`${engine} ${name}`]?.commands ?? 0;
}

/** Adds a report to the sum kept in a file, and returns the new sum. */
export function addTo(file: string, engine: Engine, report: CampaignReport): CampaignReport {
  const sums = read(file);
  const key = `${engine} ${report.name}`;
  const sum = sumOf(sums[key], report);
  writeFileSync(file, `${JSON.stringify({ ...sums, [key]: sum }, null, 2)}\n`);
  return sum;
}

function read(file: string): Record<string, CampaignReport> {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function sumOf(before: CampaignReport | undefined, report: CampaignReport): CampaignReport {
  if (!before) return report;
  const names = [...new Set([...Object.keys(before.seen), ...Object.keys(report.seen)])].sort();
  return {
    name: report.name,
    commands: before.commands + report.commands,
    runs: before.runs + report.runs,
    seen: Object.fromEntries(
      names.map((each) => [each, (before.seen[each] ?? 0) + (report.seen[each] ?? 0)]),
    ),
    failures: [...before.failures, ...report.failures],
  };
}
