import type { Database, Tx } from '@/lib/database';
import { type Currency, DAY_MS, type Id, parseId } from '@/lib/kernel';
import { type Balance, balancesOf, heldOf, usableOf } from '@/lib/ledger';
import { type CardSettings, settingsOf } from './card-settings';
import {
  type Card,
  type CardColours,
  type CardStatus,
  type FrozenBy,
  obstacleOf,
  type Programme,
  type SpendingWords,
  spendingWordsOf,
  statusOf,
} from './model';
import { cardsOfHolder, cardsWhere } from './store';

export interface ViewContext {
  readonly db: Database | Tx;
  readonly now: Date;
}

/** A card as its holder sees it. Amounts in minor units. */
export interface WalletCard {
  readonly id: Id<'crd'>;
  readonly accountId: string;
  readonly lastFour: string;
  readonly nickname: string | null;
  readonly programme: {
    readonly id: string;
    readonly nameZh: string;
    readonly nameEn: string;
    readonly kind: Programme['kind'];
    readonly medium: Programme['medium'];
    readonly colours: CardColours;
  };
  readonly currency: Currency;
  readonly faceMinor: bigint;
  /** What can be spent now; 0 while the card cannot pay, whatever is on it. */
  readonly usableMinor: bigint;
  /** Held for payments under way. */
  readonly heldMinor: bigint;
  /** What is on it, held or not, and whatever its state. */
  readonly balanceMinor: bigint;
  /** What of its value is dormant since it ended: no longer on it, still its holder's. */
  readonly dormantMinor: bigint;
  readonly status: CardStatus;
  /** The first instant after the last good day; null = no expiry. */
  readonly expiresAt: Date | null;
  /** Days until it ends, today counted as 0; null = no expiry or ended. */
  readonly daysLeft: number | null;
  readonly spending: SpendingWords;
  readonly boundAt: Date | null;
  /** Who froze it; null when it is not frozen. */
  readonly frozenBy: FrozenBy | null;
  /** The most that its holder lets it pay in a day, minor units; null = no limit. */
  readonly dayLimitMinor: bigint | null;
  /** Since when its holder has it out of the wallet's first view. */
  readonly archivedAt: Date | null;
}

export interface Wallet {
  /** Cards that can pay first, soonest expiry first; then the others, latest bound first. */
  readonly cards: readonly WalletCard[];
  /** Over the cards that can pay now. */
  readonly usableMinor: bigint;
  readonly heldMinor: bigint;
  /** What ended cards still hold for their holder. */
  readonly dormantMinor: bigint;
}

/** All cards of a shopper, and what they come to. */
export async function walletOf(context: ViewContext, userId: Id<'usr'>): Promise<Wallet> {
  const cards = (await cardsOf(context, userId)).toSorted(inWalletOrder);
  return {
    cards,
    usableMinor: cards.reduce((sum, card) => sum + card.usableMinor, 0n),
    heldMinor: cards.reduce((sum, card) => sum + card.heldMinor, 0n),
    dormantMinor: cards.reduce((sum, card) => sum + card.dormantMinor, 0n),
  };
}

/** One card of a shopper; `null` for another's card as for one that does not exist. `cardId` may be any text. */
export async function cardOf(
  context: ViewContext,
  userId: Id<'usr'>,
  cardId: string,
): Promise<WalletCard | null> {
  const id = parseId('crd', cardId);
  if (id === null) return null;
  const [card] = await cardsOf(context, userId, id);
  return card ?? null;
}

/** What is visible to somebody who sees a card's face and nothing else. */
export type CardFaceView = Pick<WalletCard, 'id' | 'programme' | 'currency' | 'faceMinor' | 'spending'> & {
  /** Months from its activation; null = no expiry. */
  readonly validityMonths: number | null;
};

/** The faces of cards, by id: of a gift on its way, say. No number, no balance, no holder. */
export async function cardFacesOf(
  client: Database | Tx,
  cardIds: readonly string[],
): Promise<Map<string, CardFaceView>> {
  const found = await cardsWhere(client, { id: { in: [...cardIds] } });
  return new Map(
    found.map(({ card, programme }) => {
      const { id, nameZh, nameEn, kind, medium, colours } = programme;
      return [
        card.id,
        {
          id: card.id,
          programme: { id, nameZh, nameEn, kind, medium, colours },
          currency: programme.currency,
          faceMinor: card.faceMinor,
          spending: spendingWordsOf(programme.spendingRule),
          validityMonths: programme.validityMonths,
        },
      ];
    }),
  );
}

async function cardsOf(
  { db, now }: ViewContext,
  userId: Id<'usr'>,
  cardId?: Id<'crd'>,
): Promise<WalletCard[]> {
  const owned = await cardsOfHolder(db, userId, cardId);
  return (await withBalances({ db, now }, owned)).map(({ view }) => view);
}

/** Each card with what its holder would see of it, its balance read now. */
export async function withBalances(
  { db, now }: ViewContext,
  found: readonly { readonly card: Card; readonly programme: Programme }[],
): Promise<{ readonly card: Card; readonly view: WalletCard }[]> {
  const [balances, settings] = await Promise.all([
    balancesOf(
      db,
      found.map(({ card }) => card.accountId),
    ),
    settingsOf(
      db,
      found.map(({ card }) => card.id),
    ),
  ]);
  return found.map(({ card, programme }) => ({
    card,
    view: walletCard(card, programme, {
      balance: balances.get(card.accountId) ?? NOTHING,
      settings: settings.get(card.id),
      now,
    }),
  }));
}

function walletCard(
  card: Card,
  programme: Programme,
  at: { balance: Balance; settings: CardSettings | undefined; now: Date },
): WalletCard {
  const { id, nameZh, nameEn, kind, medium, colours } = programme;
  const heldMinor = heldOf(at.balance);
  const availableMinor = usableOf(at.balance);
  const leftMs = card.expiresAt === null ? null : card.expiresAt.getTime() - at.now.getTime();
  return {
    id: card.id,
    accountId: card.accountId,
    lastFour: card.lastFour,
    nickname: card.nickname,
    programme: { id, nameZh, nameEn, kind, medium, colours },
    currency: programme.currency,
    faceMinor: card.faceMinor,
    usableMinor: obstacleOf(card, at.now) === null ? availableMinor : 0n,
    heldMinor,
    balanceMinor: availableMinor + heldMinor,
    dormantMinor: card.dormantMinor,
    status: statusOf(card, availableMinor + heldMinor, at.now),
    expiresAt: card.expiresAt,
    daysLeft: leftMs === null || leftMs <= 0 ? null : Math.floor((leftMs - 1) / DAY_MS),
    spending: spendingWordsOf(programme.spendingRule),
    boundAt: card.boundAt,
    frozenBy: card.frozenBy,
    dayLimitMinor: at.settings?.dayLimitMinor ?? null,
    archivedAt: at.settings?.archivedAt ?? null,
  };
}

function inWalletOrder(a: WalletCard, b: WalletCard): number {
  const rank = (card: WalletCard) => (card.status === 'usable' || card.status === 'expiring_soon' ? 0 : 1);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  const key = (card: WalletCard) =>
    rank(card) === 0
      ? (card.expiresAt?.getTime() ?? Number.MAX_SAFE_INTEGER)
      : -(card.boundAt?.getTime() ?? 0);
  return key(a) - key(b) || (a.id < b.id ? -1 : 1);
}

const NOTHING: Balance = { debitsPending: 0n, debitsPosted: 0n, creditsPending: 0n, creditsPosted: 0n };
