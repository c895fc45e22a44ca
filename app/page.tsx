import { useTranslations } from 'next-intl';
import { Page } from '@/components/layout/page';

export default function HomePage() {
  const t = useTranslations('common');
  return <Page title={t('tagline')}>{null}</Page>;
}
