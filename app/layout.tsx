import type { Metadata, Viewport } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { SiteFooter } from '@/components/layout/site-footer';
import { SiteHeader } from '@/components/layout/site-header';
import { TabBar } from '@/components/layout/tab-bar';
import { readChrome } from './chrome';
import './globals.css';
import { readPreferences } from './preferences';
import { changePreference } from './preferences-actions';
import { answersRefusedForm } from './refused-forms';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common');
  // Without scripts the title is all that says at once that a form came back.
  const prefix = (await answersRefusedForm()) ? t('errors.titlePrefix') : '';
  return {
    title: { default: `${prefix}${t('brand')}`, template: `${prefix}%s · ${t('brand')}` },
    description: t('tagline'),
    applicationName: t('brand'),
    formatDetection: { telephone: false, email: false, address: false, date: false },
    referrer: 'same-origin',
  };
}

export async function generateViewport(): Promise<Viewport> {
  const { theme } = await readPreferences();
  const media = (scheme: 'light' | 'dark') => ({
    media: `(prefers-color-scheme: ${scheme})`,
    color: PAPER[scheme],
  });
  return {
    width: 'device-width',
    initialScale: 1,
    viewportFit: 'cover',
    themeColor: theme === 'auto' ? [media('light'), media('dark')] : PAPER[theme],
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, preferences, chrome] = await Promise.all([getLocale(), readPreferences(), readChrome()]);
  return (
    <html
      lang={locale}
      {...(preferences.theme === 'auto' ? {} : { 'data-theme': preferences.theme })}
      {...(preferences.mode === 'simple' ? { 'data-mode': 'simple' } : {})}
    >
      <body className="flex flex-col">
        <SiteHeader chrome={chrome} preferences={preferences} changePreference={changePreference} />
        <main id="main" tabIndex={-1} className="flex w-full flex-1 flex-col outline-none">
          {children}
        </main>
        <SiteFooter changePreference={changePreference} />
        <TabBar signedIn={chrome.viewer !== null} unread={chrome.unread} />
      </body>
    </html>
  );
}

/** The colour of the browser's own bars: `--paper` of each scheme. */
const PAPER = { light: '#faf7f2', dark: '#16130f' } as const;
