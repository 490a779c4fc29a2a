import { DATA } from '../paths.ts';
import type { Chart } from '../spine/reply.ts';
import { chartSvg } from './svg.ts';
import type { ThemeName } from './theme.ts';

/** Fonts come with the product: without a usable font the renderer silently draws no text. */
const FONTS = ['Inter-Regular.ttf', 'Inter-SemiBold.ttf'].map((name) => `${DATA}fonts/${name}`);

/** Twice the pixels of a card on a large screen, and nearly four times those on a phone. */
const PIXELS = 1000;

/** Draws a chart as PNG; undefined when it cannot. Dark when no theme is named. */
export type Draw = (chart: Chart, theme?: ThemeName) => Promise<Uint8Array | undefined>;

/**
 * Draws charts as PNG off the main thread, one at a time; undefined when the renderer is not
 * installed or fails, since the text says everything that the picture says.
 */
export async function createDraw(onFailure: (error: unknown) => void): Promise<Draw> {
  let last: Promise<unknown> = Promise.resolve();
  let renderer: typeof import('@resvg/resvg-js');
  try {
    renderer = await import('@resvg/resvg-js');
  } catch (error) {
    onFailure(error);
    return async () => undefined;
  }
  return (chart, theme = 'dark') => {
    const drawn = last.then(async () => {
      try {
        const image = await renderer.renderAsync(chartSvg(chart, theme), {
          fitTo: { mode: 'width', value: PIXELS },
          font: { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: 'Inter' },
        });
        return new Uint8Array(image.asPng());
      } catch (error) {
        onFailure(error);
        return undefined;
      }
    });
    last = drawn;
    return drawn;
  };
}
