import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DeadLink } from '../../dead-link';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('gifts.open');
  return { title: t('dead'), referrer: 'no-referrer', robots: { index: false } };
}

export default DeadLink;
