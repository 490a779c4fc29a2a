import type { Draw } from '../../adapters/web/present.ts';
import { chartSvg } from '../../pictures/svg.ts';

/** As wide as the server's pictures. */
const PIXELS = 1000;

/** Draws a chart as PNG by the browser, which takes the place of the server's renderer. */
export const draw: Draw = async (chart) => {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([chartSvg(chart, 'dark')], { type: 'image/svg+xml' }));
  await image.decode();
  URL.revokeObjectURL(image.src);
  const height = Math.round((PIXELS * image.height) / image.width);
  const canvas = Object.assign(document.createElement('canvas'), { width: PIXELS, height });
  canvas.getContext('2d')?.drawImage(image, 0, 0, PIXELS, height);
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  return png ? new Uint8Array(await png.arrayBuffer()) : undefined;
};
