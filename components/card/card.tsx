import { Ban, Clock, Lock, type LucideIcon, Snowflake } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Amount } from '@/components/money/amount';
import { Icon } from '@/components/ui/icon';
import { type CardColours, Engraving, SmallEngraving } from './engraving';

export type CardFaceState = 'active' | 'frozen' | 'expired' | 'used_up' | 'locked';

export interface CardFaceProps {
  /** The card's public id (`crd_…`): its engraving follows from it. Never the number. */
  publicId: string;
  programmeName: string;
  medium: 'electronic' | 'physical';
  colours: CardColours;
  /** Last four digits; leave out for a card that has no number to show yet (a gift before it is opened). */
  last4?: string | undefined;
  /** Fen, as `bigint` or decimal string; leave out to show no amount. */
  balanceMinor?: bigint | string | undefined;
  currency?: 'CNY' | 'USD';
  /** Calendar day `2029-11-30`; `null` never expires. */
  expiresOn?: string | null | undefined;
  /** Words instead of the date ("剩 6 天"). */
  expiryNote?: string | undefined;
  state?: CardFaceState;
  /** Words instead of the medium, or of the state, in the upper corner ("礼品卡", "未激活"). */
  tag?: ReactNode;
  /** `md` fills its column up to 420 px; `sm` is a thumbnail without words, for rows and tables. */
  size?: 'md' | 'sm';
}

/**
 * A card as the holder knows it. Server-rendered; every state differs in colour, in an icon and in words. It is not a
 * link itself: wrap it (see `CardStack`).
 */
export function CardFace({ size = 'md', ...card }: CardFaceProps) {
  if (size === 'sm') return <Thumbnail {...card} />;
  return <FullFace {...card} />;
}

/** A small picture of a card, for a row that names it in words. */
function Thumbnail({ publicId, colours, state = 'active' }: CardFaceProps) {
  return (
    <span
      aria-hidden="true"
      data-state={state}
      className="card-face card-thumb relative isolate block aspect-[1.586] w-14 shrink-0 overflow-hidden rounded-[6px] simple:w-20 forced-colors:border"
    >
      <SmallEngraving publicId={publicId} colours={groundOf(state, colours)} />
    </span>
  );
}

function FullFace({
  publicId,
  programmeName,
  medium,
  colours,
  last4,
  balanceMinor,
  currency = 'CNY',
  expiresOn,
  expiryNote,
  state = 'active',
  tag,
}: CardFaceProps) {
  const t = useTranslations('common.card');
  const expiry = expiryNote ?? expiryWords(t, expiresOn);
  return (
    <div
      data-state={state}
      className="card-face relative isolate flex aspect-[1.586] w-full max-w-[420px] flex-col justify-between overflow-hidden rounded-lg px-5 py-4.5 forced-colors:border forced-colors:bg-[Canvas]"
    >
      <Engraving publicId={publicId} colours={groundOf(state, colours)} />
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="truncate font-bold text-lg leading-snug">{programmeName}</p>
          <p aria-hidden="true" className="card-strip text-sm tabular-nums">
            {balanceMinor === undefined ? null : <Amount minor={balanceMinor} currency={currency} quiet />}
            {last4 ? ` · •${last4}` : null}
          </p>
        </div>
        <CardTag state={state}>{tag ?? t(state === 'active' ? medium : state)}</CardTag>
      </div>
      <div>
        {balanceMinor === undefined ? null : (
          <p>
            <span className="sr-only">{t('balance')}</span>
            <Amount minor={balanceMinor} currency={currency} size="2xl" />
          </p>
        )}
        <p className="mt-1 flex flex-wrap justify-between gap-x-4 text-sm tabular-nums">
          {last4 ? (
            <span>
              <span className="sr-only">{t('number', { last4 })}</span>
              <span aria-hidden="true" className="tracking-[0.08em]">
                •••• {last4}
              </span>
            </span>
          ) : null}
          {expiry ? <span>{expiry}</span> : null}
        </p>
      </div>
    </div>
  );
}

function CardTag({ state, children }: { state: CardFaceState; children: ReactNode }) {
  const icon = state === 'active' ? null : STATE_ICONS[state];
  return (
    <span className="card-tag inline-flex shrink-0 items-center gap-1 rounded-full px-2.5 py-0.5 text-xs">
      {icon ? <Icon as={icon} size={14} /> : null}
      {children}
    </span>
  );
}

function expiryWords(t: ReturnType<typeof useTranslations>, expiresOn: string | null | undefined) {
  if (expiresOn === undefined) return null;
  return expiresOn === null ? t('forever') : t('until', { date: expiresOn });
}

const STATE_ICONS: Record<Exclude<CardFaceState, 'active'>, LucideIcon> = {
  frozen: Snowflake,
  expired: Clock,
  used_up: Ban,
  locked: Lock,
};

/**
 * The ground of a card that cannot pay: ice for frozen, ash for ended, night for locked. What was spent keeps its
 * colour in the lines alone (see `.card-face[data-state="used_up"]`).
 */
function groundOf(state: CardFaceState, colours: CardColours): CardColours {
  return state === 'active' || state === 'used_up' ? colours : GROUNDS[state];
}

const GROUNDS: Record<'frozen' | 'expired' | 'locked', CardColours> = {
  frozen: { from: '#34475c', to: '#5d7690' },
  expired: { from: '#4a4743', to: '#77736d' },
  locked: { from: '#1f1d1b', to: '#3a3633' },
};
