/** Pictures are drawn for a light or a dark page. */
export type ThemeName = 'light' | 'dark';

/** The colors of everything in a picture but its segments and series. */
export type Theme = {
  background: string;
  text: string;
  faint: string;
  grid: string;
  limit: string;
  short: string;
};

/** Text and limits keep a contrast of 4.5 to 1 with their background, which is that of a card on Discord. */
export const THEMES: Record<ThemeName, Theme> = {
  light: {
    background: '#ffffff',
    text: '#1a1c20',
    faint: '#5b616b',
    grid: '#dcdfe4',
    limit: '#1a1c20',
    short: '#b3261e',
  },
  dark: {
    background: '#2b2d31',
    text: '#f2f3f5',
    faint: '#b0b5bd',
    grid: '#4e5058',
    limit: '#f2f3f5',
    short: '#ff8a80',
  },
};

/**
 * Colors that remain apart under every common kind of color blindness; the blue is lighter, to stand out on both themes.
 *
 * @see Okabe and Ito, "Color Universal Design" (2008), https://jfly.uni-koeln.de/color/
 */
export const COLOURS = ['#1a85c8', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00'];

/** Shapes beside the colors, so that no meaning hangs on color alone. */
export const MARKERS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'ring'] as const;
