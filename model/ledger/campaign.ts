import fc from 'fast-check';
import type { Campaign } from '../campaign';
import { CommitCommand, RaceCommand, RollbackCommand, StatementCommand } from './commands';
import { type LedgerReal, openLedgerHarness } from './harness';
import { unitPlan } from './plans';
import type { ReferenceLedger } from './reference';

const several = fc.array(unitPlan, { minLength: 2, maxLength: 6 });

/** In an object of its own, because a race replaces the ledger. */
export interface LedgerModel {
  ledger: ReferenceLedger;
}

export const ledgerCampaign: Campaign<LedgerModel, LedgerReal> = {
  name: 'ledger',
  maxCommands: 80,
  commands: [
    ...Array.from({ length: 6 }, () => unitPlan.map((plan) => new CommitCommand(plan))),
    ...Array.from({ length: 3 }, () => several.map((plans) => new RaceCommand(plans, false))),
    fc.array(unitPlan, { minLength: 3, maxLength: 6 }).map((plans) => new RaceCommand(plans, true)),
    several.map((plans) => new RollbackCommand(plans)),
    fc.nat({ max: 100 }).map((which) => new StatementCommand(which)),
  ],
  open: openLedgerHarness,
};
