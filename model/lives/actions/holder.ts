import {
  archiveCard,
  bindCard,
  closeOwnCard,
  freezeCard,
  freezeOwnCard,
  setDayLimit,
  unfreezeCard,
  unfreezeOwnCard,
} from '@/lib/cards';
import { newId } from '@/lib/kernel';
import { type Attempt, action, always, asker, hasHolder, isAskedByHolder, support } from '../action';
import { type Freeze, type Life, obstacleOf, openRequest, setFreeze } from '../life';

const binder = ({ lives, n }: Attempt) => (n % 2 === 0 ? lives.buyer : lives.friend);

const bind = action({
  name: 'bind',
  possible: ({ life }) => life.secrets !== null,
  answer: (attempt) => {
    const { life, lives } = attempt;
    if (life.holder === binder(attempt)) return 'already_yours';
    return life.holder === null ? (obstacleOf(life, lives.nowMs) ?? 'ok') : 'bound_elsewhere';
  },
  act: (real, attempt) => {
    const { number = '', password = '' } = attempt.life.secrets ?? {};
    const userId = binder(attempt);
    return bindCard(real.context(), { number, password, userId, network: newId('att'), device: null });
  },
  change: (attempt) => {
    attempt.life.holder = binder(attempt);
  },
});

const freeze = action({
  name: 'freeze',
  possible: hasHolder,
  answer: (attempt) => {
    if (!isAskedByHolder(attempt)) return 'card_not_found';
    return attempt.life.state === 'active' ? 'ok' : 'not_possible_in_state';
  },
  act: (real, attempt) => freezeOwnCard(real.context(), { cardId: attempt.life.id, userId: asker(attempt) }),
  change: ({ life }) => setFreeze(life, { by: 'holder', reason: null }),
});

const unfreeze = action({
  name: 'unfreeze',
  possible: hasHolder,
  answer: (attempt) => {
    if (!isAskedByHolder(attempt)) return 'card_not_found';
    const { freeze: frozen, state } = attempt.life;
    if (frozen === null || state !== 'frozen') return 'not_possible_in_state';
    return frozen.by === 'issuer' ? 'frozen_by_issuer' : 'ok';
  },
  act: (real, attempt) =>
    unfreezeOwnCard(real.context(), { cardId: attempt.life.id, userId: asker(attempt) }),
  change: ({ life }) => setFreeze(life, null),
});

/** Support freezes or unfreezes: with a loss reported, the freeze beside the report changes; else the card's own. */
function setSupportFreeze(life: Life, freeze: Freeze | null): void {
  const loss = openRequest(life, 'loss');
  if (loss) loss.before = freeze;
  else setFreeze(life, freeze);
}

const stop = action({
  name: 'stop',
  possible: always,
  answer: ({ life }) => {
    const loss = openRequest(life, 'loss');
    if (loss) return loss.before?.by === 'issuer' ? 'not_possible_in_state' : 'ok';
    const frozenByHolder = life.state === 'frozen' && life.freeze?.by === 'holder';
    return life.state === 'active' || frozenByHolder ? 'ok' : 'not_possible_in_state';
  },
  act: (real, { life }) => freezeCard(real.context(), { cardId: life.id, actor: support, reason: '可疑' }),
  change: ({ life }) => setSupportFreeze(life, { by: 'issuer', reason: '可疑' }),
});

const release = action({
  name: 'release',
  possible: always,
  answer: ({ life }) => {
    if (life.state !== 'frozen') return 'not_possible_in_state';
    const loss = openRequest(life, 'loss');
    return loss && loss.before === null ? 'reported_lost' : 'ok';
  },
  act: (real, { life }) =>
    unfreezeCard(real.context(), { cardId: life.id, actor: support, reason: '已核实' }),
  change: ({ life }) => setSupportFreeze(life, null),
});

const limitOf = ({ n }: Attempt) => (n % 4 === 0 ? null : BigInt(n % 7) * 1_000n);

const limit = action({
  name: 'limit',
  possible: hasHolder,
  answer: (attempt) => {
    const { life, n } = attempt;
    const after = limitOf(attempt);
    if (!isAskedByHolder(attempt)) return 'card_not_found';
    if (life.state === 'closed') return 'not_possible_in_state';
    const raises = life.limitMinor !== null && (after === null || after > life.limitMinor);
    return raises && n % 2 === 1 ? 'proof_needed' : 'ok';
  },
  act: (real, attempt) =>
    setDayLimit(real.context(), {
      cardId: attempt.life.id,
      userId: asker(attempt),
      limitMinor: limitOf(attempt),
      proven: attempt.n % 2 === 0,
    }),
  change: (attempt) => {
    attempt.life.limitMinor = limitOf(attempt);
  },
});

const archive = action({
  name: 'archive',
  possible: hasHolder,
  answer: (attempt) => (isAskedByHolder(attempt) ? 'ok' : 'card_not_found'),
  act: (real, attempt) =>
    archiveCard(real.context(), {
      cardId: attempt.life.id,
      userId: asker(attempt),
      archived: attempt.n % 2 === 0,
    }),
  change: ({ life, n }) => {
    life.archived = n % 2 === 0;
  },
});

const close = action({
  name: 'close',
  possible: hasHolder,
  answer: (attempt) => {
    if (!isAskedByHolder(attempt)) return 'card_not_found';
    const { freeze: frozen, state, availableMinor, heldMinor, dormantMinor } = attempt.life;
    if (state === 'frozen' && frozen?.by === 'issuer') return 'frozen_by_issuer';
    if (availableMinor + heldMinor + dormantMinor > 0n) return 'value_left';
    return state === 'closed' ? 'not_possible_in_state' : 'ok';
  },
  act: (real, attempt) => closeOwnCard(real.context(), { cardId: attempt.life.id, userId: asker(attempt) }),
  change: ({ life }) => {
    life.state = 'closed';
  },
});

export const holderActions = [bind, freeze, unfreeze, stop, release, limit, archive, close] as const;
