import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { startWeb } from '../adapters/web/index.ts';
import { readCatalog } from '../catalog.ts';
import { createPlayground } from '../demo/playground.ts';
import { createDraw } from '../pictures/png.ts';
import { buildPage } from './build-page.ts';
import { CHROMIUM, FLAGS } from './docs/chromium.ts';

/** A picture of the docs: a view of the gallery in one theme, and how wide it is drawn. */
type Picture = { name: string; view: string; theme: 'light' | 'dark'; width?: number };

const PICTURES: Picture[] = [
  { name: 'daily', view: 'daily-card', theme: 'light' },
  { name: 'daily-dark', view: 'daily-card', theme: 'dark' },
  { name: 'answer', view: 'answer-wrong', theme: 'light' },
  { name: 'vram', view: 'vram-estimate', theme: 'light' },
  { name: 'vram-dark', view: 'vram-estimate', theme: 'dark' },
  { name: 'leaderboard', view: 'leaderboard-rank', theme: 'light' },
  { name: 'leaderboard-dark', view: 'leaderboard-rank', theme: 'dark' },
  { name: 'interview', view: 'mock-go-feedback', theme: 'light' },
  { name: 'interview-dark', view: 'mock-go-feedback', theme: 'dark' },
];

const TARGET = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));

const face = (file: string, weights: string) => {
  const font = new URL(`../../data/fonts/${file}`, import.meta.url);
  const base64 = readFileSync(font).toString('base64');
  return `@font-face { font-family: Inter; font-weight: ${weights}; src: url(data:font/ttf;base64,${base64}); }`;
};

/** The product's own font, so that the pictures are the same on every machine. */
const STYLE = `${face('Inter-Regular.ttf', '1 500')}
${face('Inter-SemiBold.ttf', '501 1000')}
body { font-family: Inter; }`;

/** Takes the pictures of the docs from the gallery, so that they show what the bot really says. */
async function main(): Promise<void> {
  const page = mkdtempSync(join(tmpdir(), 'warmup-page-'));
  await buildPage(page);
  const { catalog } = readCatalog();
  const web = await startWeb({
    open: createPlayground({ catalog, start: new Date(0), zone: 'UTC', locale: 'en-GB' }),
    draw: await createDraw((error) => process.stderr.write(`${String(error)}\n`)),
    page,
    port: 0,
  });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  mkdirSync(TARGET, { recursive: true });
  try {
    for (const picture of PICTURES) await take(browser, web.url, picture);
  } finally {
    await browser.close();
    await web.stop();
    rmSync(page, { recursive: true });
  }
}

async function take(browser: Browser, url: string, picture: Picture): Promise<void> {
  const { name, view, theme, width = 1180 } = picture;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    bypassCSP: true,
  });
  const page = await context.newPage();
  await page.goto(`${url}/gallery/${view}?theme=${theme}`);
  await page.locator('section[data-drawn] .themed').waitFor();
  await page.addStyleTag({ content: STYLE });
  await page.evaluate('document.fonts.ready');
  await page.locator('.themed').screenshot({ path: `${TARGET}${name}.png` });
  await context.close();
  process.stdout.write(`docs/pictures/${name}.png\n`);
}

await main();
