import { randomUUID } from 'node:crypto';
import { ShoppingBag } from 'lucide-react';
import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/viewer';
import { Columns, Page } from '@/components/layout/page';
import { Amount } from '@/components/money/amount';
import { BasketLineRow } from '@/components/shop/basket-line';
import { ActionBar } from '@/components/ui/action-bar';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { Facts, Panel } from '@/components/ui/panel';
import { SubmitButton } from '@/components/ui/submit-button';
import { database } from '@/lib/database';
import { type Basket, basketChangeSchema, basketView, type Product, productById, textIn } from '@/lib/shop';
import { changeBasketAction, checkOutBasketAction } from '../actions';

interface Address {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ searchParams }: Address): Promise<Metadata> {
  const [t, common] = [await getTranslations('shop.basket'), await getTranslations('common.errors')];
  return {
    title: `${(await searchParams).problem === 'quantity' ? common('titlePrefix') : ''}${t('title')}`,
  };
}

export default async function BasketPage({ searchParams }: Address) {
  const user = await requireUser();
  const [t, basket, search] = [
    await getTranslations('shop.basket'),
    await basketView(database(), user.id),
    await searchParams,
  ];
  const removed = await removedOf(search);
  const notices = (
    <>
      <Problem code={search.problem} />
      {removed ? <Removed {...removed} locale={await getLocale()} /> : null}
    </>
  );
  if (basket.lines.length === 0) {
    return (
      <Page title={t('title')}>
        {notices}
        <EmptyState icon={ShoppingBag} title={t('emptyTitle')} text={t('emptyText')}>
          <ButtonLink href="/shop" look="primary">
            {t('toShop')}
          </ButtonLink>
        </EmptyState>
      </Page>
    );
  }
  const key = randomUUID();
  return (
    <Page title={t('title')} aside={t('count', { count: basket.count })} width="wide">
      {notices}
      <Columns aside={<Summary basket={basket} idempotencyKey={key} />}>
        <ul
          aria-label={t('lines')}
          className="divide-y divide-line rounded-md border border-line bg-surface px-4"
        >
          {basket.lines.map((line) => (
            <BasketLineRow key={line.product.id} line={line} change={changeBasketAction} />
          ))}
        </ul>
      </Columns>
      <div className="contents lg:hidden">
        <ActionBar
          note={
            <span className="flex items-baseline justify-between gap-3">
              {t('total')}
              <Amount minor={basket.totalMinor} currency={basket.currency} size="xl" className="text-ink" />
            </span>
          }
        >
          <CheckOut basket={basket} idempotencyKey={key} />
        </ActionBar>
      </div>
    </Page>
  );
}

function Summary({ basket, idempotencyKey }: { basket: Basket; idempotencyKey: string }) {
  const t = useTranslations('shop.basket');
  const { totalMinor, payableByCardMinor, currency } = basket;
  const other = totalMinor - payableByCardMinor;
  return (
    <Panel title={t('summary')}>
      <Facts
        facts={[
          { term: t('byCard'), value: <Amount minor={payableByCardMinor} currency={currency} quiet /> },
          ...(other > 0n
            ? [{ term: t('notByCard'), value: <Amount minor={other} currency={currency} quiet /> }]
            : []),
        ]}
      />
      {other > 0n ? <p className="pb-2 text-ink-2 text-sm">{t('notByCardWhy')}</p> : null}
      <p className="flex items-baseline justify-between gap-3 border-line border-t pt-3">
        <span>{t('total')}</span>
        <Amount minor={totalMinor} currency={currency} size="2xl" />
      </p>
      <div className="hidden pt-3 lg:block">
        <CheckOut basket={basket} idempotencyKey={idempotencyKey} />
      </div>
      <p className="py-2 text-ink-2 text-sm">{t('next')}</p>
    </Panel>
  );
}

function CheckOut({ basket, idempotencyKey }: { basket: Basket; idempotencyKey: string }) {
  const t = useTranslations('shop.basket');
  return (
    <form action={checkOutBasketAction}>
      <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
      <input type="hidden" name="expectedTotalMinor" value={String(basket.totalMinor)} />
      <SubmitButton pendingLabel={t('checkingOut')}>{t('checkout')}</SubmitButton>
    </form>
  );
}

function Problem({ code }: { code: string | string[] | undefined }) {
  const t = useTranslations('shop.basket');
  if (code === 'changed') {
    return (
      <Notice tone="amber" title={t('changedTitle')} live>
        {t('changedText')}
      </Notice>
    );
  }
  if (code !== 'quantity') return null;
  return (
    <Notice tone="danger" live>
      {t('quantityProblem')}
    </Notice>
  );
}

/** What was just taken out, with the way back. */
function Removed({ product, quantity, locale }: { product: Product; quantity: number; locale: string }) {
  const t = useTranslations('shop.basket');
  return (
    <Notice live>
      <form action={changeBasketAction} className="flex flex-wrap items-center justify-between gap-x-3">
        <input type="hidden" name="productId" value={product.id} />
        <input type="hidden" name="quantity" value={quantity} />
        <span>{t('removed', { title: textIn(locale, product.title) })}</span>
        <SubmitButton look="quiet" size="md" block={false}>
          {t('undo')}
        </SubmitButton>
      </form>
    </Notice>
  );
}

async function removedOf({ removed, quantity }: Record<string, string | string[] | undefined>) {
  const parsed = basketChangeSchema.safeParse({ productId: removed, quantity });
  if (!parsed.success || parsed.data.quantity === 0) return null;
  const product = await productById(database(), parsed.data.productId);
  return product && { product, quantity: parsed.data.quantity };
}
