import {
  archiveCard,
  type CardContext,
  cardKeys,
  drawCards,
  exchangeCard,
  expireCards,
  freezeOwnCard,
  issueCards,
  lapseValue,
  reissueCard,
  reportLoss,
  requestExtension,
  setDayLimit,
} from '../lib/cards';
import { database } from '../lib/database';
import { env } from '../lib/env';
import { DAY_MS, type Id, invariant, newId, parseId, plusMs, type Result } from '../lib/kernel';

/** A holder's cards, each in a state in which something else can be asked for or done with it. Ids. */
export interface CardServiceWorld {
  /** A named card whose loss can be reported. */
  readonly named: string;
  /** Another, for a caller of support. */
  readonly called: string;
  /** Its loss is reported. */
  readonly lost: string;
  readonly lossId: string;
  /** It got a new number that nobody has looked at. */
  readonly renewed: string;
  /** Ends soon; nothing is asked. */
  readonly ending: string;
  /** An extension is asked for. */
  readonly asked: string;
  readonly extensionId: string;
  /** Ended, with value left that comes back on request. */
  readonly ended: string;
  /** Ended, and its exchange is asked of support. */
  readonly given: string;
  /** Given away, ended, and no longer kept: nothing is on it. */
  readonly lapsed: string;
  /** Frozen by its holder. */
  readonly mine: string;
  /** It has a limit of the day. */
  readonly limited: string;
  readonly archived: string;
}

const now = new Date();
const context = (): CardContext => ({ db: database(), now, keys: cardKeys(), zone: env().issuerZone });

/** Gives a shopper one card for each. */
export async function addCardServices(userId: Id<'usr'>): Promise<CardServiceWorld> {
  const actor = { id: userId, role: 'shopper' };
  const support = { id: newId('usr'), role: 'support' };
  const yesterday = plusMs(now, -DAY_MS);
  const [named, called, lost, renewed] = await Promise.all(
    [1, 2, 3, 4].map(() => addCard(userId, 'zhenxiang')),
  );
  invariant(named && called && lost && renewed, 'four named cards');
  const [ending, asked] = await Promise.all(
    [1, 2].map(() => addCard(userId, 'fuyun', plusMs(now, 9 * DAY_MS))),
  );
  invariant(ending && asked, 'two cards that end');
  const ended = await addCard(userId, 'fuyun', yesterday);
  const given = await addCard(userId, 'zengka', yesterday);
  const lapsed = await addCard(userId, 'zengka', plusMs(now, -100 * DAY_MS));
  const [mine, limited, archived] = await Promise.all([1, 2, 3].map(() => addCard(userId, 'fuyun')));
  invariant(mine && limited && archived, 'three cards for their holder to manage');
  await expireCards({ db: database(), now });
  await lapseValue({ db: database(), now });
  must(await freezeOwnCard(context(), { cardId: mine, userId }));
  must(await setDayLimit(context(), { cardId: limited, userId, limitMinor: 20_000n, proven: false }));
  must(await archiveCard(context(), { cardId: archived, userId, archived: true }));
  const statement = '钱包在地铁上丢了，里面有这张卡';
  const loss = must(await reportLoss(context(), { cardId: lost, holderId: userId, actor, statement }));
  const old = must(await reportLoss(context(), { cardId: renewed, holderId: userId, actor, statement }));
  must(
    await reissueCard(context(), { requestId: old.requestId, actor: support, answer: '身份已核对，已补办' }),
  );
  const wish = { actor, statement: '住院两个月，没来得及用', evidence: '订单 621109384127' };
  const extension = must(await requestExtension(context(), { ...wish, cardId: asked }));
  must(await exchangeCard(context(), { ...wish, cardId: given }));
  return {
    named,
    called,
    lost,
    lossId: loss.requestId,
    renewed,
    ending,
    asked,
    extensionId: extension.requestId,
    ended,
    given,
    lapsed,
    mine,
    limited,
    archived,
  };
}

async function addCard(userId: Id<'usr'>, programmeId: string, expiresAt?: Date): Promise<Id<'crd'>> {
  const list = must(await drawCards(context(), { programmeId, count: 1, faceMinor: 10_000n }));
  const batchId = newId('btc');
  must(await issueCards(context(), list, { id: batchId }));
  const db = database();
  const bound = { state: 'active', holderId: userId, boundAt: now };
  await db.card.updateMany({ where: { batchId }, data: { ...bound, ...(expiresAt ? { expiresAt } : {}) } });
  const { id } = await db.card.findFirstOrThrow({ where: { batchId } });
  const cardId = parseId('crd', id);
  invariant(cardId, 'a card has an id');
  return cardId;
}

function must<T>(result: Result<T, { readonly code: string }>): T {
  invariant(result.ok, `refused: ${result.ok ? '' : result.refusal.code}`);
  return result.value;
}
