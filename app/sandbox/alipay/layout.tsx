import { FlaskConical } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Icon } from '@/components/ui/icon';
import './sandbox.css';
import { sandboxContext } from './sandbox-context';

export const metadata: Metadata = { robots: { index: false, follow: false } };

/** The frame of the sandbox gateway's pages: a band that names it and warns that nothing is real. None where it is off. */
export default async function SandboxLayout({ children }: { children: ReactNode }) {
  if (!sandboxContext()) return children;
  const t = await getTranslations('sandbox');
  return (
    <div className="sandbox-party flex flex-1 flex-col">
      <div className="bg-cinnabar text-on-cinnabar">
        <p className="mx-auto flex max-w-[560px] items-center gap-2 px-page py-3 font-bold text-lg">
          <Icon as={FlaskConical} />
          {t('name')}
        </p>
      </div>
      <p className="border-line border-b bg-cinnabar-wash text-ink text-sm">
        <span className="mx-auto block max-w-[560px] px-page py-2">{t('warning')}</span>
      </p>
      {children}
    </div>
  );
}
