'use client';

import { useState } from 'react';
import { framedMail } from './framed-mail';

/** A mail as a mail program draws it, once somebody wants to see it. No script runs in it; a link opens beside it. */
export function MailFrame({ html, label, title }: { html: string; label: string; title: string }) {
  const [nonce, setNonce] = useState<string | null>(null);
  return (
    <details
      className="noscript:hidden"
      onToggle={(event) => {
        if (event.currentTarget.open) setNonce(nonceOfPage());
      }}
    >
      <summary className="flex min-h-target cursor-pointer items-center">{label}</summary>
      {nonce === null ? null : (
        <iframe
          title={title}
          srcDoc={framedMail(html, nonce)}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          className="h-96 w-full rounded-md border border-line bg-white [color-scheme:light]"
        />
      )}
    </details>
  );
}

/** Of the page as it was loaded: what came later without loading it anew was sent under another. */
function nonceOfPage(): string {
  return document.querySelector<HTMLElement>('script[nonce]')?.nonce ?? '';
}
