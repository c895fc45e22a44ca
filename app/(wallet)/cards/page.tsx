import { Archive, Plus, WalletCards } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/viewer';
import { CardStack, CardStackItem } from '@/components/card/card-stack';
import { GhostCard } from '@/components/card/ghost-card';
import { Columns, Page } from '@/components/layout/page';
import { Amount } from '@/components/money/amount';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { List, ListRow } from '@/components/ui/panel';
import { Tabs } from '@/components/ui/tabs';
import { type Wallet, type WalletCard, walletOf } from '@/lib/cards';
import { database } from '@/lib/database';
import { CardRows } from './card-rows';
import { MergedCards } from './merged-cards';
import { CARD_ORDERS, type CardOrder, canPay, isPutAway, parseCardOrder, sortCards } from './sort-cards';
import { WalletCardFace } from './wallet-card-face';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('wallet');
  return { title: t('title') };
}

/** Fewer cards than this are seen at one glance and need no other order. */
const SORTABLE_FROM = 3;

export default async function WalletPage({ searchParams }: PageProps<'/cards'>) {
  const user = await requireUser();
  const [t, { order: wish }, wallet] = await Promise.all([
    getTranslations('wallet'),
    searchParams,
    walletOf({ db: database(), now: new Date() }, user.id),
  ]);
  if (wallet.cards.length === 0) return <EmptyWallet />;
  const order = parseCardOrder(wish);
  const cards = wallet.cards.filter((card) => !isPutAway(card));
  const paying = sortCards(cards.filter(canPay), order);
  const bind = (
    <Link
      href="/cards/bind"
      className="inline-flex min-h-target items-center gap-1 text-ink-2 hover:text-ink lg:hidden"
    >
      <Icon as={Plus} size={18} />
      {t('bindAnother')}
    </Link>
  );
  return (
    <Page title={t('title')} aside={bind} width="wide">
      <Columns
        aside={<Aside cards={cards} putAway={wallet.cards.length - cards.length} />}
        asideSticky={false}
      >
        <Total wallet={wallet} />
        {paying.length >= SORTABLE_FROM ? <OrderTabs order={order} /> : null}
        <Paying cards={paying} merged={order === 'merged' && paying.length >= SORTABLE_FROM} />
      </Columns>
    </Page>
  );
}

async function Paying({ cards, merged }: { cards: readonly WalletCard[]; merged: boolean }) {
  const t = await getTranslations('wallet');
  if (cards.length === 0) return <p className="text-ink-2">{t('nonePaying')}</p>;
  if (merged) return <MergedCards cards={cards} />;
  return (
    <CardStack label={t('paying')}>
      {cards.map((card) => (
        <CardStackItem key={card.id} href={`/cards/${card.id}`}>
          <WalletCardFace card={card} />
        </CardStackItem>
      ))}
    </CardStack>
  );
}

async function Total({ wallet }: { wallet: Wallet }) {
  const t = await getTranslations('wallet');
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-1">
      <div>
        <p className="text-ink-2 text-sm">{t('usable')}</p>
        <Amount minor={wallet.usableMinor} size="3xl" />
      </div>
      {wallet.heldMinor > 0n ? (
        <p className="pb-1 text-ink-2 text-sm">
          {t.rich('held', { amount: () => <Amount minor={wallet.heldMinor} quiet /> })}
        </p>
      ) : null}
      {wallet.dormantMinor > 0n ? (
        <p className="basis-full text-ink-2 text-sm">
          {t.rich('dormant', { amount: () => <Amount minor={wallet.dormantMinor} quiet /> })}
        </p>
      ) : null}
    </div>
  );
}

async function OrderTabs({ order }: { order: CardOrder }) {
  const t = await getTranslations('wallet.order');
  const tabs = CARD_ORDERS.map((value) => ({
    value,
    label: t(value),
    href: value === 'expiry' ? ('/cards' as const) : (`/cards?order=${value}` as const),
  }));
  return <Tabs label={t('label')} tabs={tabs} current={order} />;
}

/** The next things to do, and the cards one should know something about. */
async function Aside({ cards, putAway }: { cards: readonly WalletCard[]; putAway: number }) {
  const t = await getTranslations('wallet');
  const soon = cards.filter((card) => card.status === 'expiring_soon');
  const idle = cards.filter((card) => !canPay(card));
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-1 simple:grid-cols-1">
        <ButtonLink href="/cards/bind" look="primary" block>
          {t('bindAnother')}
        </ButtonLink>
        <ButtonLink href="/buy" block>
          {t('buy')}
        </ButtonLink>
        <ButtonLink href="/shop" block>
          {t('toShop')}
        </ButtonLink>
      </div>
      {soon.length > 0 ? <CardRows title={t('soon')} cards={soon} /> : null}
      {idle.length > 0 ? <CardRows title={t('idle')} cards={idle} /> : null}
      {putAway > 0 ? (
        <List>
          <ListRow
            leading={<Icon as={Archive} />}
            title={t('archived.link')}
            aside={t('archived.count', { count: putAway })}
            href="/cards/archived"
          />
        </List>
      ) : null}
    </>
  );
}

async function EmptyWallet() {
  const t = await getTranslations('wallet');
  return (
    <Page title={t('title')} width="narrow">
      <EmptyState icon={WalletCards} art={<GhostCard />} title={t('empty.title')} text={t('empty.text')}>
        <ButtonLink href="/cards/bind" look="primary" block>
          {t('empty.bind')}
        </ButtonLink>
        <ButtonLink href="/buy" block>
          {t('buy')}
        </ButtonLink>
        <ButtonLink href="/shop" block>
          {t('toShop')}
        </ButtonLink>
      </EmptyState>
    </Page>
  );
}
