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

const BIRTHS: Readonly<Record<string, Birth>> = {
  fuyun: { issue: 'fuyun' },
  zengka: { issue: 'zengka' },
  zhenxiang: { issue: 'zhenxiang' },
  bought: { sell: 'self', quantity: 1 },
  gift: { sell: 'gift', quantity: 1 },
  gifts: { sell: 'gift', quantity: 2 },
  parcel: { sell: 'ship', quantity: 1 },
};

const birth = fc.constantFrom(...Object.values(BIRTHS)).map((each) => new BirthCommand(each));

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

/** What few random lives would come to: births, deeds, jobs and moments by their names. */
const MEETINGS: readonly (readonly string[])[] = [
  ['eve', 'reserve', 'end'],
  ['eve', 'pay', 'end', 'refund'],
  ['eve', 'reserve', 'end', 'expire', 'settle'],
  ['expire', 'refund'],
  ['expire', 'quarter', 'lapse'],
  ['pay', 'close'],
  ['pay', 'freeze', 'close'],
  ['refund', 'reopen'],
  ['freeze', 'report loss'],
  ['fuyun', 'zengka', 'stop', 'release'],
  ['stop', 'report loss', 'take back request'],
  ['stop', 'report loss', 'reissue'],
  ['deliver', 'open'],
  ['gift', 'deliver', 'claim'],
  ['gift', 'deliver', 'open', 'claim'],
  ['gift', 'deliver', 'open', 'revoke'],
  ['gifts', 'deliver', 'open', 'withdraw purchase'],
  ['bought', 'withdraw purchase'],
  ['parcel', 'activate', 'withdraw purchase'],
  ['ask extension', 'extend'],
  ['eve', 'pay', 'end', 'ask extension', 'extend'],
  ['exchange', 'grant exchange'],
  ['expire', 'exchange', 'grant exchange'],
  ['quarter', 'return unclaimed'],
];

const meeting = fc
  .tuple(fc.constantFrom(...MEETINGS), plan)
  .map(([names, planned]) => new MeetingCommand(names.map((name) => commandOf(name, planned))));

function commandOf(name: string, planned: DeedPlan): LivesCommand {
  const born = BIRTHS[name];
  if (born) return new BirthCommand(born);
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
  commands: [...some(2, birth), ...some(10, deed), clock, ...some(2, job), ...some(7, meeting)],
  open: openLivesBench,
};
