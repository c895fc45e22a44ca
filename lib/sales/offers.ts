import { listProgrammes, type Programme } from '@/lib/cards';
import type { Database, Tx } from '@/lib/database';
import { checkFace, type FaceValues, findPolicyPack } from '@/lib/policy';
import { type Offer, purposesOf } from './model';
import type { DiscountTier } from './price';

/** What the counter sells and how: data. Promotional cards are given away, and cards of an older system are taken over. */
export const COUNTER: readonly {
  readonly programmeId: string;
  /** The least that a card of free value is sold with. */
  readonly minFaceMinor: bigint;
  readonly suggestedMinor: readonly bigint[];
  readonly tiers: readonly DiscountTier[];
}[] = [
  {
    programmeId: 'fuyun',
    minFaceMinor: 1_000n,
    suggestedMinor: [10_000n, 20_000n, 50_000n, 100_000n],
    tiers: [
      { fromCards: 50, fromFaceMinor: 1_000_000n, basisPoints: 200 },
      { fromCards: 90, fromFaceMinor: 5_000_000n, basisPoints: 300 },
    ],
  },
  {
    programmeId: 'zhenxiang',
    minFaceMinor: 10_000n,
    suggestedMinor: [],
    tiers: [{ fromCards: 50, fromFaceMinor: 1_000_000n, basisPoints: 200 }],
  },
];

/** What can be bought now, in the order of the counter. */
export async function offersOnSale(client: Database | Tx): Promise<Offer[]> {
  const programmes = new Map((await listProgrammes(client)).map((each) => [each.id, each]));
  return COUNTER.flatMap((entry) => {
    const programme = programmes.get(entry.programmeId);
    return programme ? [offerOf(programme, entry)] : [];
  });
}

export async function findOffer(client: Database | Tx, programmeId: string): Promise<Offer | null> {
  return (await offersOnSale(client)).find((offer) => offer.programmeId === programmeId) ?? null;
}

function offerOf(programme: Programme, entry: (typeof COUNTER)[number]): Offer {
  const { id, nameZh, nameEn, kind, medium, currency, policyPack, validityMonths, colours } = programme;
  const faceValues = lawful(programme, entry.minFaceMinor);
  return {
    programmeId: id,
    nameZh,
    nameEn,
    kind,
    medium,
    currency,
    policyPack,
    validityMonths,
    colours,
    faceValues,
    suggestedMinor: 'fixed' in faceValues ? faceValues.fixed : entry.suggestedMinor,
    tiers: entry.tiers,
    purposes: purposesOf(medium),
  };
}

/** The programme's values without those that its policy does not allow (any more). */
function lawful({ kind, policyPack, faceValues }: Programme, leastMinor: bigint): FaceValues {
  const pack = findPolicyPack(policyPack);
  if ('fixed' in faceValues)
    return { fixed: faceValues.fixed.filter((faceMinor) => pack && checkFace(pack, kind, faceMinor).ok) };
  const minMinor = faceValues.minMinor > leastMinor ? faceValues.minMinor : leastMinor;
  return { minMinor, maxMinor: faceValues.maxMinor };
}
