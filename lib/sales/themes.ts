import type { CardColours } from '@/lib/cards';

/** An art theme (卡面主题): the two stops of the ground; the engraving still follows from each card's own id. */
export interface Theme {
  readonly id: ThemeId;
  /** null: the programme's own colours. */
  readonly colours: CardColours | null;
}

export const THEME_IDS = ['plain', 'spring', 'birthday', 'thanks', 'wedding', 'autumn'] as const;
export type ThemeId = (typeof THEME_IDS)[number];

export const THEMES: readonly Theme[] = [
  { id: 'plain', colours: null },
  { id: 'spring', colours: { from: '#9c1c1c', to: '#d0522f' } },
  { id: 'birthday', colours: { from: '#5a2a5e', to: '#a3527d' } },
  { id: 'thanks', colours: { from: '#1c4a3c', to: '#3f8563' } },
  { id: 'wedding', colours: { from: '#7d1633', to: '#b8475a' } },
  { id: 'autumn', colours: { from: '#5d3a10', to: '#a9712a' } },
];

/** The ground of a programme's card in a theme. */
export function coloursOf(theme: ThemeId, programme: CardColours): CardColours {
  return THEMES.find(({ id }) => id === theme)?.colours ?? programme;
}
