import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { CardFace } from '@/components/card/card';
import { Columns, Page } from '@/components/layout/page';
import { ActionBar } from '@/components/ui/action-bar';
import { ChoiceCards } from '@/components/ui/choice';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextField } from '@/components/ui/text-field';
import { database } from '@/lib/database';
import { formatMoney } from '@/lib/kernel';
import { coloursOf, findOffer, foldsOf, type Offer, THEME_IDS } from '@/lib/sales';
import { MAX_CARDS } from '@/lib/sales/model';
import { type BuyChoice, choiceSchema } from '@/lib/sales/schemas';

interface Address {
  params: Promise<{ programme: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params }: Address): Promise<Metadata> {
  const [t, locale, offer] = [
    await getTranslations('sales'),
    await getLocale(),
    await findOffer(database(), (await params).programme),
  ];
  if (!offer) notFound();
  return { title: t('choose.title', { name: locale === 'en' ? offer.nameEn : offer.nameZh }) };
}

export default pageOrNotFound(ChoosePage);

/** What to buy: a form that only leads on, so that it works without scripts and can be shared as an address. */
async function ChoosePage({ params, searchParams }: Address) {
  const offer = await findOffer(database(), (await params).programme);
  if (!offer) notFound();
  const search = await searchParams;
  const choice = choiceSchema.parse(firstOf(search));
  const [t, locale] = await Promise.all([getTranslations('sales'), getLocale()]);
  const name = locale === 'en' ? offer.nameEn : offer.nameZh;
  return (
    <Page title={t('choose.title', { name })} width="wide" back={{ href: '/buy', label: t('title') }}>
      {search.problem === undefined ? null : (
        <Notice tone="danger" live>
          {t('choose.problem', { max: MAX_CARDS, ...rangeOf(offer) })}
        </Notice>
      )}
      <form action={`/buy/${offer.programmeId}/review`} method="get">
        <Columns
          aside={
            <>
              <CardFace
                publicId={`crd_offer_${offer.programmeId}`}
                programmeName={name}
                medium={offer.medium}
                colours={coloursOf(choice.art, offer.colours)}
              />
              <Tiers offer={offer} />
              <ActionBar>
                <SubmitButton>{t('choose.submit')}</SubmitButton>
              </ActionBar>
            </>
          }
        >
          <FaceValue offer={offer} choice={choice} />
          <TextField
            name="quantity"
            type="number"
            inputMode="numeric"
            min={1}
            max={MAX_CARDS}
            required
            figures
            defaultValue={choice.quantity}
            label={t('choose.quantity')}
            hint={t('choose.quantityHint', { max: MAX_CARDS })}
          />
          <ChoiceCards
            legend={t('choose.purpose')}
            name="purpose"
            defaultValue={
              offer.purposes.includes(choice.purpose) ? choice.purpose : (offer.purposes[0] ?? 'self')
            }
            choices={offer.purposes.map((value) => ({
              value,
              label: t(`purpose.${value}`),
              description: t(`purposeText.${value}`),
            }))}
          />
          <ChoiceCards
            legend={t('choose.art')}
            name="art"
            columns={2}
            defaultValue={choice.art}
            choices={THEME_IDS.map((value) => ({
              value,
              label: t(`art.${value}`),
              aside: (
                <CardFace
                  publicId={`crd_art_${value}`}
                  programmeName={name}
                  medium={offer.medium}
                  colours={coloursOf(value, offer.colours)}
                  size="sm"
                />
              ),
            }))}
          />
        </Columns>
      </form>
    </Page>
  );
}

async function FaceValue({ offer, choice }: { offer: Offer; choice: BuyChoice }) {
  const t = await getTranslations('sales.choose');
  const free = !('fixed' in offer.faceValues);
  const [first = 0n] = offer.suggestedMinor;
  return (
    <div className="group/face flex flex-col gap-4">
      <ChoiceCards
        legend={t('face')}
        name="face"
        columns={2}
        defaultValue={choice.face || first.toString()}
        choices={[
          ...offer.suggestedMinor.map((minor) => ({ value: minor.toString(), label: formatMoney(minor) })),
          ...(free ? [{ value: 'free', label: t('free') }] : []),
        ]}
      />
      {free ? (
        <div className="hidden group-has-[#face-free:checked]/face:block">
          <TextField
            name="amount"
            inputMode="decimal"
            autoComplete="off"
            figures
            prefix="¥"
            defaultValue={choice.amount}
            label={t('amount')}
            hint={t('amountHint', rangeOf(offer))}
          />
        </div>
      ) : null}
    </div>
  );
}

async function Tiers({ offer }: { offer: Offer }) {
  const t = await getTranslations('sales');
  return (
    <ul className="flex flex-col gap-1 text-jade">
      {offer.tiers.map((tier) => (
        <li key={tier.basisPoints}>
          {t('tier', {
            cards: tier.fromCards,
            value: formatMoney(tier.fromFaceMinor),
            folds: foldsOf(tier.basisPoints),
          })}
        </li>
      ))}
    </ul>
  );
}

function rangeOf({ faceValues }: Offer): { from: string; to: string } {
  const [from, to] =
    'fixed' in faceValues
      ? [faceValues.fixed[0] ?? 0n, faceValues.fixed.at(-1) ?? 0n]
      : [faceValues.minMinor, faceValues.maxMinor];
  return { from: formatMoney(from), to: formatMoney(to) };
}

function firstOf(search: Record<string, string | string[] | undefined>) {
  return Object.fromEntries(Object.entries(search).map(([name, value]) => [name, [value].flat()[0]]));
}
