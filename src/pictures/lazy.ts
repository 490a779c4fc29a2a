import type { Chart } from '../spine/reply.ts';
import type { Draw } from './png.ts';

/** Draws charts; the renderer is loaded with the first of them. */
export function lazyDraw(onFailure: (error: unknown) => void): (chart: Chart) => ReturnType<Draw> {
  let drawing: Promise<Draw> | undefined;
  return async (chart) => {
    drawing ??= import('./png.ts').then(({ createDraw }) => createDraw(onFailure));
    return (await drawing)(chart);
  };
}
