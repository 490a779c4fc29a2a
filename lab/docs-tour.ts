import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { animatedPng, type Frame } from './docs/apng.ts';
import { dress, openPlaygroundBrowser } from './docs/playground-browser.ts';

/**
 * Plays a short tour in the playground and writes it as a moving picture, in both themes:
 * the daily question, the leaderboard, an estimate, and a mock interview.
 */
const TARGET = fileURLToPath(new URL('../docs/pictures/', import.meta.url));

/** GitHub shows a README about this wide. */
const SIZE = { width: 1000, height: 620 };

/** A README should load at once. */
const MAX_BYTES = 2_000_000;

const MIXED_ANSWER =
  'Prefill reads the whole prompt in parallel and fills the KV cache. Decode writes one token at a time. I think both are limited by compute.';

/** The demo's own controls stay out of the picture, and nothing moves by itself. */
const STYLES = `.side, .tries, .top a { display: none !important; }
.columns { grid-template-columns: minmax(0, 1fr) !important; }
* { animation: none !important; transition: none !important; caret-color: transparent !important; }`;

type Tour = { page: Page; frames: Frame[] };

async function main(): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    const browser = await openPlaygroundBrowser();
    try {
      const page = await browser.page('/?view=developer&looks=both', {
        viewport: SIZE,
        colorScheme: theme,
      });
      await page.locator('article').first().waitFor();
      await dress(page, STYLES);
      const tour: Tour = { page, frames: [] };
      await play(tour);
      const bytes = animatedPng(tour.frames);
      if (bytes.length > MAX_BYTES) throw new RangeError(`the tour has ${bytes.length} bytes`);
      writeFileSync(`${TARGET}tour-${theme}.png`, bytes);
      process.stdout.write(
        `docs/pictures/tour-${theme}.png: ${tour.frames.length} pictures, ${bytes.length} bytes\n`,
      );
    } finally {
      await browser.close();
    }
  }
}

/** Buttons are found by their place, since their labels may change. */
async function play(tour: Tour): Promise<void> {
  const { page } = tour;
  const first = () => newest(page).locator('.discord button').first();
  const option = (letter: RegExp) => newest(page).locator('.discord button', { hasText: letter });
  await settled(page);
  await shoot(tour, 2500);
  await press(tour, first(), 3000);
  await press(tour, option(/^C$/), 3500);
  await press(tour, first(), 1500);
  await press(tour, option(/^D$/), 4000);
  await type(tour, '/leaderboard', 3500);
  await type(tour, '/vram llama-3.1-8b 4090', 5000);
  await send(tour, '/mock 15 chapters:5');
  // The list of places is not in the picture, so it takes no click of the mouse.
  await page.locator('#places .unread').first().dispatchEvent('click');
  await settled(page);
  await press(tour, first(), 3000);
  await send(tour, MIXED_ANSWER);
  await shoot(tour, 3000);
  await press(tour, first(), 2500);
  await send(tour, '/mock skip');
  await send(tour, '/mock skip');
  await shoot(tour, 6000);
}

const newest = (page: Page): Locator => page.locator('article.message').first();

/** Takes a picture; of an element alone when nothing else has changed. */
async function shoot({ page, frames }: Tour, ms: number, changed?: Locator): Promise<void> {
  const box = await changed?.boundingBox();
  if (!box) {
    frames.push({ png: await page.screenshot(), ms });
    return;
  }
  // Whole pixels, with room for an outline, inside the picture.
  const x = Math.max(0, Math.floor(box.x) - 4);
  const y = Math.max(0, Math.floor(box.y) - 4);
  const width = Math.min(SIZE.width, Math.ceil(box.x + box.width) + 4) - x;
  const height = Math.min(SIZE.height, Math.ceil(box.y + box.height) + 4) - y;
  frames.push({ png: await page.screenshot({ clip: { x, y, width, height } }), ms, at: { x, y } });
}

/** Shows what is about to be pressed, presses it, and shows what comes of it. */
async function press(tour: Tour, button: Locator, ms: number): Promise<void> {
  await button.scrollIntoViewIfNeeded();
  await button.evaluate(MARK);
  await shoot(tour, 800, button);
  await button.click();
  await settled(tour.page);
  await shoot(tour, ms);
}

/** Runs in the page, which has its own types. */
const MARK = 'button => { button.style.outline = "3px solid #e8590c"; }';

/** Types a command, and shows its reply. */
async function type(tour: Tour, text: string, ms: number): Promise<void> {
  const box = tour.page.locator('#say');
  await box.fill(text);
  await shoot(tour, 900, tour.page.locator('#composer'));
  await box.press('Enter');
  await settled(tour.page);
  await shoot(tour, ms);
}

/** Sends a message whose way is not shown. */
async function send({ page }: Tour, text: string): Promise<void> {
  await page.locator('#say').fill(text);
  await page.locator('#say').press('Enter');
  await settled(page);
}

/** Resolves when the messages have changed since they were last settled, and changed no more for a while. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(SETTLED, undefined, { polling: 200 });
}

const SETTLED = `() => {
  const text = document.querySelector('#messages').textContent;
  const isStill = text === window.seen;
  window.seen = text;
  if (!isStill || text === window.settled) return false;
  window.settled = text;
  return true;
}`;

await main();
