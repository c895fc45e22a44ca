import { type Database, type Tx, transaction } from '@/lib/database';
import { newId } from '@/lib/kernel';
import { CATALOGUE, type CatalogueMerchant, type CatalogueProduct, MERCHANTS, type Shelf } from './catalogue';

/**
 * Puts the demo shop's merchants and goods into the database, each merchant with a payable account of the ledger.
 * Run again it brings texts, prices and art up to date; baskets and orders are never touched.
 */
export async function seedShop(db: Database, now: Date): Promise<{ merchants: number; products: number }> {
  return transaction(db, async (tx) => {
    for (const merchant of MERCHANTS) await seedMerchant(tx, merchant, now);
    for (const [row, shelf] of CATALOGUE.entries()) {
      for (const [column, product] of shelf.products.entries()) {
        // The first of every shelf, then the second of every shelf: the whole shop shows its breadth first.
        await seedProduct(tx, { shelf, product, position: column * 100 + row });
      }
    }
    return {
      merchants: MERCHANTS.length,
      products: CATALOGUE.reduce((count, shelf) => count + shelf.products.length, 0),
    };
  });
}

const MERCHANT_PAYABLE = 2030;

async function seedMerchant(tx: Tx, { id, kind, name }: CatalogueMerchant, now: Date): Promise<void> {
  const texts = { kind, nameZh: name.zh, nameEn: name.en };
  const known = await tx.merchant.updateMany({ where: { id }, data: texts });
  if (known.count > 0) return;
  const accountId = newId('acc');
  await tx.account.create({
    data: { id: accountId, code: MERCHANT_PAYABLE, currency: 'CNY', limited: false, createdAt: now },
  });
  await tx.merchant.create({ data: { id, accountId, ...texts } });
}

async function seedProduct(
  tx: Tx,
  { shelf, product, position }: { shelf: Shelf; product: CatalogueProduct; position: number },
): Promise<void> {
  const data = {
    merchantId: product.merchant.id,
    category: shelf.category,
    kind: product.kind,
    titleZh: product.title.zh,
    titleEn: product.title.en,
    descriptionZh: product.description.zh,
    descriptionEn: product.description.en,
    priceMinor: product.priceMinor,
    currency: 'CNY',
    art: `${shelf.category}/${product.art}`,
    position,
  };
  await tx.product.upsert({
    where: { slug: product.slug },
    update: data,
    create: { id: newId('prd'), slug: product.slug, ...data },
  });
}
