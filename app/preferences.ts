import { cookies } from 'next/headers';

/** How a person wants pages to look; kept in cookies of this browser, not in the account. */
export interface Preferences {
  theme: Theme;
  mode: Mode;
}

export type Theme = (typeof THEMES)[number];
export type Mode = (typeof MODES)[number];

export const THEMES = ['auto', 'light', 'dark'] as const;
export const MODES = ['normal', 'simple'] as const;
export const THEME_COOKIE = 'kabao_theme';
export const MODE_COOKIE = 'kabao_mode';

export async function readPreferences(): Promise<Preferences> {
  const jar = await cookies();
  return {
    theme: THEMES.find((theme) => theme === jar.get(THEME_COOKIE)?.value) ?? 'auto',
    mode: MODES.find((mode) => mode === jar.get(MODE_COOKIE)?.value) ?? 'normal',
  };
}
