import { type Database, transaction } from '@/lib/database';
import { addMonths, dayIn, endOfDay, type Id, newId, ok, type Result, refuse } from '@/lib/kernel';
import {
  checkProgrammeFace,
  checkValidity,
  type FaceRefusal,
  findPolicyPack,
  type ValidityRefusal,
} from '@/lib/policy';
import { seal } from '@/lib/vault';
import { CARDS_PER_UNIT, type FundedCard, insertCards } from './insert-cards';
import type { CardSecret, IssueList } from './issue-list';
import type { CardKeys } from './keys';
import { numberHmac, numberHmacs } from './lookup';
import type { Programme } from './model';
import { generateNumber } from './number';
import { generatePassword } from './password';
import { storeStrongPassword } from './password-check';
import { addBatch, batchesOfNumbers, findProgramme, lockBatch, unactivatedCardsOf } from './store';

export interface CardContext {
  readonly db: Database;
  readonly now: Date;
  readonly keys: CardKeys;
  /** The issuer's time zone (IANA name): a card ends at the end of a day there. */
  readonly zone: string;
}

export type IssueRefusal =
  | { readonly code: 'unknown_programme'; readonly programmeId: string }
  | { readonly code: 'count_out_of_range'; readonly max: number }
  | FaceRefusal
  | ValidityRefusal;

export const MAX_ISSUE_COUNT = 100_000;

/**
 * Draws numbers and passwords for `count` cards of `faceMinor` (minor units) and writes nothing. The caller puts the
 * list where it is safe before `issueCards` gives the cards value: a crash in between leaves secrets without cards,
 * never value that nobody can reach.
 */
export async function drawCards(
  context: CardContext,
  order: { readonly programmeId: string; readonly count: number; readonly faceMinor: bigint },
): Promise<Result<IssueList, IssueRefusal>> {
  const { programmeId, count, faceMinor } = order;
  if (!Number.isInteger(count) || count < 1 || count > MAX_ISSUE_COUNT) {
    return refuse({ code: 'count_out_of_range', max: MAX_ISSUE_COUNT });
  }
  const programme = await issuableProgramme(context, order);
  if (!programme.ok) return programme;
  const { validityMonths, prefix } = programme.value;
  const today = dayIn(context.zone, context.now);
  const numbers = await freeNumbers(context, prefix, count);
  return ok({
    programmeId,
    faceMinor,
    lastDay: validityMonths === null ? null : addMonths(today, validityMonths),
    cards: numbers.map((number) => ({ number, password: generatePassword() })),
  });
}

export interface IssueOptions {
  readonly id: Id<'btc'>;
  /** Whether numbers and passwords are also kept sealed, so that they can be shown or sent again. */
  readonly keepSealed?: boolean;
  readonly onProgress?: (done: number) => void;
}

export interface IssueReport {
  readonly issued: number;
  /** Were there already: an earlier run of the same list got so far. */
  readonly alreadyIssued: number;
  /** Places in the list (from 0) whose number another batch took in the meantime; these are not issued. */
  readonly taken: readonly number[];
  /** How many of the batch must be activated before they can be bound. */
  readonly unactivated: number;
}

/**
 * Issues the cards of a list, with value through the ledger, in units that each commit. The same list under the same
 * batch id again issues what is missing and nothing twice, also from two processes at once.
 */
export async function issueCards(
  context: CardContext,
  list: IssueList,
  batch: IssueOptions,
): Promise<Result<IssueReport, IssueRefusal>> {
  const programme = await issuableProgramme(context, list);
  if (!programme.ok) return programme;
  await addBatch(context.db, {
    id: batch.id,
    programmeId: programme.value.id,
    origin: 'issue',
    count: list.cards.length,
    totalMinor: list.faceMinor * BigInt(list.cards.length),
    createdAt: context.now,
  });
  let [issued, alreadyIssued] = [0, 0];
  const taken: number[] = [];
  for (let start = 0; start < list.cards.length; start += CARDS_PER_UNIT) {
    const part = await issuePart(context, { list, start, programme: programme.value, batch });
    issued += part.issued;
    alreadyIssued += part.alreadyIssued;
    taken.push(...part.taken);
    batch.onProgress?.(Math.min(start + CARDS_PER_UNIT, list.cards.length));
  }
  const unactivated = (await unactivatedCardsOf(context.db, batch.id)).length;
  return ok({ issued, alreadyIssued, taken, unactivated });
}

async function issuePart(
  context: CardContext,
  part: { list: IssueList; start: number; programme: Programme; batch: IssueOptions },
): Promise<Omit<IssueReport, 'unactivated'>> {
  const { list, start, programme, batch } = part;
  const secrets = list.cards.slice(start, start + CARDS_PER_UNIT);
  return transaction(context.db, async (tx) => {
    await lockBatch(tx, batch.id);
    const hmacs = secrets.map(({ number }) => numberHmacs(context.keys.number, number));
    const known = await batchesOfNumbers(tx, hmacs.flat());
    const owners = hmacs.map((each) =>
      each.map((hmac) => known.get(hmac)).find((owner) => owner !== undefined),
    );
    const fresh = secrets.filter((_, index) => owners[index] === undefined);
    const cards = fresh.map((secret) =>
      fundedCard(context, list, { programme, secret, keepSealed: batch.keepSealed }),
    );
    if (cards.length > 0) {
      await insertCards(tx, { programme, batchId: batch.id, kind: 'issued', now: context.now }, cards);
    }
    return {
      issued: cards.length,
      alreadyIssued: owners.filter((owner) => owner === batch.id).length,
      taken: owners.flatMap((owner, index) =>
        owner !== undefined && owner !== batch.id ? [start + index] : [],
      ),
    };
  });
}

/** A card of a list, with its secrets as they are stored and its value still to be moved. */
export function fundedCard(
  { keys, zone }: CardContext,
  { faceMinor, lastDay }: IssueList,
  each: { programme: Programme; secret: CardSecret; keepSealed: boolean | undefined },
): FundedCard {
  const { programme, secret, keepSealed } = each;
  const id = newId('crd');
  const sealField = (field: 'number' | 'password') => seal(keys.seal, { owner: id, field }, secret[field]);
  return {
    balanceMinor: faceMinor,
    card: {
      id,
      accountId: newId('acc'),
      number: numberHmac(keys.number, secret.number),
      lastFour: secret.number.slice(-4),
      password: storeStrongPassword(keys.password, id, secret.password),
      sealed: keepSealed ? { number: sealField('number'), password: sealField('password') } : null,
      // A physical card travels before it is sold: it is worth nothing to a thief until it is activated.
      state: programme.medium === 'physical' ? 'issued' : 'active',
      faceMinor,
      expiresAt: lastDay === null ? null : endOfDay(zone, lastDay),
    },
  };
}

async function issuableProgramme(
  { db }: CardContext,
  { programmeId, faceMinor }: { readonly programmeId: string; readonly faceMinor: bigint },
): Promise<Result<Programme, IssueRefusal>> {
  const programme = await findProgramme(db, programmeId);
  const pack = programme && findPolicyPack(programme.policyPack);
  if (!programme || !pack) return refuse({ code: 'unknown_programme', programmeId });
  const validity = checkValidity(pack, programme.kind, programme.validityMonths);
  if (!validity.ok) return validity;
  const face = checkProgrammeFace(pack, programme, faceMinor);
  return face.ok ? ok(programme) : face;
}

/** Numbers that no card has. Drawn again where one is taken: a programme of millions of cards makes that likely. */
export async function freeNumbers(
  { db, keys }: Pick<CardContext, 'db' | 'keys'>,
  prefix: string,
  count: number,
): Promise<string[]> {
  const numbers = new Set<string>();
  while (numbers.size < count) {
    const draw = new Set<string>();
    while (draw.size < Math.min(CARDS_PER_UNIT, count - numbers.size)) {
      const number = generateNumber(prefix);
      if (!numbers.has(number)) draw.add(number);
    }
    const hmacs = new Map(
      [...draw].flatMap((number) => numberHmacs(keys.number, number).map((hmac) => [hmac, number])),
    );
    for (const hmac of (await batchesOfNumbers(db, [...hmacs.keys()])).keys())
      draw.delete(hmacs.get(hmac) ?? '');
    for (const number of draw) numbers.add(number);
  }
  return [...numbers];
}
