import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dress, openPlaygroundBrowser } from './docs/playground-browser.ts';

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
  { name: 'interview', view: 'mock-go-mixed', theme: 'light' },
  { name: 'interview-dark', view: 'mock-go-mixed', theme: 'dark' },
];

const TARGET = fileURLToPath(new URL('../docs/pictures/', import.meta.url));

/** Takes the pictures of the docs from the gallery, so that they show what the bot really says. */
async function main(): Promise<void> {
  const browser = await openPlaygroundBrowser();
  mkdirSync(TARGET, { recursive: true });
  try {
    for (const picture of PICTURES) await take(browser, picture);
  } finally {
    await browser.close();
  }
}

type Browser = Awaited<ReturnType<typeof openPlaygroundBrowser>>;

async function take(browser: Browser, picture: Picture): Promise<void> {
  const { name, view, theme, width = 1180 } = picture;
  const page = await browser.page(`/gallery/${view}?theme=${theme}`, {
    viewport: { width, height: 900 },
  });
  await page.locator('section[data-drawn] .themed').waitFor();
  await dress(page);
  await page.locator('.themed').screenshot({ path: `${TARGET}${name}.png` });
  await page.context().close();
  process.stdout.write(`docs/pictures/${name}.png\n`);
}

await main();
