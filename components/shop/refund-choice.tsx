import { useLocale, useTranslations } from 'next-intl';
import { ProductArt } from '@/components/shop/product-art';
import { buttonClasses } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Panel } from '@/components/ui/panel';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { formatMoney } from '@/lib/kernel';
import { type Order, piecesMinor, piecesOf, type ReturnableLine, textIn } from '@/lib/shop/model';
import { RETURN_REASONS } from '@/lib/shop/schemas';

/** What goes back: everything at a press, or pieces and amounts by line. Both forms lead to the review. */
export function RefundChoice({
  order,
  lines,
  fields,
  problem,
}: {
  order: Order;
  lines: readonly ReturnableLine[];
  /** What was chosen before, by field. */
  fields: ReadonlyMap<string, string>;
  problem: { readonly fieldId?: string; readonly message: string } | null;
}) {
  const t = useTranslations('shop.refund');
  const whole = lines.reduce((sum, each) => (each.open ? sum + each.leftMinor : sum), 0n);
  return (
    <>
      <form action={`/orders/${order.id}/refund`} className="flex flex-col gap-4">
        <input type="hidden" name="from" value="whole" />
        <button type="submit" className={classNames(buttonClasses({ block: true }), 'flex-wrap')}>
          {t('whole')}
          <span className="figures">{formatMoney(whole, order.currency)}</span>
        </button>
      </form>
      <form action={`/orders/${order.id}/refund`} className="flex flex-col gap-4">
        <input type="hidden" name="from" value="some" />
        <Panel title={t('some')}>
          <p className="text-ink-2 text-sm">{t('someHint')}</p>
          <div className="divide-y divide-line">
            {lines.map((each) => (
              <LineChoice
                key={each.line.id}
                order={order}
                each={each}
                fields={fields}
                error={problem?.fieldId === `amount.${each.line.id}` ? problem.message : undefined}
              />
            ))}
          </div>
        </Panel>
        <SelectField
          name="reason"
          label={t('reason')}
          defaultValue={fields.get('reason')}
          options={RETURN_REASONS.map((reason) => ({ value: reason, label: t(`reasons.${reason}`) }))}
        />
        <button type="submit" className={buttonClasses({ look: 'primary', block: true })}>
          {t('toReview')}
        </button>
      </form>
    </>
  );
}

function LineChoice({
  order,
  each,
  fields,
  error,
}: {
  order: Order;
  each: ReturnableLine;
  fields: ReadonlyMap<string, string>;
  error: string | undefined;
}) {
  const t = useTranslations('shop.refund');
  const locale = useLocale();
  const { line, leftMinor, open } = each;
  const money = (minor: bigint) => formatMoney(minor, order.currency);
  const pieces = Array.from({ length: piecesOf(each) }, (_, index) => index + 1);
  return (
    <fieldset className="flex flex-col gap-3 py-4">
      <legend className="sr-only">{textIn(locale, line.title)}</legend>
      <span className="flex items-center gap-3" aria-hidden="true">
        <ProductArt art={line.art} size="thumb" className="max-w-14 shrink-0 rounded-sm" />
        <span className="min-w-0">
          <span className="block font-bold leading-snug">{textIn(locale, line.title)}</span>
          <span className="block text-ink-2 text-sm">
            {open ? t('left', { amount: money(leftMinor) }) : t('notReturnable')}
          </span>
        </span>
      </span>
      {open ? (
        <div className="grid gap-3 min-[360px]:grid-cols-2 simple:grid-cols-1">
          <SelectField
            name={`pieces.${line.id}`}
            label={t('quantity')}
            defaultValue={fields.get(`pieces.${line.id}`) ?? '0'}
            options={[
              { value: '0', label: t('none') },
              ...pieces.map((count) => ({
                value: String(count),
                label: t('pieces', { count, amount: money(piecesMinor(each, count)) }),
              })),
            ]}
          />
          <TextField
            name={`amount.${line.id}`}
            label={t('amount')}
            error={error}
            defaultValue={fields.get(`amount.${line.id}`) ?? ''}
            inputMode="decimal"
            prefix={order.currency === 'CNY' ? '¥' : '$'}
            autoComplete="off"
          />
        </div>
      ) : null}
    </fieldset>
  );
}
