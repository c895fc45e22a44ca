import { PackageSearch } from 'lucide-react';
import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/layout/page';
import { ProductTile, SHELF_GRID } from '@/components/shop/product-tile';
import { shopAddress } from '@/components/shop/shop-address';
import { Departments, ShelfOrder, ShopSearch } from '@/components/shop/shop-filters';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Pagination } from '@/components/ui/pagination';
import { database } from '@/lib/database';
import { type ShopPage as Shelf, type ShopQuery, shopPage, shopQuerySchema } from '@/lib/shop';

interface Search {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ searchParams }: Search): Promise<Metadata> {
  const [t, query] = [await getTranslations('shop'), shopQuerySchema.parse(await searchParams)];
  return { title: query.category ? t(`category.${query.category}`) : t('title') };
}

/** Open to everyone: looking needs no account. */
export default async function ShopPage({ searchParams }: Search) {
  const [t, query] = [await getTranslations('shop'), shopQuerySchema.parse(await searchParams)];
  const shelf = await shopPage(database(), query, (category) => t(`category.${category}`));
  return (
    <Page
      title={query.category ? t(`category.${query.category}`) : t('title')}
      lead={t(LEADS.get(query.category ?? '') ?? 'lead')}
      aside={
        <span role="status">
          {query.q
            ? t('foundFor', { query: query.q, count: shelf.found })
            : t('found', { count: shelf.found })}
        </span>
      }
      width="wide"
    >
      <ShopSearch query={query} />
      <Departments query={query} />
      <ShelfOrder query={query} />
      {shelf.found === 0 ? <NothingFound /> : <Products shelf={shelf} query={query} />}
    </Page>
  );
}

/** Where cards cannot pay at all, that comes first. */
const LEADS: ReadonlyMap<string, 'card.neverVirtual' | 'card.neverGold'> = new Map([
  ['virtual', 'card.neverVirtual'],
  ['gold', 'card.neverGold'],
]);

function Products({ shelf, query }: { shelf: Shelf; query: ShopQuery }) {
  const t = useTranslations('common.pagination');
  const to = (page: number) => shopAddress(query, { page });
  return (
    <>
      <ul className={SHELF_GRID}>
        {shelf.products.map((product) => (
          <ProductTile key={product.id} product={product} />
        ))}
      </ul>
      <Pagination
        previous={shelf.page > 1 ? to(shelf.page - 1) : null}
        next={shelf.page < shelf.pages ? to(shelf.page + 1) : null}
        status={t('of', { page: shelf.page, pages: shelf.pages })}
      />
    </>
  );
}

function NothingFound() {
  const t = useTranslations('shop.none');
  return (
    <EmptyState icon={PackageSearch} title={t('title')} text={t('text')}>
      <ButtonLink href="/shop">{t('reset')}</ButtonLink>
    </EmptyState>
  );
}
