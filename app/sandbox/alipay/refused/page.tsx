import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { metadataOrNotFound, pageOrNotFound } from '@/app/page-or-not-found';
import { Page } from '@/components/layout/page';
import { Notice } from '@/components/ui/notice';
import { sandboxContext } from '../sandbox-context';

export const generateMetadata = metadataOrNotFound(readMetadata);

async function readMetadata(): Promise<Metadata> {
  if (!sandboxContext()) notFound();
  const t = await getTranslations('sandbox');
  return { title: { absolute: `${t('refused.title')} · ${t('name')}` } };
}

export default pageOrNotFound(RefusedPage);

/** Where a shopper lands whose cashier could not be opened. */
async function RefusedPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  if (!sandboxContext()) notFound();
  const t = await getTranslations('sandbox.refused');
  const { code } = await searchParams;
  const known = typeof code === 'string' && /^[\w.-]{1,64}$/.test(code) ? code : '';
  return (
    <Page title={t('title')} width="narrow">
      <Notice tone="amber">{t(TEXTS[known] ?? 'text')}</Notice>
      {known ? <p className="text-ink-2 text-xs">{t('code', { code: known })}</p> : null}
    </Page>
  );
}

const TEXTS: Readonly<Record<string, 'changed' | 'paid' | 'closed'>> = {
  'ACQ.CONTEXT_INCONSISTENT': 'changed',
  'ACQ.TRADE_HAS_SUCCESS': 'paid',
  'ACQ.TRADE_HAS_CLOSE': 'closed',
};
