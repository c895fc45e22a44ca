import type { ReactNode } from 'react';
import { SampleFan } from '@/components/card/card-fan';
import { Page } from './page';

/** The frame of signing in and up: the form, and from 960 px what it is for beside it. */
export function WayIn({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <div className="mx-auto grid w-full max-w-[560px] items-center lg:max-w-[1120px] lg:grid-cols-2 lg:gap-14">
      <Page title={title} lead={lead} width="narrow">
        {children}
      </Page>
      <div className="hidden px-page lg:block lg:simple:hidden">
        <SampleFan />
      </div>
    </div>
  );
}
