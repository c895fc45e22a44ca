'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { LOCALE_COOKIE, LOCALES } from '@/lib/i18n';
import { MODE_COOKIE, MODES, THEME_COOKIE, THEMES } from './preferences';
import { isSecureOrigin } from './session-cookie';

const YEAR_S = 365 * 24 * 60 * 60;

/**
 * Remembers what one pressed button says: `locale`, `theme` or `mode`. Unknown values change nothing. Open to
 * everyone: it touches this browser's display alone.
 */
export async function changePreference(form: FormData): Promise<void> {
  await remember(LOCALE_COOKIE, LOCALES, form.get('locale'));
  await remember(THEME_COOKIE, THEMES, form.get('theme'));
  await remember(MODE_COOKIE, MODES, form.get('mode'));
  const request = await headers();
  // Without JavaScript the browser posted a page of ours: send it back there, so that a reload posts nothing again.
  if (!request.has('next-action')) redirect(pageBefore(request));
}

async function remember(cookie: string, allowed: readonly string[], value: FormDataEntryValue | null) {
  const known = allowed.find((candidate) => candidate === value);
  if (known === undefined) return;
  const secure = isSecureOrigin();
  (await cookies()).set(cookie, known, {
    path: '/',
    maxAge: YEAR_S,
    sameSite: 'lax',
    httpOnly: true,
    secure,
  });
}

/** The page that was posted from. The proxy has let only our own origin through, so that is all that is believed. */
function pageBefore(request: Headers) {
  const [referer, origin] = [request.get('referer'), request.get('origin')];
  if (!referer || !URL.canParse(referer)) return '/' as const;
  const page = new URL(referer);
  if (page.origin !== origin) return '/' as const;
  return `${page.protocol === 'https:' ? 'https' : 'http'}://${page.host}${page.pathname}${page.search}` as const;
}
