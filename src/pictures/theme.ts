/** Pictures are drawn for a light or a dark page. */
export type ThemeName = 'light' | 'dark';

/** The colors of everything in a picture but its segments and series. */
export type Theme = {
  background: string;
  text: string;
  faint: string;
  grid: string;
  limit: string;
};

/** Text and limits keep a contrast of 4.5 to 1 with their background. */
export const THEMES: Record<ThemeName, Theme> = {
  light: {
    background: '#ffffff',
    text: '#1a1c20',
    faint: '#5b616b',
    grid: '#dcdfe4',
    limit: '#1a1c20',
  },
  dark: {
    background: '#1e1f22',
    text: '#f2f3f5',
    faint: '#b0b5bd',
    grid: '#3f4249',
    limit: '#f2f3f5',
  },
};

/**
 * Colors that remain apart under every common kind of color blindness.
 *
 * @see Okabe and Ito, "Color Universal Design" (2008), https://jfly.uni-koeln.de/color/
 */
export const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00'];

/** Shapes beside the colors, so that no meaning hangs on color alone. */
export const MARKERS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'ring'] as const;
