import { ChevronRight } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { CardFace } from '@/components/card/card';
import { Page } from '@/components/layout/page';
import { Icon } from '@/components/ui/icon';
import { LinkPending } from '@/components/ui/link-pending';
import { database } from '@/lib/database';
import { formatMoney } from '@/lib/kernel';
import { foldsOf, type Offer, offersOnSale } from '@/lib/sales';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sales'))('title') };
}

/** The card counter, open to everyone. */
export default async function BuyPage() {
  const [t, offers] = await Promise.all([getTranslations('sales'), offersOnSale(database())]);
  return (
    <Page title={t('title')} lead={t('lead')} width="wide">
      <ul className="grid gap-6 sm:grid-cols-2 simple:grid-cols-1">
        {offers.map((offer) => (
          <OfferTile key={offer.programmeId} offer={offer} />
        ))}
      </ul>
      <Link href="/purchases" className="link inline-flex min-h-target items-center gap-1 self-start">
        {t('toPurchases')}
        <Icon as={ChevronRight} size={18} />
      </Link>
    </Page>
  );
}

async function OfferTile({ offer }: { offer: Offer }) {
  const [t, kinds, locale] = await Promise.all([
    getTranslations('sales'),
    getTranslations('cards.kind'),
    getLocale(),
  ]);
  const name = locale === 'en' ? offer.nameEn : offer.nameZh;
  const [tier] = offer.tiers;
  const { faceValues } = offer;
  const values =
    'fixed' in faceValues
      ? t('fixedValues', {
          from: formatMoney(faceValues.fixed[0] ?? 0n),
          to: formatMoney(faceValues.fixed.at(-1) ?? 0n),
        })
      : t('freeValues', {
          from: formatMoney(faceValues.minMinor),
          to: formatMoney(faceValues.maxMinor),
        });
  return (
    <li className="flex flex-col gap-3">
      <Link
        href={`/buy/${offer.programmeId}`}
        className="relative flex flex-col gap-3 rounded-lg border border-line bg-surface p-4 hover:border-edge"
      >
        <CardFace
          publicId={`crd_offer_${offer.programmeId}`}
          programmeName={name}
          medium={offer.medium}
          colours={offer.colours}
        />
        <span className="flex items-start gap-2">
          <span className="flex min-w-0 flex-1 flex-col gap-0.5">
            <b className="text-lg">{t('offerName', { name, kind: kinds(offer.kind) })}</b>
            <span className="text-ink-2">{values}</span>
            <span className="text-ink-2 text-sm">
              {offer.validityMonths === null ? t('noEnd') : t('validity', { months: offer.validityMonths })}
            </span>
            {tier ? (
              <span className="text-jade text-sm">
                {t('tier', {
                  cards: tier.fromCards,
                  value: formatMoney(tier.fromFaceMinor),
                  folds: foldsOf(tier.basisPoints),
                })}
              </span>
            ) : null}
          </span>
          <Icon as={ChevronRight} size={20} className="mt-1 text-ink-2" />
        </span>
        <LinkPending />
      </Link>
    </li>
  );
}
