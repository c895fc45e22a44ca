'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** A form that a gateway wants posted: sends itself, and has its button where scripts do not run. */
export function HandOver({ action, children }: { action: string; children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.submit(), []);
  return (
    <form ref={form} method="post" action={action}>
      {children}
    </form>
  );
}
