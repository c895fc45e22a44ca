import Link from 'next/link';
import { getFormatter, getLocale, getTranslations } from 'next-intl/server';
import { Expiry } from '@/components/admin/case-tables';
import { TIME } from '@/components/admin/formats';
import { Amount } from '@/components/money/amount';
import { AsWritten } from '@/components/ui/as-written';
import { Facts, Panel } from '@/components/ui/panel';
import type { CardCase } from '@/lib/support';

/** What a card is, what is on it and whose it is. */
export async function CaseFacts({ found: { card, holder } }: { found: CardCase }) {
  const [t, format, locale] = await Promise.all([getTranslations('admin'), getFormatter(), getLocale()]);
  const kinds = await getTranslations('cards.kind');
  const media = await getTranslations('cards.medium');
  const { programme, currency } = card;
  const name = locale === 'en' ? programme.nameEn : programme.nameZh;
  const money = (minor: bigint, quiet = false) => <Amount minor={minor} currency={currency} quiet={quiet} />;
  return (
    <Panel title={t('card.facts')}>
      <Facts
        facts={[
          {
            term: t('card.holder'),
            value: holder ? (
              <Link
                href={`/admin/holders/${holder.id}`}
                prefetch={false}
                className="link inline-flex min-h-6 items-center"
              >
                <AsWritten>{holder.maskedName}</AsWritten> {holder.maskedPhone ?? holder.maskedEmail}
              </Link>
            ) : (
              t('unbound')
            ),
          },
          {
            term: t('card.programme'),
            value: [name, kinds(programme.kind), media(programme.medium)].join(' · '),
          },
          { term: t('card.number'), value: `•••• ${card.lastFour}` },
          { term: t('card.usable'), value: money(card.usableMinor) },
          { term: t('card.held'), value: money(card.heldMinor, true) },
          { term: t('card.balance'), value: money(card.balanceMinor, true) },
          ...(card.dormantMinor > 0n ? [{ term: t('card.dormant'), value: money(card.dormantMinor) }] : []),
          { term: t('card.face'), value: money(card.faceMinor, true) },
          ...(card.dayLimitMinor === null
            ? []
            : [{ term: t('card.limit'), value: money(card.dayLimitMinor, true) }]),
          ...(card.freezes.length > 0
            ? [
                {
                  term: t('card.freezes'),
                  value: card.freezes.map((by) => t(`card.frozenBy.${by}`)).join(' · '),
                },
              ]
            : []),
          { term: t('card.expiry'), value: <Expiry card={card} /> },
          { term: t('card.issued'), value: format.dateTime(card.createdAt, TIME) },
          ...(card.boundAt ? [{ term: t('card.bound'), value: format.dateTime(card.boundAt, TIME) }] : []),
        ]}
      />
      <p className="border-line border-t pt-2.5 text-ink-2 text-sm">{t('card.neverPassword')}</p>
    </Panel>
  );
}
