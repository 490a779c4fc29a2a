import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHROMIUM, FLAGS } from '../../lab/docs/chromium.ts';
import { buildDemo } from '../../src/tools/build-demo.ts';
import { openPage, type PageOptions, seriousIssues, type Watched } from '../support/browser.ts';
import { serveFiles } from '../support/file-server.ts';

let folder: string;
let host: Awaited<ReturnType<typeof serveFiles>>;
let browser: Browser;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'warmup-demo-'));
  await buildDemo(folder);
  host = await serveFiles(folder);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
});
afterAll(async () => {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true });
});

/** A phone that opens the demo for the first time. */
const visit = (options: PageOptions = {}) =>
  openPage(browser, host.url, { path: '/', width: 390, height: 844, ...options });

const newest = (page: Watched) => page.locator('article.message').first();

async function type(page: Watched, text: string): Promise<void> {
  await page.locator('#say').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** Presses a button of the newest message, by its label or the letter of an option. */
const press = (page: Watched, name: string) =>
  newest(page)
    .locator('.discord')
    .getByRole('button', { name: new RegExp(`^${name}(:|$)`) })
    .click();

async function answer(page: Watched, letter: string): Promise<void> {
  await press(page, letter);
  await newest(page)
    .getByText(/Correct|Not quite/)
    .first()
    .waitFor();
}

/** What the first question is shown with; all else comes after it. */
const FIRST = /^(index\.html|style\.css|page\.js|chunk-.*\.js|begin\.json)$/;

test('the first question is small, and all of it is no more than a photograph', async () => {
  const began = performance.now();
  const page = await visit({ isKept: true });
  await newest(page).getByText('Worth 10 points').first().waitFor();
  const shownMs = performance.now() - began;
  await answer(page, 'A');
  const answeredMs = performance.now() - began;
  const total = (isCounted: (name: string) => boolean) =>
    [...host.sizes].reduce((sum, [name, bytes]) => sum + (isCounted(name) ? bytes : 0), 0);
  const [first, all] = [total((name) => FIRST.test(name)), total(() => true)];
  process.stdout.write(
    `demo: first question ${first} bytes, ${Math.round(shownMs)} ms; answered after ${Math.round(answeredMs)} ms; all ${all} bytes\n`,
  );

  // The machine has heard of the tap that was answered without it.
  await page.getByText('Ready offline').waitFor();
  await type(page, '/me');
  await newest(page).getByText('1 daily').first().waitFor();

  expect(answeredMs - shownMs).toBeLessThan(1000);
  expect(first).toBeLessThan(100_000);
  // The goal was 2.5 MB; the bank has grown since by 34 questions and the wordings of all follow-ups.
  expect(all).toBeLessThan(3_000_000);
  expect(page.problems).toEqual([]);
});

test('a visit: answer, board, estimate, interview, quiz and live round, and no request', async () => {
  const page = await visit({ isKept: true });
  await page.getByText('Ready offline').waitFor();
  const asked = host.sent.length;

  await answer(page, 'B');
  await page
    .locator('#board li.moved', { hasText: /Mira|Wei/ })
    .first()
    .waitFor();
  await type(page, '/leaderboard');
  await newest(page).getByText('Mira (simulated)').first().waitFor();
  await page.getByRole('button', { name: 'Will it fit?' }).click();
  await newest(page).getByText('4.37 GiB free').first().waitFor();
  await type(page, '/compare 4090 5090');
  await newest(page).getByText('RTX 5090').first().waitFor();
  await type(page, '/quiz');
  await newest(page).locator('.discord').getByText('Quiz').first().waitFor();
  await type(page, '/live count:3');
  await page.locator('.discord').getByText('Live round').first().waitFor();
  await type(page, '/live next');
  await page.getByText('Question 1 of 3').first().waitFor();
  await type(page, '/live end confirm:yes');
  await page.getByText('Live round: results').first().waitFor();
  await page.getByRole('button', { name: 'Answer like in an interview' }).click();
  await page.getByText('Your interview opens').first().waitFor();
  await page.getByRole('button', { name: /^Thread: Mock interview: You/ }).click();
  await press(page, 'Start');
  await newest(page)
    .getByText(/Question 1 of/)
    .first()
    .waitFor();
  await type(page, 'Prefill is bound by compute, decode by memory.');
  await page.getByText('Your answer (8 words)').first().waitFor();
  await type(page, '/mock end confirm:yes');
  await newest(page).getByText('Your report').first().waitFor();

  expect(host.sent.slice(asked)).toEqual([]);
  expect(page.problems).toEqual([]);
});

test('a verdict is seen without scrolling, on a phone and on a desk, in both themes', async () => {
  const hidden: string[] = [];
  for (const width of [360, 1280])
    for (const dark of [false, true]) {
      const page = await visit({ width, height: 780, dark });
      const isSeen = async (words: RegExp) => {
        const verdict = newest(page).locator('.discord').getByText(words).first();
        await verdict.waitFor();
        const [box, composer] = [
          await verdict.boundingBox(),
          await page.locator('form').boundingBox(),
        ];
        const top = box?.y ?? -1;
        if (top < 0 || top + (box?.height ?? 0) > (composer?.y ?? 780))
          hidden.push(`${words} at ${width}${dark ? ', dark' : ''}`);
      };
      await press(page, 'A');
      await isSeen(/Not quite/);
      await type(page, '/vram llama-3.1-8b 4090');
      await isSeen(/Fits on one RTX 4090 with/);
      await type(page, '/latency llama-3.1-8b 4090');
      await isSeen(/tokens\/s/);
      await type(page, '/path start:b');
      await isSeen(/Today, 14 minutes/);
      await type(page, '/me');
      await isSeen(/Rank/);
      await page.context().close();
    }

  expect(hidden).toEqual([]);
});

test('a second visit needs no network', async () => {
  const page = await visit({ isKept: true });
  await page.getByText('Ready offline').waitFor();
  await page.context().setOffline(true);
  await page.reload();

  await answer(page, 'A');
});

test.each([
  ['light', { width: 360 }],
  ['dark', { width: 360, dark: true }],
])('axe finds nothing on the first screen, %s', async (_, options) => {
  const page = await visit(options);
  await answer(page, 'A');

  expect(await seriousIssues(page)).toEqual([]);
  const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  expect(wide).toBe(false);
});
