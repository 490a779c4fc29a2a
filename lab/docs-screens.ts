import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { dress, openPlaygroundBrowser } from './docs/playground-browser.ts';
import { GALLERY } from './gallery/index.ts';

/**
 * Takes every view of the gallery on a phone and on a desk, light and dark, to look at, and puts a few of them into the
 * sheets of the docs.
 *
 *     npm run lab docs-screens               every view into screens/, and docs/pictures/screens-*.jpg
 *     npm run lab docs-screens -- sheets     only what the sheets of the docs show
 *     npm run lab docs-screens -- vram       only the views whose id begins so, and no sheets
 */
const FOLDER = fileURLToPath(new URL('../screens/', import.meta.url));
const SHEETS = fileURLToPath(new URL('../docs/pictures/', import.meta.url));

/** One view of each kind that people meet. */
const SHOWN = [
  'help-overview',
  'daily-card',
  'answer-wrong',
  'daily-recap',
  'leaderboard-rank',
  'vram-estimate',
  'vram-sweep',
  'fit-models',
  'gpus-all',
  'mock-go-question',
  'mock-go-mixed',
  'mock-end-report',
  'peer-panel-panel',
  'setup-panel',
  'question-list-own',
  'ask-found',
];

const THEMES = ['light', 'dark'] as const;
const WIDTHS = { phone: 360, desk: 1280 } as const;
type Device = keyof typeof WIDTHS;

const fileOf = (id: string, device: Device, theme: string) =>
  join(FOLDER, `${id}-${device}-${theme}.jpg`);

async function main(): Promise<void> {
  const only = process.argv[2];
  const browser = await openPlaygroundBrowser();
  mkdirSync(FOLDER, { recursive: true });
  const hasSheets = only === undefined || only === 'sheets';
  const views = GALLERY.filter(({ id }) =>
    only === 'sheets' ? SHOWN.includes(id) : id.startsWith(only ?? ''),
  );
  try {
    const page = await browser.page('/gallery/help-overview?theme=light&looks=both', {
      viewport: { width: WIDTHS.desk, height: 900 },
    });
    for (const { id } of views) await take(page, id);
    if (hasSheets)
      for (const device of ['phone', 'desk'] as const)
        for (const theme of THEMES) await sheet(browser, device, theme);
  } finally {
    await browser.close();
  }
}

type Browser = Awaited<ReturnType<typeof openPlaygroundBrowser>>;

/** A view on both devices and in both themes; on a phone as Discord shows it, and below that as Slack does. */
async function take(page: Page, id: string): Promise<void> {
  await page.goto(new URL(`/gallery/${id}?theme=light&looks=both`, page.url()).href);
  await page.locator('section[data-drawn] .themed').waitFor();
  await dress(page);
  for (const device of ['phone', 'desk'] as const) {
    await page.setViewportSize({ width: WIDTHS[device], height: 900 });
    for (const theme of THEMES) {
      await page.evaluate(
        `document.querySelectorAll('html, .themed').forEach((each) => each.setAttribute('data-theme', '${theme}'))`,
      );
      await page
        .locator('.themed')
        .screenshot({ path: fileOf(id, device, theme), type: 'jpeg', quality: 70 });
    }
  }
}

/** The shown views beside each other, small. */
async function sheet(browser: Browser, device: Device, theme: string): Promise<void> {
  const page: Page = await browser.page('/gallery/none', {
    viewport: { width: 1200, height: 900 },
  });
  const pictures = SHOWN.map((id) => {
    const data = readFileSync(fileOf(id, device, theme)).toString('base64');
    return `<img alt="" src="data:image/jpeg;base64,${data}">`;
  });
  const columns = device === 'phone' ? 6 : 3;
  await page.setContent(
    `<style>body { margin: 0; columns: ${columns}; column-gap: 8px; background: #888; padding: 8px; } img { width: 100%; margin-bottom: 8px; break-inside: avoid; }</style>${pictures.join('')}`,
  );
  const path = `${SHEETS}screens-${device}-${theme}.jpg`;
  await page.screenshot({ path, fullPage: true, type: 'jpeg', quality: 60 });
  await page.context().close();
  process.stdout.write(`${path}\n`);
}

await main();
