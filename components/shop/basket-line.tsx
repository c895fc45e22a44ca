import { Minus, Plus } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Amount } from '@/components/money/amount';
import { Icon } from '@/components/ui/icon';
import { type BasketLine, isPayableByCard, MAX_QUANTITY, textIn } from '@/lib/shop/model';
import { MerchantBadge } from './merchant-badge';
import { ProductArt } from './product-art';
import { NUMBER, STEP } from './quantity-look';

/** A line of the basket. Every change is a small form of its own, so it works without JavaScript. */
export function BasketLineRow({
  line,
  change,
}: {
  line: BasketLine;
  /** Server action; reads `productId`, `quantity` and `before`. */
  change: (form: FormData) => Promise<void>;
}) {
  const t = useTranslations('shop');
  const { product } = line;
  const title = textIn(useLocale(), product.title);
  return (
    <li className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 gap-y-2 py-4 sm:grid-cols-[88px_minmax(0,1fr)] sm:gap-x-4">
      <ProductArt art={product.art} size="thumb" className="rounded-sm sm:row-span-2" />
      <div className="flex min-w-0 flex-col gap-1">
        <Link
          href={`/shop/${product.slug}`}
          className="-my-3 py-3 font-bold leading-snug hover:underline simple:-my-4.5 simple:py-4.5"
        >
          {title}
        </Link>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-2 text-sm">
          <MerchantBadge kind={product.merchant.kind} />
          <span className="figures">
            {t('basket.unit')} <Amount minor={product.priceMinor} currency={product.currency} quiet />
          </span>
          {isPayableByCard(product.kind) ? null : <span className="text-amber">{t('card.never')}</span>}
        </p>
      </div>
      <div className="col-span-2 flex flex-wrap items-center justify-between gap-x-2 gap-y-2 sm:col-span-1 sm:col-start-2">
        <div className="flex flex-wrap items-center gap-1">
          <Stepper line={line} title={title} change={change} />
          <form action={change}>
            <Which line={line} />
            <button
              type="submit"
              name="quantity"
              value={0}
              aria-label={t('basket.removeOf', { title })}
              className="min-h-target min-w-target whitespace-nowrap rounded-sm px-2.5 text-ink-2 text-sm underline underline-offset-4 hover:text-ink"
            >
              {t('basket.remove')}
            </button>
          </form>
        </div>
        <Amount minor={line.amountMinor} currency={product.currency} size="lg" className="ml-auto" />
      </div>
    </li>
  );
}

function Stepper({
  line,
  title,
  change,
}: {
  line: BasketLine;
  title: string;
  change: (form: FormData) => Promise<void>;
}) {
  const t = useTranslations('shop.basket');
  const { quantity } = line;
  return (
    <div className="flex items-center gap-1">
      <form action={change}>
        <Which line={line} />
        <button
          type="submit"
          name="quantity"
          value={quantity - 1}
          disabled={quantity <= 1}
          aria-label={t('lessOf', { title })}
          className={STEP}
        >
          <Icon as={Minus} size={18} />
        </button>
      </form>
      <form action={change} key={quantity}>
        <Which line={line} />
        <input
          name="quantity"
          type="number"
          inputMode="numeric"
          min={1}
          max={MAX_QUANTITY}
          required
          defaultValue={quantity}
          aria-label={t('quantityOf', { title })}
          className={NUMBER}
        />
        <button
          type="submit"
          className="sr-only focus:not-sr-only focus:min-h-target focus:px-2"
          aria-label={t('updateOf', { title })}
        >
          {t('update')}
        </button>
      </form>
      <form action={change}>
        <Which line={line} />
        <button
          type="submit"
          name="quantity"
          value={quantity + 1}
          disabled={quantity >= MAX_QUANTITY}
          aria-label={t('moreOf', { title })}
          className={STEP}
        >
          <Icon as={Plus} size={18} />
        </button>
      </form>
    </div>
  );
}

function Which({ line }: { line: BasketLine }) {
  return (
    <>
      <input type="hidden" name="productId" value={line.product.id} />
      <input type="hidden" name="before" value={line.quantity} />
    </>
  );
}
