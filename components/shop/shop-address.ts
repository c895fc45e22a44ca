import type { ShopQuery } from '@/lib/shop';

/** The shop's address for a choice, without what is the default; a change of filter starts on page 1 again. */
export function shopAddress(query: ShopQuery, change: Partial<ShopQuery> = {}): '/shop' | `/shop?${string}` {
  const { category, q, card, sort, page } = { ...query, page: 1, ...change };
  const search = new URLSearchParams();
  if (category) search.set('category', category);
  if (q) search.set('q', q);
  if (card) search.set('card', '1');
  if (sort !== 'shelf') search.set('sort', sort);
  if (page > 1) search.set('page', String(page));
  return search.size === 0 ? '/shop' : `/shop?${search}`;
}
