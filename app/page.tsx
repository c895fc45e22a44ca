import {
  BellRing,
  ChevronRight,
  Clock,
  KeyRound,
  Plus,
  RotateCcw,
  ShoppingBag,
  WalletCards,
} from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { CardFan, SampleFan } from '@/components/card/card-fan';
import { SplitBar } from '@/components/checkout/split-bar';
import { Amount } from '@/components/money/amount';
import { Quoting } from '@/components/ui/as-written';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { LinkPending } from '@/components/ui/link-pending';
import { type Wallet, type WalletCard, walletOf } from '@/lib/cards';
import { database } from '@/lib/database';
import { canPay } from './(wallet)/cards/sort-cards';
import { CardTitle, WalletCardFace } from './(wallet)/cards/wallet-card-face';
import { currentUser } from './viewer';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common');
  return { title: { absolute: `${t('brand')} · ${t('tagline')}` } };
}

export default async function HomePage() {
  const user = await currentUser();
  const [t, wallet] = await Promise.all([
    getTranslations('home'),
    user && walletOf({ db: database(), now: new Date() }, user.id),
  ]);
  return (
    <div className="mx-auto flex w-full max-w-[1120px] flex-col gap-12 px-page pt-6 pb-10 lg:gap-20 lg:pt-16">
      <div className="grid items-center gap-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,460px)] lg:gap-14">
        {user && wallet ? <Welcome name={user.name} wallet={wallet} /> : <Pitch />}
      </div>
      <Trust />
      <Example />
      <Link href="/help" className="link inline-flex min-h-target items-center gap-1 self-center text-center">
        {t('help')}
        <Icon as={ChevronRight} size={18} />
      </Link>
    </div>
  );
}

function Pitch() {
  const t = useTranslations('home');
  return (
    <>
      <div className="flex flex-col gap-5">
        <h1 className="text-2xl lg:text-3xl lg:simple:leading-[1.3]">{t('title')}</h1>
        <p className="max-w-[34em] text-ink-2 text-lg">{t('lead')}</p>
        <nav aria-label={t('actions.label')} className="flex max-w-[460px] flex-col gap-3">
          <Ways first="bind" />
          <p className="flex flex-wrap items-center gap-x-4 text-ink-2">
            {t('actions.signInHint')}
            <Link href="/sign-in" className="link inline-flex min-h-target min-w-target items-center">
              {t('actions.signIn')}
            </Link>
            <Link href="/sign-up" className="link inline-flex min-h-target min-w-target items-center">
              {t('actions.signUp')}
            </Link>
          </p>
        </nav>
      </div>
      <SampleFan />
    </>
  );
}

/** What is in one's own wallet, and the next thing to do with it. */
function Welcome({ name, wallet }: { name: string; wallet: Wallet }) {
  const [t, words] = [useTranslations('home'), useTranslations('wallet')];
  const paying = wallet.cards.filter(canPay);
  return (
    <>
      <div className="flex flex-col gap-5">
        <div>
          <h1>
            <Quoting>{t('hello', { name })}</Quoting>
          </h1>
          <p className="mt-3 text-ink-2 text-sm">{words('usable')}</p>
          <Amount minor={wallet.usableMinor} size="3xl" />
          {wallet.heldMinor > 0n ? (
            <p className="text-ink-2 text-sm">
              {words.rich('held', { amount: () => <Amount minor={wallet.heldMinor} quiet /> })}
            </p>
          ) : null}
        </div>
        {paying
          .filter(({ status }) => status === 'expiring_soon')
          .map((card) => (
            <EndsSoon key={card.id} card={card} />
          ))}
        <nav aria-label={t('actions.label')} className="flex max-w-[460px] flex-col gap-3">
          <Ways first={paying.length > 0 ? 'shop' : 'bind'} />
        </nav>
      </div>
      {paying.length > 0 ? (
        <CardFan cards={paying.map((card) => <WalletCardFace key={card.id} card={card} />)} />
      ) : (
        <SampleFan />
      )}
    </>
  );
}

function EndsSoon({ card }: { card: WalletCard }) {
  const t = useTranslations('home');
  return (
    <Link
      href={`/cards/${card.id}`}
      className="relative flex min-h-control max-w-[460px] items-center gap-3 rounded-md border border-amber/30 bg-amber-wash px-4 py-2 text-amber hover:border-amber"
    >
      <Icon as={Clock} />
      <span className="min-w-0 flex-1 font-bold">
        {t.rich('soon', { name: () => <CardTitle card={card} />, days: card.daysLeft ?? 0 })}
      </span>
      <Amount minor={card.usableMinor} currency={card.currency} className="text-ink" />
      <Icon as={ChevronRight} size={18} />
      <LinkPending />
    </Link>
  );
}

/** The three ways on; the `first` of them is the one to take. */
function Ways({ first }: { first: 'bind' | 'shop' }) {
  const t = useTranslations('home.actions');
  const bind = { href: '/cards/bind', icon: Plus, words: t('bind') } as const;
  const shop = { href: '/shop', icon: ShoppingBag, words: t('shop') } as const;
  const [primary, other] = first === 'bind' ? [bind, shop] : [shop, bind];
  return (
    <>
      <ButtonLink href={primary.href} look="primary" block>
        {primary.words}
      </ButtonLink>
      <div className="grid grid-cols-2 gap-3 simple:grid-cols-1">
        <ButtonLink href="/cards" icon={<Icon as={WalletCards} />}>
          {t('cards')}
        </ButtonLink>
        <ButtonLink href={other.href} icon={<Icon as={other.icon} />}>
          {other.words}
        </ButtonLink>
      </div>
    </>
  );
}

function Trust() {
  const t = useTranslations('home.trust');
  const points = [
    { icon: KeyRound, title: t('password'), text: t('passwordText') },
    { icon: RotateCcw, title: t('refund'), text: t('refundText') },
    { icon: BellRing, title: t('expiry'), text: t('expiryText') },
  ];
  return (
    <section aria-labelledby="trust">
      <h2 id="trust" className="sr-only">
        {t('title')}
      </h2>
      <ul className="grid gap-6 border-line border-y py-8 lg:grid-cols-3 lg:gap-10">
        {points.map((point) => (
          <li key={point.title} className="flex gap-4">
            <span className="grid size-11 shrink-0 place-items-center rounded-full bg-jade-wash text-jade">
              <Icon as={point.icon} />
            </span>
            <div>
              <h3 className="text-lg">{point.title}</h3>
              <p className="mt-0.5 text-ink-2">{point.text}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Example() {
  const t = useTranslations('home.example');
  return (
    <section aria-labelledby="example" className="grid items-center gap-6 lg:grid-cols-2 lg:gap-14">
      <div className="flex flex-col gap-2">
        <h2 id="example" className="text-xl">
          {t('title')}
        </h2>
        <p className="text-ink-2">{t('text')}</p>
      </div>
      <figure className="flex flex-col gap-4 rounded-lg border border-line bg-paper p-5 shadow-panel">
        <figcaption className="flex flex-wrap items-end justify-between gap-x-4 text-ink-2 text-sm">
          <span>
            {t('total')}
            <span className="block text-ink">
              <Amount minor={45900n} size="2xl" />
            </span>
          </span>
          {t('caption')}
        </figcaption>
        <SplitBar
          label={t('caption')}
          parts={[
            { id: 'gift', kind: 'card', name: t('gift'), reason: t('giftReason'), amountMinor: 5000n },
            { id: 'card', kind: 'card', name: t('card'), reason: t('cardReason'), amountMinor: 28650n },
            { id: 'other', kind: 'other', name: t('other'), reason: t('otherReason'), amountMinor: 12250n },
          ]}
        />
      </figure>
    </section>
  );
}
