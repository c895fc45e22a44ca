import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { Page } from '@/components/layout/page';
import { Amount } from '@/components/money/amount';
import { MerchantBadge } from '@/components/shop/merchant-badge';
import { ProductArt } from '@/components/shop/product-art';
import { ProductPromises } from '@/components/shop/product-promises';
import { ProductTile, SHELF_GRID } from '@/components/shop/product-tile';
import { QuantityField } from '@/components/shop/quantity-field';
import { ActionBar } from '@/components/ui/action-bar';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { database } from '@/lib/database';
import { MAX_QUANTITY, type Product, productBySlug, productsBeside, textIn } from '@/lib/shop';
import { addToBasketAction, buyNowAction } from '../../actions';

interface Address {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ added?: string | string[]; problem?: string | string[] }>;
}

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata({ params, searchParams }: Address): Promise<Metadata> {
  const product = await readProduct((await params).slug);
  const [locale, t] = [await getLocale(), await getTranslations('common.errors')];
  const prefix = (await searchParams).problem === undefined ? '' : t('titlePrefix');
  return {
    title: `${prefix}${textIn(locale, product.title)}`,
    description: textIn(locale, product.description),
  };
}

export default pageOrNotFound(ProductPage);

/** Open to everyone; adding and buying ask who it is. */
async function ProductPage({ params, searchParams }: Address) {
  const product = await readProduct((await params).slug);
  const [t, locale, beside, { added, problem }] = [
    await getTranslations('shop.product'),
    await getLocale(),
    await productsBeside(database(), product, 4),
    await searchParams,
  ];
  return (
    <Page
      title={textIn(locale, product.title)}
      titleHidden
      back={{ href: '/shop', label: t('back') }}
      width="wide"
    >
      <form action={addToBasketAction} className={LAYOUT}>
        <input type="hidden" name="productId" value={product.id} />
        <input type="hidden" name="idempotencyKey" value={randomUUID()} />
        <ProductArt art={product.art} size="large" className="rounded-lg lg:row-span-3" />
        <div className="flex min-w-0 flex-col gap-5">
          <Facts product={product} />
          <Quantity problem={problem !== undefined} />
        </div>
        <ActionBar note={added === undefined ? null : <Added />}>
          <Buttons />
        </ActionBar>
        <section className="flex flex-col gap-1.5">
          <h2>{t('description')}</h2>
          <p>{textIn(locale, product.description)}</p>
        </section>
        <section className="mt-4 flex flex-col gap-3 lg:col-span-2">
          <h2>{t('beside')}</h2>
          <ul className={SHELF_GRID}>
            {beside.map((other) => (
              <ProductTile key={other.id} product={other} />
            ))}
          </ul>
        </section>
      </form>
    </Page>
  );
}

/** Read once for the title and the page. */
const readProduct = cache(async (slug: string) => (await productBySlug(database(), slug)) ?? notFound());

/** One column on a phone, where the bar comes last and stays in reach; from 960 px picture and words side by side. */
const LAYOUT =
  'flex flex-col gap-5 [&>.action-bar]:order-last lg:grid lg:grid-cols-2 lg:grid-rows-[auto_auto_1fr] ' +
  'lg:items-start lg:gap-x-10 lg:[&>.action-bar]:order-none';

function Facts({ product }: { product: Product }) {
  const t = useTranslations('shop');
  const locale = useLocale();
  return (
    <div className="flex flex-col gap-3">
      <p className="font-bold text-xl" aria-hidden="true">
        {textIn(locale, product.title)}
      </p>
      <Amount minor={product.priceMinor} currency={product.currency} size="3xl" />
      <p className="flex items-center gap-2 text-ink-2 text-sm">
        <MerchantBadge kind={product.merchant.kind} />
        {t('soldBy', { merchant: textIn(locale, product.merchant.name) })}
      </p>
      <ProductPromises product={product} />
    </div>
  );
}

function Quantity({ problem }: { problem: boolean }) {
  const t = useTranslations('shop.product');
  return (
    <div className="flex flex-col gap-2">
      {problem ? (
        <Notice tone="danger" live>
          {t('quantityProblem')}
        </Notice>
      ) : null}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 lg:justify-start">
        <span className="whitespace-nowrap font-bold" aria-hidden="true">
          {t('quantity')}
        </span>
        <QuantityField
          max={MAX_QUANTITY}
          labels={{ quantity: t('quantity'), less: t('less'), more: t('more') }}
        />
      </div>
    </div>
  );
}

function Buttons() {
  const t = useTranslations('shop.product');
  return (
    <div className="grid grid-cols-2 gap-2.5 simple:grid-cols-1">
      <SubmitButton look="ghost" formAction={addToBasketAction}>
        {t('add')}
      </SubmitButton>
      <SubmitButton formAction={buyNowAction}>{t('buy')}</SubmitButton>
    </div>
  );
}

function Added() {
  const t = useTranslations('shop.product');
  return (
    <p role="status" className="flex items-center justify-between gap-3 text-jade">
      <b>{t('added')}</b>
      <Link href="/basket" className="link inline-flex min-h-target items-center">
        {t('toBasket')}
      </Link>
    </p>
  );
}
