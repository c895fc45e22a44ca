import { expect } from 'vitest';
import {
  exchangeCard,
  extendCard,
  grantExchange,
  refuseRequest,
  reissueCard,
  reportLoss,
  requestExtension,
  takeNewSecrets,
  withdrawRequest,
} from '@/lib/cards';
import { addMonths, DAY_MS, dayIn, endOfDay } from '@/lib/kernel';
import {
  type Attempt,
  action,
  asker,
  hasHolder,
  holderOf,
  isAskedByHolder,
  type LivesReal,
  support,
} from '../action';
import {
  freshEnd,
  hasEnded,
  type Life,
  LOST,
  openRequest,
  type RequestKind,
  type RequestLife,
  revive,
  setFreeze,
  ZONE,
} from '../life';
import { expectRetiredNumber } from '../retired-number';

const reportLossAction = action({
  name: 'report loss',
  possible: hasHolder,
  answer: (attempt) => {
    const { life } = attempt;
    if (!isAskedByHolder(attempt)) return 'card_not_found';
    if (life.programme === 'fuyun') return 'not_replaced';
    if (openRequest(life, 'loss')) return 'already_open';
    return life.state === 'closed' ? 'not_possible_in_state' : 'ok';
  },
  act: (real, attempt) =>
    reportLoss(real.context(), {
      cardId: attempt.life.id,
      holderId: asker(attempt),
      actor: { id: asker(attempt), role: 'shopper' },
      statement: '丢了',
    }),
  change: ({ life }, { requestId }) => {
    life.requests.push({ id: requestId, kind: 'loss', before: life.freeze, state: 'open' });
    setFreeze(life, { by: 'issuer', reason: LOST });
  },
});

const KINDS: readonly RequestKind[] = ['loss', 'extension', 'exchange'];

function someOpen({ life, n }: Attempt): RequestLife {
  const open = KINDS.flatMap((kind) => openRequest(life, kind) ?? []);
  const request = open[n % Math.max(open.length, 1)];
  if (!request) throw new Error('only tried where a request is open');
  return request;
}

const anyOpen = ({ life }: Attempt) => life.requests.some(({ state }) => state === 'open');
const isOpen =
  (kind: RequestKind) =>
  ({ life }: Attempt) =>
    openRequest(life, kind) !== undefined;

function opened(life: Life, kind: RequestKind): RequestLife {
  const request = openRequest(life, kind);
  if (!request) throw new Error(`only tried where a request is open: ${kind}`);
  return request;
}

const isProven = ({ n }: Attempt) => n % 4 !== 3;

const takeBack = action({
  name: 'take back request',
  possible: anyOpen,
  answer: (attempt) => {
    if (!isAskedByHolder(attempt)) return 'request_not_found';
    return someOpen(attempt).kind === 'loss' && !isProven(attempt) ? 'proof_needed' : 'ok';
  },
  act: (real, attempt) =>
    withdrawRequest(real.context(), {
      requestId: someOpen(attempt).id,
      actor: { id: asker(attempt), role: 'shopper' },
      proven: isProven(attempt),
    }),
  change: (attempt) => {
    const request = someOpen(attempt);
    request.state = 'withdrawn';
    if (request.kind === 'loss') setFreeze(attempt.life, request.before);
  },
});

/** Mostly support decides; now and then the holder tries. */
const decider = (attempt: Attempt) =>
  attempt.n % 10 === 9 ? { id: holderOf(attempt), role: 'support' } : support;
const ownRequest = ({ n }: Attempt) => n % 10 === 9;

const refuseAction = action({
  name: 'refuse request',
  possible: anyOpen,
  answer: (attempt) => (ownRequest(attempt) ? 'own_request' : 'ok'),
  act: (real, attempt) =>
    refuseRequest(real.context(), {
      requestId: someOpen(attempt).id,
      actor: decider(attempt),
      answer: '无法核实',
    }),
  change: (attempt) => {
    const request = someOpen(attempt);
    request.state = 'refused';
    const reason = request.before?.by === 'issuer' ? request.before.reason : '无法核实';
    if (request.kind === 'loss') setFreeze(attempt.life, { by: 'issuer', reason });
  },
});

const reissue = action({
  name: 'reissue',
  possible: isOpen('loss'),
  answer: (attempt) => (ownRequest(attempt) ? 'own_request' : 'ok'),
  act: (real, attempt) =>
    reissueCard(real.context(), {
      requestId: opened(attempt.life, 'loss').id,
      actor: decider(attempt),
      answer: '已补办',
    }),
  change: async (attempt, _made, real) => {
    const { life } = attempt;
    const request = opened(life, 'loss');
    request.state = 'approved';
    setFreeze(life, request.before);
    await renew(real, attempt);
  },
});

/** The old number is retired; the holder reads the new one, which is shown once. */
async function renew(real: LivesReal, attempt: Attempt): Promise<void> {
  const { life } = attempt;
  const wish = { cardId: life.id, actor: { id: holderOf(attempt), role: 'shopper' } };
  const taken = await takeNewSecrets(real.context(), wish);
  const again = await takeNewSecrets(real.context(), wish);
  expect([taken.ok, again.ok], 'new secrets are shown once').toEqual([true, false]);
  if (!taken.ok) return;
  if (life.secrets) {
    life.retired.push(life.secrets);
    await expectRetiredNumber(real, life.secrets);
  }
  life.secrets = taken.value;
}

const wishOf = (attempt: Attempt) => ({
  cardId: attempt.life.id,
  actor: { id: asker(attempt), role: 'shopper' },
  statement: '想继续用',
  evidence: '',
});

const askExtension = action({
  name: 'ask extension',
  possible: hasHolder,
  answer: (attempt) => {
    const { life } = attempt;
    if (!isAskedByHolder(attempt)) return 'card_not_found';
    if (life.state === 'closed') return 'not_possible_in_state';
    if (life.expiresMs === null) return 'never_ends';
    return openRequest(life, 'extension') ? 'already_open' : 'ok';
  },
  act: (real, attempt) => requestExtension(real.context(), wishOf(attempt)),
  change: ({ life }, { requestId }) => {
    life.requests.push({ id: requestId, kind: 'extension', before: null, state: 'open' });
  },
});

const lastDayOf = ({ lives, life, n }: Attempt) => {
  const from = Math.max(lives.nowMs, life.expiresMs ?? 0);
  return dayIn(ZONE, new Date(from + (1 + (n % 40)) * DAY_MS));
};

const extend = action({
  name: 'extend',
  possible: isOpen('extension'),
  answer: (attempt) => {
    const { life, lives } = attempt;
    if (ownRequest(attempt)) return 'own_request';
    if (life.state === 'closed') return 'not_possible_in_state';
    const months = life.programme === 'fuyun' ? 36 : 12;
    const latest = endOfDay(ZONE, addMonths(dayIn(ZONE, new Date(lives.nowMs)), months));
    return endOfDay(ZONE, lastDayOf(attempt)) > latest ? 'extension_above_limit' : 'ok';
  },
  act: (real, attempt) =>
    extendCard(real.context(), {
      requestId: opened(attempt.life, 'extension').id,
      actor: decider(attempt),
      answer: '同意',
      lastDay: lastDayOf(attempt),
    }),
  change: (attempt) => {
    const { life } = attempt;
    opened(life, 'extension').state = 'approved';
    life.expiresMs = endOfDay(ZONE, lastDayOf(attempt)).getTime();
    revive(life);
  },
});

function exchangeObstacle({ lives, life }: Attempt): string | null {
  if (life.state === 'closed') return 'not_possible_in_state';
  if (life.freeze?.reason === LOST) return 'reported_lost';
  if (life.expiresMs === null) return 'never_ends';
  if (!hasEnded(life, lives.nowMs)) return 'not_expired';
  return life.availableMinor + life.heldMinor + life.dormantMinor > 0n ? null : 'nothing_left';
}

const exchange = action({
  name: 'exchange',
  possible: hasHolder,
  answer: (attempt) => {
    const { life } = attempt;
    if (!isAskedByHolder(attempt)) return 'card_not_found';
    const asksSupport = life.programme === 'zengka' && openRequest(life, 'exchange');
    return exchangeObstacle(attempt) ?? (asksSupport ? 'already_open' : 'ok');
  },
  act: (real, attempt) => exchangeCard(real.context(), wishOf(attempt)),
  change: async (attempt, { requestId, done }, real) => {
    const { life, lives } = attempt;
    expect(done, 'only given value waits for support').toBe(life.programme !== 'zengka');
    const state = done ? 'approved' : 'open';
    life.requests.push({ id: requestId, kind: 'exchange', before: null, state });
    if (!done) return;
    life.expiresMs = freshEnd(life.programme, lives.nowMs);
    revive(life);
    await renew(real, attempt);
  },
});

const grant = action({
  name: 'grant exchange',
  possible: isOpen('exchange'),
  answer: (attempt) => {
    if (ownRequest(attempt)) return 'own_request';
    return exchangeObstacle(attempt) === null ? 'ok' : 'not_possible_in_state';
  },
  act: (real, attempt) =>
    grantExchange(real.context(), {
      requestId: opened(attempt.life, 'exchange').id,
      actor: decider(attempt),
      answer: '同意',
    }),
  change: async (attempt, _made, real) => {
    const { life, lives } = attempt;
    opened(life, 'exchange').state = 'approved';
    life.expiresMs = freshEnd(life.programme, lives.nowMs);
    revive(life);
    await renew(real, attempt);
  },
});

export const requestActions = [
  reportLossAction,
  takeBack,
  refuseAction,
  reissue,
  askExtension,
  extend,
  exchange,
  grant,
] as const;
