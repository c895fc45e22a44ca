import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Tone } from '@/components/ui/notice';
import { Seal } from '@/components/ui/seal';
import { Page } from './page';

/**
 * A page that says one thing below its seal: how something ended, or that nothing is here. `children`: the ways on.
 * - `seal`: see `Seal`.
 */
export function SealPage({
  seal,
  title,
  text,
  children,
}: {
  seal: { readonly icon: LucideIcon; readonly seed: string; readonly id?: string; readonly tone?: Tone };
  title: string;
  text: ReactNode;
  children: ReactNode;
}) {
  return (
    <Page width="narrow" title={title} titleHidden>
      <div className="flex flex-col items-center gap-2 pt-4 text-center lg:pt-10">
        <Seal {...seal} />
        <p aria-hidden="true" className="mt-2 text-balance font-bold text-xl">
          {title}
        </p>
        <p className="text-balance text-ink-2">{text}</p>
      </div>
      <div className="flex flex-col gap-3 pt-2">{children}</div>
    </Page>
  );
}
