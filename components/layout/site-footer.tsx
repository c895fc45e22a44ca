import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';

/** The footer of every page: the two promises, help, and the other language. */
export function SiteFooter({ changePreference }: { changePreference: (form: FormData) => Promise<void> }) {
  const t = useTranslations('common');
  const other = useLocale() === 'en' ? OTHER.chinese : OTHER.english;
  return (
    <footer className="site-footer mt-8 border-line border-t">
      <div className="mx-auto flex max-w-(--page-max) flex-wrap items-center gap-x-6 gap-y-1 px-page py-5 text-ink-2 text-sm">
        <p className="min-w-0 basis-full lg:flex-1 lg:basis-auto">
          <span className="mr-2">{t('footer.promise')}</span>
          <span>{t('footer.rules')}</span>
        </p>
        <Link
          href="/help"
          className="inline-flex min-h-target min-w-target items-center underline underline-offset-4"
        >
          {t('nav.help')}
        </Link>
        <form action={changePreference}>
          <button
            type="submit"
            name="locale"
            value={other.locale}
            lang={other.locale}
            className="inline-flex min-h-target min-w-target items-center underline underline-offset-4"
          >
            {other.name}
          </button>
        </form>
      </div>
    </footer>
  );
}

const OTHER = {
  chinese: { locale: 'zh-CN', name: '中文' },
  english: { locale: 'en', name: 'English' },
} as const;
