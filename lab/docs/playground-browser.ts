import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { startWeb } from '../../src/adapters/web/index.ts';
import { readCatalog } from '../../src/catalog.ts';
import { demoStart } from '../../src/demo/days.ts';
import { createPlayground } from '../../src/demo/playground.ts';
import { DATA } from '../../src/paths.ts';
import { createDraw } from '../../src/pictures/png.ts';
import { buildPage } from '../../src/tools/build-page.ts';
import { createGallery } from '../gallery/player.ts';
import { CHROMIUM, FLAGS } from './chromium.ts';

const face = (file: string, weights: string) => {
  const base64 = readFileSync(`${DATA}fonts/${file}`).toString('base64');
  return `@font-face { font-family: Inter; font-weight: ${weights}; src: url(data:font/ttf;base64,${base64}); }`;
};

/** The product's own font, so that the pictures are the same on every machine. */
const FONT = `${face('Inter-Regular.ttf', '1 500')}
${face('Inter-SemiBold.ttf', '501 1000')}
body { font-family: Inter; }`;

/** The playground with the gallery, on any free port or on the usual one. */
export async function servePlayground(port?: number) {
  const folder = mkdtempSync(join(tmpdir(), 'warmup-page-'));
  await buildPage(folder);
  const open = createPlayground({
    catalog: readCatalog().catalog,
    start: demoStart('UTC'),
    zone: 'UTC',
    locale: 'en-GB',
  });
  const draw = await createDraw((error) => process.stderr.write(`${String(error)}\n`));
  const gallery = createGallery({ open, draw });
  const web = await startWeb({
    open,
    draw,
    gallery,
    page: folder,
    ...(port === undefined ? {} : { port }),
  });
  return {
    url: web.url,
    async stop(): Promise<void> {
      await web.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The playground and a browser that looks at it, for the pictures of the docs. */
export async function openPlaygroundBrowser() {
  const web = await servePlayground(0);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  return {
    /** Opens a path of the playground in a context of its own. */
    async page(path: string, options: BrowserContextOptions): Promise<Page> {
      const context = await browser.newContext({ bypassCSP: true, ...options });
      const page = await context.newPage();
      await page.goto(web.url + path);
      return page;
    },
    async close(): Promise<void> {
      await browser.close();
      await web.stop();
    },
  };
}

/** Draws a page in the product's font, with styles beside it. */
export async function dress(page: Page, styles = ''): Promise<void> {
  await page.addStyleTag({ content: `${FONT}\n${styles}` });
  await page.evaluate('document.fonts.ready');
}
