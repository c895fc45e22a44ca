import { Check, Search } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { buttonClasses } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { CONTROL_FRAME, CONTROL_INNER } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { CATEGORIES } from '@/lib/shop/model';
import { type ShopQuery, SORTS } from '@/lib/shop/schemas';
import { KeepInView } from './keep-in-view';
import { shopAddress } from './shop-address';

/** A search that keeps the other choices: an ordinary form that leads to an address. */
export function ShopSearch({ query }: { query: ShopQuery }) {
  const t = useTranslations('shop.search');
  return (
    <search>
      <form action="/shop" className="flex gap-2">
        <label htmlFor="shop-search" className="sr-only">
          {t('label')}
        </label>
        <span className={CONTROL_FRAME}>
          <span className="pl-3.5 text-ink-2">
            <Icon as={Search} />
          </span>
          <input
            id="shop-search"
            name="q"
            type="search"
            defaultValue={query.q}
            placeholder={t('placeholder')}
            maxLength={60}
            enterKeyHint="search"
            className={CONTROL_INNER}
          />
        </span>
        {query.category ? <input type="hidden" name="category" value={query.category} /> : null}
        {query.card ? <input type="hidden" name="card" value="1" /> : null}
        {query.sort === 'shelf' ? null : <input type="hidden" name="sort" value={query.sort} />}
        <button type="submit" className={classNames(buttonClasses(), 'shrink-0 whitespace-nowrap')}>
          {t('submit')}
        </button>
      </form>
    </search>
  );
}

/** The departments: a row that is pushed sideways on a phone, and wraps where there is room. */
export function Departments({ query }: { query: ShopQuery }) {
  const t = useTranslations('shop');
  return (
    <nav
      aria-label={t('departments.label')}
      className="-mx-page relative flex gap-2 overflow-x-auto px-page py-1 [scrollbar-width:none] lg:mx-0 lg:flex-wrap lg:px-0 simple:mx-0 simple:flex-wrap simple:px-0"
    >
      {[undefined, ...CATEGORIES].map((category) => (
        <Link
          key={category ?? 'all'}
          href={shopAddress(query, { category })}
          prefetch={false}
          aria-current={query.category === category ? 'true' : undefined}
          className={CHIP}
        >
          {category ? t(`category.${category}`) : t('departments.all')}
        </Link>
      ))}
      <KeepInView />
    </nav>
  );
}

/** What cards can pay, and the order of the shelf. */
export function ShelfOrder({ query }: { query: ShopQuery }) {
  const t = useTranslations('shop');
  return (
    <div className="-my-2 flex flex-wrap items-center justify-between gap-x-4">
      <Link
        href={shopAddress(query, { card: !query.card })}
        prefetch={false}
        aria-current={query.card ? 'true' : undefined}
        className="group -ml-1 inline-flex min-h-target items-center gap-2 rounded-sm px-1 text-sm hover:text-cinnabar"
      >
        <span
          aria-hidden="true"
          className="grid size-5 place-items-center rounded-[5px] border-[1.5px] border-edge text-on-cinnabar group-aria-[current]:border-cinnabar group-aria-[current]:bg-cinnabar simple:size-7"
        >
          {query.card ? <Icon as={Check} size={14} /> : null}
        </span>
        {t('filter.card')}
      </Link>
      <nav aria-label={t('sort.label')} className="-mr-2 flex flex-wrap items-center">
        {SORTS.map((sort) => (
          <Link
            key={sort}
            href={shopAddress(query, { sort })}
            prefetch={false}
            aria-current={query.sort === sort ? 'true' : undefined}
            className="inline-flex min-h-target min-w-target items-center justify-center rounded-sm px-2 text-ink-2 text-sm hover:text-ink aria-[current]:font-bold aria-[current]:text-ink"
          >
            {t(`sort.${sort}`)}
          </Link>
        ))}
      </nav>
    </div>
  );
}

const CHIP =
  'inline-flex min-h-target min-w-target shrink-0 items-center justify-center rounded-full border-[1.5px] border-line bg-surface px-4 whitespace-nowrap lg:px-3.5 lg:text-sm ' +
  'hover:border-edge aria-[current]:border-ink aria-[current]:bg-ink aria-[current]:font-bold aria-[current]:text-paper';
