import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { requireUser } from '@/app/viewer';
import { CardFace } from '@/components/card/card';
import { formTexts } from '@/components/forms/form-texts';
import { giftPlanTexts } from '@/components/gifts/gift-plan-texts';
import { Page } from '@/components/layout/page';
import { Amount } from '@/components/money/amount';
import { ReviewForm } from '@/components/sales/review-form';
import { Quoting } from '@/components/ui/as-written';
import { Notice } from '@/components/ui/notice';
import { Facts, Panel } from '@/components/ui/panel';
import { database } from '@/lib/database';
import { formatMoney } from '@/lib/kernel';
import {
  coloursOf,
  findOffer,
  foldsOf,
  identityOnFile,
  type Price,
  pricedOf,
  realNameAsked,
  salesContext,
} from '@/lib/sales';
import { choiceSchema, faceOf } from '@/lib/sales/schemas';
import { placePurchaseAction } from '../../../actions';
import { reviewTexts } from '../../../review-texts';
import { articleOf } from '../../../sale-words';

interface Address {
  params: Promise<{ programme: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params }: Address): Promise<Metadata> {
  await offerOf((await params).programme);
  return { title: (await getTranslations('sales'))('review.title') };
}

export default pageOrNotFound(ReviewPage);

/** What will be bought and what it costs, and whatever the rules or the purpose ask beside it. */
async function ReviewPage({ params, searchParams }: Address) {
  const user = await requireUser();
  const { programme } = await params;
  const search = Object.fromEntries(
    Object.entries(await searchParams).map(([name, value]) => [name, [value].flat()[0] ?? '']),
  );
  const offer = await offerOf(programme);
  const choice = choiceSchema.parse(search);
  const faceMinor = faceOf(choice);
  const { quantity, purpose, art } = choice;
  const price = faceMinor === null ? null : pricedOf(offer, { faceMinor, quantity, purpose });
  if (!price?.ok) redirect(`/buy/${programme}?${new URLSearchParams({ ...search, problem: '1' })}`);
  const [t, locale, texts, form, gift, identity, rule] = await Promise.all([
    getTranslations('sales'),
    getLocale(),
    reviewTexts(),
    formTexts('sales'),
    giftPlanTexts(),
    identityOnFile(database(), user.id),
    realNameAsked(salesContext(new Date()), { offer, price: price.value, userId: user.id }),
  ]);
  const name = locale === 'en' ? offer.nameEn : offer.nameZh;
  const back = `/buy/${programme}?${new URLSearchParams(search)}` as const;
  return (
    <Page title={t('review.title')} width="narrow" back={{ href: back, label: t('review.back') }}>
      <PriceFacts price={price.value} name={name} purpose={t(`purpose.${purpose}`)} />
      {rule && identity ? (
        <Notice
          tone="jade"
          title={
            <Quoting>
              {t('review.known', { maskedName: identity.maskedName, maskedNumber: identity.maskedNumber })}
            </Quoting>
          }
        >
          <Quoting>{await articleOf(rule)}</Quoting>
        </Notice>
      ) : null}
      {rule && !identity ? (
        <Notice tone="amber" title={t('review.realName')}>
          <Quoting>{await articleOf(rule)}</Quoting>
        </Notice>
      ) : null}
      <ReviewForm
        action={placePurchaseAction}
        purpose={purpose}
        quantity={quantity}
        texts={{ review: texts, form, gift }}
        identityAsked={rule !== null && identity === null}
        identityKnown={identity !== null}
        senderName={user.name}
        card={
          <CardFace
            publicId={`crd_offer_${offer.programmeId}`}
            programmeName={name}
            medium={offer.medium}
            colours={coloursOf(art, offer.colours)}
            balanceMinor={price.value.faceMinor}
          />
        }
        hidden={{
          idempotencyKey: randomUUID(),
          programme,
          faceMinor: price.value.faceMinor.toString(),
          quantity: String(quantity),
          art,
          purpose,
          expectedTotalMinor: price.value.totalMinor.toString(),
        }}
        submit={t('review.submit', { total: formatMoney(price.value.totalMinor, offer.currency) })}
      />
    </Page>
  );
}

async function PriceFacts({ price, name, purpose }: { price: Price; name: string; purpose: string }) {
  const t = await getTranslations('sales.review');
  return (
    <Panel>
      <p>
        <span className="block text-ink-2 text-sm">{t('total')}</span>
        <Amount minor={price.totalMinor} size="3xl" />
      </p>
      <Facts
        facts={[
          {
            term: t('cards', { name }),
            value: t('each', { face: formatMoney(price.faceMinor), quantity: price.quantity }),
          },
          { term: t('value'), value: formatMoney(price.valueMinor) },
          ...(price.discountMinor > 0n
            ? [
                {
                  term: t('discount', {
                    folds: foldsOf(price.basisPoints),
                  }),
                  value: formatMoney(-price.discountMinor),
                },
              ]
            : []),
          { term: t('for'), value: purpose },
        ]}
      />
      <p className="pt-2 text-ink-2 text-sm">{t('method')}</p>
    </Panel>
  );
}

const offerOf = cache(async (programme: string) => {
  const offer = await findOffer(database(), programme);
  if (!offer) notFound();
  return offer;
});
