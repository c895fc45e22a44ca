import { BellRing, ChevronRight, KeyRound, RotateCcw, ShoppingBag, WalletCards } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { CardFace } from '@/components/card/card';
import { SplitBar } from '@/components/checkout/split-bar';
import { Amount } from '@/components/money/amount';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { readChrome } from './chrome';

export default async function HomePage() {
  const [t, { viewer }] = await Promise.all([getTranslations('home'), readChrome()]);
  return (
    <div className="mx-auto flex w-full max-w-[1120px] flex-col gap-12 px-page pt-6 pb-10 lg:gap-20 lg:pt-16">
      <div className="grid items-center gap-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,460px)] lg:gap-14">
        <div className="flex flex-col gap-5">
          <h1 className="text-2xl lg:text-3xl">{t('title')}</h1>
          <p className="max-w-[34em] text-ink-2 text-lg">{t('lead')}</p>
          <Actions signedIn={viewer !== null} />
        </div>
        <HeroCards />
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

function Actions({ signedIn }: { signedIn: boolean }) {
  const t = useTranslations('home.actions');
  return (
    <nav aria-label={t('label')} className="flex max-w-[460px] flex-col gap-3">
      <ButtonLink href="/cards/bind" look="primary" block>
        {t('bind')}
      </ButtonLink>
      <div className="grid grid-cols-2 gap-3 simple:grid-cols-1">
        <ButtonLink href="/cards" icon={<Icon as={WalletCards} />}>
          {t('cards')}
        </ButtonLink>
        <ButtonLink href="/shop" icon={<Icon as={ShoppingBag} />}>
          {t('shop')}
        </ButtonLink>
      </div>
      {signedIn ? null : (
        <p className="flex flex-wrap items-center gap-x-4 text-ink-2">
          {t('signInHint')}
          <Link href="/sign-in" className="link inline-flex min-h-target min-w-target items-center">
            {t('signIn')}
          </Link>
          <Link href="/sign-up" className="link inline-flex min-h-target min-w-target items-center">
            {t('signUp')}
          </Link>
        </p>
      )}
    </nav>
  );
}

/** Three cards in a fan: a picture, not anyone's cards. Left out where every word should count. */
function HeroCards() {
  const t = useTranslations('home.art');
  return (
    <div
      aria-hidden="true"
      className="relative mx-auto w-full max-w-[420px] pt-[26%] simple:hidden"
      data-print="no"
    >
      <div className="absolute inset-x-[7%] top-0 -rotate-3">
        <CardFace
          publicId="crd_sample_zhenxiang"
          programmeName={t('zhenxiang')}
          medium="physical"
          colours={{ from: '#153f39', to: '#2b7a66' }}
        />
      </div>
      <div className="absolute inset-x-[3.5%] top-[13%] rotate-2">
        <CardFace
          publicId="crd_sample_zengka_4"
          programmeName={t('zengka')}
          medium="electronic"
          colours={{ from: '#6a4300', to: '#b07a1c' }}
        />
      </div>
      <div className="relative">
        <CardFace
          publicId="crd_sample_fuyun_1"
          programmeName={t('fuyun')}
          medium="electronic"
          colours={{ from: '#8f1d18', to: '#c8452f' }}
          last4="4417"
          balanceMinor={28650n}
          expiresOn="2029-11-30"
        />
      </div>
    </div>
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
