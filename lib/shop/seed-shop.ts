import { type Database, type Tx, transaction } from '@/lib/database';
import { newId } from '@/lib/kernel';
import { openAccounts } from '@/lib/ledger';
import { CATALOGUE, MERCHANTS } from './catalogue';
import type { CatalogueProduct } from './catalogue/model';
import type { Category } from './model';

/**
 * Puts the demo shop's merchants and goods into the database, each merchant with a payable account of the ledger.
 * Run again it brings texts, prices and art up to date; baskets and orders are never touched.
 */
export async function seedShop(db: Database, now: Date): Promise<{ merchants: number; products: number }> {
  return transaction(db, async (tx) => {
    await seedMerchants(tx, now);
    return { merchants: MERCHANTS.length, products: await seedProducts(tx) };
  });
}

async function seedMerchants(tx: Tx, now: Date): Promise<void> {
  const known = new Set((await tx.merchant.findMany({ select: { id: true } })).map(({ id }) => id));
  const added = MERCHANTS.filter(({ id }) => !known.has(id)).map((merchant) => ({
    merchant,
    accountId: newId('acc'),
  }));
  await openAccounts(
    tx,
    added.map(({ accountId }) => ({ id: accountId, kind: 'merchantPayable', currency: 'CNY', now })),
  );
  await tx.merchant.createMany({
    data: added.map(({ merchant: { id, kind, name }, accountId }) => ({
      id,
      accountId,
      kind,
      nameZh: name.zh,
      nameEn: name.en,
    })),
  });
  for (const { id, kind, name } of MERCHANTS.filter((merchant) => known.has(merchant.id))) {
    await tx.merchant.update({ where: { id }, data: { kind, nameZh: name.zh, nameEn: name.en } });
  }
}

async function seedProducts(tx: Tx): Promise<number> {
  const rows = CATALOGUE.flatMap(({ category, products }, shelf) =>
    // The first of every shelf, then the second of every shelf: the whole shop shows its breadth first.
    products.map((product, place) => rowOf(category, product, place * 100 + shelf)),
  );
  const known = new Map((await tx.product.findMany()).map((product) => [product.slug, product]));
  await tx.product.createMany({
    data: rows.filter(({ slug }) => !known.has(slug)).map((row) => ({ id: newId('prd'), ...row })),
  });
  for (const row of rows) {
    const stored = known.get(row.slug);
    if (!stored) continue;
    const { id, ...before } = stored;
    if (!isSame(before, row)) await tx.product.update({ where: { id }, data: row });
  }
  return rows.length;
}

function rowOf(category: Category, product: CatalogueProduct, position: number) {
  return {
    slug: product.slug,
    merchantId: product.merchant.id,
    category,
    kind: product.kind,
    titleZh: product.title.zh,
    titleEn: product.title.en,
    descriptionZh: product.description.zh,
    descriptionEn: product.description.en,
    priceMinor: product.priceMinor,
    currency: 'CNY',
    art: `${category}/${product.art}`,
    position,
  };
}

function isSame(stored: object, row: ReturnType<typeof rowOf>): boolean {
  const columns = new Map<string, unknown>(Object.entries(stored));
  return Object.entries(row).every(([column, value]) => columns.get(column) === value);
}
