import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog.ts';
import { openBrowser, shownText, tabTo, type Watched } from '../support/browser.ts';

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser(readCatalog().catalog);
});
afterAll(() => browser.close());

const newest = (page: Watched) => page.locator('article.message').first();

async function type(page: Watched, text: string): Promise<void> {
  await page.locator('#say').focus();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** Polled, so that a failure tells what the page shows instead. */
const WAIT = { timeout: 20_000 };

test('a mock interview to its report, by mouse', async () => {
  const page = await browser.page();
  await type(page, '/mock 15 chapters:5');
  await page.getByText('Your interview opens').first().waitFor();
  await page.getByRole('button', { name: /^Thread: Mock interview: You/ }).click();
  await newest(page)
    .locator('.discord')
    .getByRole('button', { name: 'Start', exact: true })
    .click();
  await newest(page)
    .getByText(/Question 1 of/)
    .first()
    .waitFor();

  await newest(page).locator('.slack').getByRole('button', { name: 'Answer' }).click();
  await page
    .locator('dialog')
    .getByLabel('Your answer')
    .fill('Prefill is bound by compute, decode by memory.');
  await page.locator('dialog').getByRole('button', { name: 'Submit' }).click();
  await newest(page).getByText('Your answer (8 words)').first().waitFor();
  await page
    .getByText(/^Question 1/)
    .last()
    .waitFor();
  await type(page, '/mock end confirm:yes');
  await newest(page).getByText('Your report').first().waitFor();
  await type(page, '/mock report show:all');
  await newest(page).getByText('Full report').first().waitFor();

  const report = newest(page).locator('.slack');
  await expect.poll(() => shownText(report), WAIT).toContain('Question by question');
  expect(await shownText(newest(page).locator('.discord .dc-file'))).toContain('.txt');
  expect(page.problems).toEqual([]);
});

test('a mock interview to its report, by keyboard alone', async () => {
  const before = await browser.page();
  const done = before.waitForResponse(/api\/reset/);
  await before.getByRole('button', { name: 'Reset demo' }).click();
  await done;
  const page = await browser.page();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/mock 15 chapters:6');
  await page.keyboard.press('Enter');
  await page.getByText('Your interview opens').last().waitFor();
  await tabTo(page, 'Mock interview: You', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await newest(page).getByText('Mock interview').first().waitFor();
  await page.locator('#say').focus();
  await tabTo(page, 'Start');
  await page.keyboard.press('Enter');
  await newest(page)
    .getByText(/Question 1 of/)
    .first()
    .waitFor();
  await page.locator('#say').focus();
  // Plain words in the room of an interview are an answer.
  await page.keyboard.type('LoRA trains two small matrices beside frozen weights.');
  await page.keyboard.press('Enter');
  await newest(page).getByText('Your answer (8 words)').first().waitFor();
  await page
    .getByText(/^Question 1/)
    .last()
    .waitFor();
  await page.locator('#say').focus();
  await page.keyboard.type('/mock end confirm:yes');
  await page.keyboard.press('Enter');
  await newest(page).getByText('Your report').first().waitFor();

  expect(await shownText(newest(page).locator('.discord'))).toContain('Correctness');
  expect(page.problems).toEqual([]);
});

test('an estimate with its picture and its steps, by mouse', async () => {
  const page = await browser.page();
  await type(page, '/vram llama-3.1-8b 4090');
  await newest(page).getByText('Fits on one RTX 4090').first().waitFor();

  const picture = newest(page).locator('.discord img');
  expect(await picture.getAttribute('alt')).toMatch(/total 17\.7 GiB/i);
  const width = "[...document.querySelectorAll('.discord img')].at(0).naturalWidth";
  await expect.poll(() => page.evaluate<number>(width)).toBeGreaterThan(0);
  expect(await newest(page).locator('.slack svg').getAttribute('aria-label')).toContain('Weights');
  await newest(page)
    .locator('.slack')
    .getByRole('button', { name: 'Steps and assumptions' })
    .click();
  await newest(page).getByText('Steps: Llama 3.1 8B').first().waitFor();
  expect(await shownText(newest(page).locator('.discord'))).toContain('parameters × bits / 8');
  expect(page.problems).toEqual([]);
});

test('an estimate with its picture and its steps, by keyboard alone', async () => {
  const page = await browser.page();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/vram llama-3.1-8');
  await page.locator('#completions').getByText('llama-3.1-8b').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('gpu:4090');
  await page.keyboard.press('Enter');
  await newest(page).getByText('Fits on one RTX 4090').first().waitFor();
  const picture = newest(page).locator('.discord img');
  expect(await picture.getAttribute('alt')).toMatch(/total 17\.7 GiB/i);
  const isLoaded = "[...document.querySelectorAll('.discord img')].at(0).complete";
  await expect.poll(() => page.evaluate<boolean>(isLoaded)).toBe(true);
  await tabTo(page, 'Steps and assumptions');
  await page.keyboard.press('Enter');
  await expect.poll(() => shownText(newest(page)), WAIT).toContain('Steps: Llama 3.1 8B');

  expect(await shownText(newest(page).locator('.slack'))).toContain('parameters × bits / 8');
  expect(page.problems).toEqual([]);
});

test('a search of the bank, a question of it, and its answer, by keyboard alone', async () => {
  const page = await browser.page();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/as');
  await page.locator('#completions').getByText('/ask').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('paged attention');
  await page.keyboard.press('Enter');
  await newest(page).getByText('Related questions').first().waitFor();

  await tabTo(page, 'Show 1');
  await page.keyboard.press('Enter');
  await newest(page).getByText('Question c5-').first().waitFor();
  await tabTo(page, 'Show solution');
  await page.keyboard.press('Enter');
  await newest(page).getByText('Source:').first().waitFor();

  await tabTo(page, 'Report');
  expect(page.problems).toEqual([]);
});

test('a search of the bank, a question of it, and its answer, by mouse', async () => {
  const page = await browser.page();
  await type(page, '/ask paged attention');
  await newest(page).getByText('Related questions').first().waitFor();

  await newest(page).locator('.discord').getByRole('button', { name: 'Show 1' }).click();
  await newest(page).locator('.slack').getByRole('button', { name: 'Show solution' }).click();
  await newest(page).getByText('Source:').first().waitFor();

  const link = newest(page).locator('.slack a').first();
  expect(await link.getAttribute('href')).toMatch(/^https:/);
  expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
  expect(page.problems).toEqual([]);
});
