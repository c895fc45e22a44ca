import fc from 'fast-check';
import type { Campaign } from '../campaign';
import { openLivesBench } from './bench';
import { type Birth, BirthCommand, ClockCommand, DeedCommand, JobCommand } from './commands';
import type { LivesReal } from './deed';
import { DEEDS } from './deeds/all';
import type { Lives } from './life';
import { STEPS } from './time';

const BIRTHS: readonly Birth[] = [
  { issue: 'fuyun' },
  { issue: 'zengka' },
  { issue: 'zhenxiang' },
  { sell: 'self', quantity: 1 },
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

const clock = fc
  .constantFrom(...STEPS, 'eve' as const, 'end' as const, 'end' as const)
  .map((step) => new ClockCommand(step));

const job = fc
  .constantFrom(...(['expire', 'expire', 'reopen', 'lapse', 'return unclaimed', 'deliver'] as const))
  .map((each) => new JobCommand(each));

const some = <T>(count: number, arbitrary: T): T[] => Array.from({ length: count }, () => arbitrary);

export const livesCampaign: Campaign<Lives, LivesReal> = {
  name: 'lives',
  maxCommands: 70,
  commands: [...some(2, birth), ...some(12, deed), ...some(2, clock), ...some(2, job)],
  open: openLivesBench,
};
