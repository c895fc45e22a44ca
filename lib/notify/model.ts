/** Kinds of news that a person can choose ways for. */
export const GROUPS = ['payments', 'cards', 'gifts', 'purchases', 'security'] as const;
export type Group = (typeof GROUPS)[number];

/** What people are told of, and among what it counts; everything else in the outbox is for machines. */
const GROUP_OF = {
  'payment.paid': 'payments',
  'payment.cancelled': 'payments',
  'refund.started': 'payments',
  'refund.succeeded': 'payments',
  'refund.failed': 'payments',
  'card.bound': 'security',
  'card.frozen': 'security',
  'card.unfrozen': 'security',
  'card.lost': 'security',
  'card.reissued': 'security',
  'card.limit_changed': 'security',
  'card.expiring': 'cards',
  'card.expired': 'cards',
  'card.lapsed': 'cards',
  'card.extended': 'cards',
  'card.exchanged': 'cards',
  'card.closed': 'cards',
  'card.reopened': 'cards',
  'request.opened': 'cards',
  'request.decided': 'cards',
  'gift.scheduled': 'gifts',
  'gift.opened': 'gifts',
  'gift.claimed': 'gifts',
  'gift.returning': 'gifts',
  'gift.returned': 'gifts',
  'gift.revoked': 'gifts',
  'purchase.paid': 'purchases',
  'purchase.issued': 'purchases',
  'purchase.returned': 'purchases',
  'shipment.sent': 'purchases',
  'shipment.delivered': 'purchases',
} as const satisfies Readonly<Record<string, Group>>;

export type ToldTopic = keyof typeof GROUP_OF;

/** Narrows a topic of the outbox to one that people are told of. */
export function toldTopic(topic: string): ToldTopic | null {
  return isTold(topic) ? topic : null;
}

function isTold(topic: string): topic is ToldTopic {
  return Object.hasOwn(GROUP_OF, topic);
}

export function groupOf(topic: ToldTopic): Group {
  return GROUP_OF[topic];
}

/** The ways a person can be reached outside of the inbox, which always has everything. */
export const CHANNELS = ['email', 'sms'] as const;
export type ChannelName = (typeof CHANNELS)[number];

export type Choices = { readonly [G in Group]: { readonly [C in ChannelName]: boolean } };

/** As long as nobody chose: mail of everything, a short message where it cannot wait or nobody looks. */
export const DEFAULT_CHOICES: Choices = {
  payments: { email: true, sms: false },
  cards: { email: true, sms: true },
  gifts: { email: true, sms: false },
  purchases: { email: true, sms: false },
  security: { email: true, sms: true },
};

/** What happens to one's cards without one is told whatever was chosen: it may be a thief who chooses. */
export function withSecurity(choices: Choices): Choices {
  return { ...choices, security: DEFAULT_CHOICES.security };
}
