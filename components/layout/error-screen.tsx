'use client';

import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';

/**
 * What stands in place of a page that failed. It says nothing of the failure but its code (`digest`), under which the
 * log has the rest. An error boundary runs in the browser with no texts at hand, so both languages are in here.
 */
export function ErrorScreen({ digest, retry }: { digest: string | undefined; retry: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [language, setLanguage] = useState<keyof typeof TEXTS>('zh-CN');

  useEffect(() => {
    setLanguage(document.documentElement.lang === 'en' ? 'en' : 'zh-CN');
    heading.current?.focus();
  }, []);

  const texts = TEXTS[language];
  return (
    <div className="mx-auto flex w-full max-w-[560px] flex-col gap-4 px-page pt-8 pb-10 lg:pt-16">
      <title>{`${texts.title} · ${texts.brand}`}</title>
      <div className="flex flex-col items-center gap-2 text-center">
        <span
          aria-hidden="true"
          className="grid size-14 place-items-center rounded-full bg-amber-wash font-bold text-2xl text-amber"
        >
          !
        </span>
        <h1 ref={heading} tabIndex={-1} className="outline-none">
          {texts.title}
        </h1>
        <p className="text-balance text-ink-2">{texts.text}</p>
      </div>
      <Button look="primary" onClick={retry}>
        {texts.retry}
      </Button>
      <ButtonLink href="/orders">{texts.orders}</ButtonLink>
      <Link href="/help" className="link inline-flex min-h-target items-center self-center">
        {texts.help}
      </Link>
      {digest ? (
        <p className="text-center text-ink-2 text-xs">
          {texts.code} {digest}
        </p>
      ) : null}
    </div>
  );
}

const TEXTS = {
  'zh-CN': {
    brand: '卡包',
    title: '这一页没能打开',
    text: '问题出在我们这边。如果刚才正在付款或退款，请先到订单里看一眼，不要重复付款；已经提交的会照常处理。',
    retry: '再试一次',
    orders: '看我的订单',
    help: '找人帮忙',
    code: '编号',
  },
  en: {
    brand: 'Kabao',
    title: 'This page would not open',
    text: 'The fault is ours. If you were paying or asking for a refund, look at your orders before you try again: what was sent is being handled.',
    retry: 'Try again',
    orders: 'See my orders',
    help: 'Get help',
    code: 'Reference',
  },
} as const;
