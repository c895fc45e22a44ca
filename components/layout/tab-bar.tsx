import { ReceiptText, Store, UserRound, WalletCards } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icon';
import { NavLink } from './nav-link';

/** The phone's navigation at the thumb; gives way to a page's own `ActionBar`. From 960 px the header has it. */
export function TabBar({ signedIn, unread }: { signedIn: boolean; unread: number }) {
  const t = useTranslations('common');
  return (
    <nav
      aria-label={t('nav.tabs')}
      className="tab-bar fixed inset-x-0 bottom-0 z-30 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <div className="mx-auto grid max-w-[560px] grid-cols-4">
        <NavLink href="/shop" className={TAB}>
          <Icon as={Store} size={24} />
          {t('nav.shop')}
        </NavLink>
        <NavLink href="/cards" className={TAB}>
          <Icon as={WalletCards} size={24} />
          {t('nav.cardsShort')}
        </NavLink>
        <NavLink href="/orders" className={TAB}>
          <Icon as={ReceiptText} size={24} />
          {t('nav.orders')}
        </NavLink>
        {signedIn ? (
          <NavLink
            href="/account"
            className={TAB}
            {...(unread > 0 ? { label: t('nav.accountUnread', { count: unread }) } : {})}
          >
            <Icon as={UserRound} size={24} />
            {unread > 0 ? <span aria-hidden="true" className={DOT} /> : null}
            {t('nav.account')}
          </NavLink>
        ) : (
          <NavLink href="/sign-in" className={TAB}>
            <Icon as={UserRound} size={24} />
            {t('nav.signIn')}
          </NavLink>
        )}
      </div>
    </nav>
  );
}

const DOT = 'absolute top-2 left-[calc(50%+10px)] size-2.5 rounded-full bg-cinnabar ring-2 ring-surface';

const TAB =
  'relative flex min-h-bar flex-col items-center justify-center gap-0.5 px-1 text-ink-2 text-xs whitespace-nowrap ' +
  'aria-[current]:font-bold aria-[current]:text-cinnabar';
