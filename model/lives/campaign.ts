import fc from 'fast-check';
import { invariant } from '@/lib/kernel';
import type { Campaign } from '../campaign';
import type { LivesReal } from './action';
import { ACTIONS } from './actions/all';
import {
  ActionCommand,
  type ActionPlan,
  ClockCommand,
  CreateCommand,
  type Creation,
  JobCommand,
  type LivesCommand,
  SequenceCommand,
} from './commands';
import { openLivesHarness } from './harness';
import type { Lives } from './life';
import { isJob, STEPS } from './time';

const CREATIONS: Readonly<Record<string, Creation>> = {
  fuyun: { issue: 'fuyun' },
  zengka: { issue: 'zengka' },
  zhenxiang: { issue: 'zhenxiang' },
  bought: { sell: 'self', quantity: 1 },
  gift: { sell: 'gift', quantity: 1 },
  gifts: { sell: 'gift', quantity: 2 },
  parcel: { sell: 'ship', quantity: 1 },
};

const creation = fc.constantFrom(...Object.values(CREATIONS)).map((each) => new CreateCommand(each));

const plan = fc.record({
  which: fc.nat({ max: 20 }),
  allowed: fc.nat({ max: 4 }).map((n) => n > 0),
  n: fc.nat({ max: 999 }),
});

const action = fc
  .tuple(fc.constantFrom(...ACTIONS), plan)
  .map(([each, planned]) => new ActionCommand(each, planned));

const clock = fc.constantFrom(...STEPS).map((step) => new ClockCommand(step));

const job = fc
  .constantFrom('expire', 'reopen', 'lapse', 'return unclaimed', 'deliver')
  .map((each) => new JobCommand(each));

/** Sequences that chance alone would seldom produce: names of creations, actions, jobs and clock steps. */
const SEQUENCES: readonly (readonly string[])[] = [
  ['eve', 'reserve', 'end'],
  ['eve', 'reserve', 'end', 'settle'],
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

const sequence = fc
  .tuple(fc.constantFrom(...SEQUENCES), plan)
  .map(([names, planned]) => new SequenceCommand(names.map((name) => commandOf(name, planned))));

function commandOf(name: string, planned: ActionPlan): LivesCommand {
  const created = CREATIONS[name];
  if (created) return new CreateCommand(created);
  const step = STEPS.find((each) => each === name);
  if (step) return new ClockCommand(step);
  if (isJob(name)) return new JobCommand(name);
  const known = ACTIONS.find((each) => each.name === name);
  invariant(known, `there is an action ${name}`);
  return new ActionCommand(known, { ...planned, allowed: true });
}

const some = <T>(count: number, arbitrary: T): T[] => Array.from({ length: count }, () => arbitrary);

export const livesCampaign: Campaign<Lives, LivesReal> = {
  name: 'lives',
  maxCommands: 70,
  commands: [...some(2, creation), ...some(10, action), clock, ...some(2, job), ...some(7, sequence)],
  open: openLivesHarness,
};
