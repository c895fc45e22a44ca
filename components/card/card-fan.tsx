import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CardFace } from './card';

/**
 * Up to three cards in a fan, the first in front: a picture of a wallet, not a way into it. Left out in simple mode,
 * where every word should count.
 */
export function CardFan({ cards }: { cards: readonly ReactNode[] }) {
  const shown = cards.slice(0, 3);
  const places = PLACES[shown.length] ?? [];
  return (
    <div
      aria-hidden="true"
      className={`relative mx-auto w-full max-w-[420px] simple:hidden ${ROOM[shown.length] ?? ''}`}
      data-print="no"
    >
      {shown.map((_, index) => {
        const fromBehind = shown.length - 1 - index;
        return (
          <div key={fromBehind} className={places[index]}>
            {shown[fromBehind]}
          </div>
        );
      })}
    </div>
  );
}

/** From behind to front. */
const PLACES: Readonly<Record<number, readonly string[]>> = {
  1: ['relative'],
  2: ['absolute inset-x-[4%] top-0 -rotate-2', 'relative'],
  3: ['absolute inset-x-[7%] top-0 -rotate-3', 'absolute inset-x-[3.5%] top-[13%] rotate-2', 'relative'],
};

const ROOM: Readonly<Record<number, string>> = { 2: 'pt-[14%]', 3: 'pt-[26%]' };

/** Three cards of nobody's, for those who are not signed in. */
export function SampleFan() {
  const t = useTranslations('home.art');
  return (
    <CardFan
      cards={[
        <CardFace
          key="fuyun"
          publicId="crd_sample_fuyun_1"
          programmeName={t('fuyun')}
          medium="electronic"
          colours={{ from: '#8f1d18', to: '#c8452f' }}
          last4="4417"
          balanceMinor={28650n}
          expiresOn="2029-11-30"
        />,
        <CardFace
          key="zengka"
          publicId="crd_sample_zengka_4"
          programmeName={t('zengka')}
          medium="electronic"
          colours={{ from: '#6a4300', to: '#b07a1c' }}
        />,
        <CardFace
          key="zhenxiang"
          publicId="crd_sample_zhenxiang"
          programmeName={t('zhenxiang')}
          medium="physical"
          colours={{ from: '#153f39', to: '#2b7a66' }}
        />,
      ]}
    />
  );
}
