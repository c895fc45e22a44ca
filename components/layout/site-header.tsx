import { ShoppingBag } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icon';
import { DisplaySettings, type DisplaySettingsProps, ModeSwitch } from './display-settings';
import { Mark } from './mark';
import { NavLink } from './nav-link';

/** The header of every page: mark, main navigation (from 960 px), display settings, basket. */
export function SiteHeader({
  chrome,
  ...settings
}: {
  chrome: { viewer: { name: string } | null; basketCount: number; unread: number };
} & DisplaySettingsProps) {
  const t = useTranslations('common');
  return (
    <header className="site-header sticky top-0 z-30 max-lg:simple:static border-line border-b bg-paper/95 backdrop-blur-sm">
      <a
        href="#main"
        className="skip-link sr-only z-50 rounded-md bg-ink px-4 py-3 text-paper focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:flex focus:min-h-target focus:items-center"
      >
        {t('skip')}
      </a>
      <div className="mx-auto flex min-h-bar max-w-(--page-max) flex-wrap items-center gap-x-2 px-page py-1">
        <Link
          href="/"
          className="flex min-h-target items-center gap-2.5 whitespace-nowrap rounded-sm font-bold text-lg"
        >
          <Mark />
          <span className="max-[359px]:simple:sr-only">{t('brand')}</span>
        </Link>
        <nav aria-label={t('nav.label')} className="ml-6 hidden flex-wrap items-center gap-1 lg:flex">
          <NavLink href="/shop" className={NAV}>
            {t('nav.shop')}
          </NavLink>
          <NavLink href="/cards" className={NAV}>
            {t('nav.cards')}
          </NavLink>
          <NavLink href="/orders" className={NAV}>
            {t('nav.orders')}
          </NavLink>
        </nav>
        <div className="-mr-3 ml-auto flex items-center gap-1 simple:gap-0">
          <ModeSwitch {...settings} />
          <DisplaySettings {...settings} />
          <NavLink
            href="/basket"
            label={
              chrome.basketCount > 0 ? t('nav.basketCount', { count: chrome.basketCount }) : t('nav.basket')
            }
            className={`${NAV} ${TOOL}`}
          >
            <Icon as={ShoppingBag} />
            <span className="icon-word">{t('nav.basket')}</span>
            {chrome.basketCount > 0 ? (
              <span aria-hidden="true" className={COUNT}>
                {chrome.basketCount > 99 ? '99+' : chrome.basketCount}
              </span>
            ) : null}
          </NavLink>
          <span className="hidden lg:contents">
            {chrome.viewer ? (
              <NavLink
                href="/account"
                className={NAV}
                {...(chrome.unread > 0 ? { label: t('nav.accountUnread', { count: chrome.unread }) } : {})}
              >
                {t('nav.account')}
                {chrome.unread > 0 ? <span aria-hidden="true" className={DOT} /> : null}
              </NavLink>
            ) : (
              <NavLink href="/sign-in" className={NAV}>
                {t('nav.signIn')}
              </NavLink>
            )}
          </span>
        </div>
      </div>
    </header>
  );
}

/** An icon; in simple mode its word stands below it. */
const TOOL = 'justify-center simple:flex-col simple:gap-0 simple:px-2 simple:text-xs';

const COUNT =
  'absolute top-1 left-[calc(50%+4px)] min-w-4.5 rounded-full bg-cinnabar px-1 text-center font-bold text-[11px] ' +
  'text-on-cinnabar leading-[18px] ring-2 ring-paper simple:top-0 simple:left-[calc(50%+8px)] simple:min-w-5.5 simple:text-sm simple:leading-6';

const DOT = 'absolute top-2.5 right-1 size-2 rounded-full bg-cinnabar';

const NAV =
  'relative inline-flex min-h-target min-w-target items-center gap-2 whitespace-nowrap rounded-sm px-3 text-ink-2 hover:bg-sunken hover:text-ink ' +
  'aria-[current]:font-bold aria-[current]:text-cinnabar';
