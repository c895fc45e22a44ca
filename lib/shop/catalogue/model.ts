import type { Category, LocalText, MerchantKind, ProductKind } from '../model';

export interface CatalogueMerchant {
  /** Fixed, so that spending rules may name it and seeding again finds it. */
  readonly id: string;
  readonly kind: MerchantKind;
  readonly name: LocalText;
}

export interface CatalogueProduct {
  readonly slug: string;
  readonly merchant: CatalogueMerchant;
  readonly kind: ProductKind;
  readonly title: LocalText;
  readonly description: LocalText;
  readonly priceMinor: bigint;
  /** Name of a drawing of the category (components/shop/art). */
  readonly art: string;
}

/** A category's products in the order of the shelf. */
export interface Shelf {
  readonly category: Category;
  readonly products: readonly CatalogueProduct[];
}
