import fc from 'fast-check';
import { invariant } from '@/lib/kernel';
import type { Campaign } from '../campaign';
import { openLivesBench } from './bench';
import {
  type Birth,
  BirthCommand,
  ClockCommand,
  DeedCommand,
  type DeedPlan,
  JobCommand,
  type LivesCommand,
  MeetingCommand,
} from './commands';
import type { LivesReal } from './deed';
import { DEEDS } from './deeds/all';
import type { Lives } from './life';
import { isJob, STEPS } from './time';

const BIRTHS: readonly Birth[] = [
  { issue: 'fuyun' },
  { issue: 'zengka' },
  { issue: 'zhenxiang' },
  { sell: 'self', quantity: 1 },
  { sell: 'gift', quantity: 1 },
  { sell: 'gift', quantity: 1 },
  { sell: 'gift', quantity: 2 },
  { sell: 'ship', quantity: 1 },
];

const birth = fc.constantFrom(...BIRTHS).map((each) => new BirthCommand(each));

const plan = fc.record({
  which: fc.nat({ max: 20 }),
  allowed: fc.nat({ max: 4 }).map((n) => n > 0),
  n: fc.nat({ max: 999 }),
});

const deed = fc
  .tuple(fc.constantFrom(...DEEDS), plan)
  .map(([each, planned]) => new DeedCommand(each, planned));

const clock = fc.constantFrom(...STEPS).map((step) => new ClockCommand(step));

const job = fc
  .constantFrom('expire', 'reopen', 'lapse', 'return unclaimed', 'deliver')
  .map((each) => new JobCommand(each));

/** What few random lives would come to: deeds, jobs and moments by their names. */
const MEETINGS: readonly (readonly string[])[] = [
  ['eve', 'reserve', 'end'],
  ['eve', 'pay', 'end'],
  ['eve', 'reserve', 'end', 'expire', 'settle'],
  ['expire', 'refund'],
  ['expire', 'quarter', 'lapse'],
  ['pay', 'close'],
  ['pay', 'freeze', 'close'],
  ['refund', 'reopen'],
  ['freeze', 'report loss'],
  ['stop', 'report loss'],
  ['deliver', 'open'],
  ['deliver', 'claim'],
  ['quarter', 'return unclaimed'],
];

const meeting = fc
  .tuple(fc.constantFrom(...MEETINGS), plan)
  .map(([names, planned]) => new MeetingCommand(names.map((name) => commandOf(name, planned))));

function commandOf(name: string, planned: DeedPlan): LivesCommand {
  const step = STEPS.find((each) => each === name);
  if (step) return new ClockCommand(step);
  if (isJob(name)) return new JobCommand(name);
  const known = DEEDS.find((each) => each.name === name);
  invariant(known, `somebody can ${name}`);
  return new DeedCommand(known, { ...planned, allowed: true });
}

const some = <T>(count: number, arbitrary: T): T[] => Array.from({ length: count }, () => arbitrary);

export const livesCampaign: Campaign<Lives, LivesReal> = {
  name: 'lives',
  maxCommands: 70,
  commands: [...some(2, birth), ...some(10, deed), clock, ...some(2, job), ...some(5, meeting)],
  open: openLivesBench,
};
