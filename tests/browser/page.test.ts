import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog.ts';
import { openBrowser, shownText, tabTo, type Watched } from '../support/browser.ts';

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser(readCatalog().catalog);
});
afterAll(() => browser.close());

const newest = (page: Watched) => page.locator('article.message').first();

test('a newcomer finds things to try under the box', async () => {
  const page = await browser.page();

  await page.locator('#tries').getByRole('button', { name: 'Quiz' }).click();

  await newest(page).getByText(/^Quiz/).first().waitFor();
  expect(page.problems).toEqual([]);
});

test('a completion of an earlier text cannot be taken', async () => {
  const page = await browser.page();
  await page.locator('#say').fill('/vram llama-3');
  await page.locator('#completions [role="option"]').first().waitFor();
  // The server does not answer any more.
  await page.route('**/api/suggest', () => {});

  await page.locator('#say').press('.');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');

  await newest(page).getByText('llama-3.').first().waitFor();
  expect(await page.locator('#say').inputValue()).toBe('');
  expect(page.problems).toEqual([]);
});

test('a line stands between two days', async () => {
  const page = await browser.page();
  const days = page.locator('#messages .day');
  const before = await days.count();

  await page.getByRole('button', { name: 'Tomorrow 09:00' }).click();

  await expect.poll(() => days.count()).toBe(before + 1);
  expect(await shownText(days.first())).toBe('Friday 27 November');
});

test('a reply that is taller than the page is read from its top', async () => {
  const page = await browser.page({ height: 700 });
  await page.locator('#say').fill('/vram llama-3.1-8b 4090');
  await page.keyboard.press('Enter');
  await newest(page).getByText('Fits on one RTX 4090').first().waitFor();

  const top = "document.querySelector('article:first-of-type').getBoundingClientRect().top";
  const list = "document.getElementById('messages').getBoundingClientRect().top";
  await expect
    .poll(async () => (await page.evaluate<number>(`${top} - ${list}`)) | 0)
    .toBeLessThan(30);
  expect(await newest(page).getByText('Fits on one RTX 4090').first().isVisible()).toBe(true);
});

test('a picture keeps its place while it loads', async () => {
  const page = await browser.page();
  await page.locator('#say').fill('/vram llama-3.1-8b 4090');
  await page.keyboard.press('Enter');
  const picture = newest(page).locator('.discord img');
  await picture.waitFor();

  const natural = "[...document.querySelectorAll('.discord img')].at(0).naturalWidth";
  const width = Number(await picture.getAttribute('width'));
  expect(width).toBeGreaterThan(0);
  await expect.poll(() => page.evaluate<number>(natural)).toBe(width);
});

test('on a phone one platform is shown, and what is new elsewhere is counted', async () => {
  const page = await browser.page({ width: 390, height: 844 });

  expect(await newest(page).locator('.discord').isVisible()).toBe(true);
  expect(await newest(page).locator('.slack').isVisible()).toBe(false);
  await page.locator('#say').fill('/mock 15 chapters:5');
  await page.keyboard.press('Enter');
  await expect.poll(() => shownText(page.locator('#unread'))).toBe('1 new');
});

test.each(['discord', 'slack'])('on a phone a file scrolls in its own box: %s', async (look) => {
  const page = await browser.page({
    width: 360,
    height: 740,
    path: `/?view=developer&looks=${look}`,
  });
  await page.locator('#say').fill('/me export');
  await page.keyboard.press('Enter');
  const box = newest(page).locator(`.${look} pre`).first();
  await box.getByText('"people"').waitFor();

  // A card cuts off what is too wide, so that the width of the page alone would not tell.
  const card = await newest(page).locator(`.card.${look}`).boundingBox();
  const seen = await box.boundingBox();
  expect(right(seen)).toBeLessThan(right(card));
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  await box.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.evaluate('document.activeElement.scrollLeft')).toBeGreaterThan(0);
});

/** Where a box ends. */
const right = (box: { x: number; width: number } | null) => (box ? box.x + box.width : Number.NaN);

test('the gallery finds views by words, by keyboard alone', async () => {
  const page = await browser.page({ path: '/gallery' });
  for (let step = 0; step < 12; step += 1) {
    if ((await page.evaluate('document.activeElement.id')) === 'find') break;
    await page.keyboard.press('Tab');
  }

  await page.keyboard.type('vram step');

  await expect.poll(() => page.locator('section.view:visible').count()).toBe(1);
  await tabTo(page, 'Every step behind it');
  await page.keyboard.press('Enter');
  await page.waitForURL(/gallery\/vram-steps/);
});

test('a page whose playground has ended says so', async () => {
  const other = await openBrowser();
  const page = await other.page();

  await other.stop();

  await page.getByText('If you restarted it, open its new link.').waitFor();
  await other.close();
});

test('a line that breaks and comes back leaves the keyboard where it was', async () => {
  const page = await browser.page();
  let snapshots = 0;
  await page.route('**/api/changes', async (route) => {
    snapshots += 1;
    const body = `retry: 100\n${await firstChange()}`;
    await route.fulfill({ contentType: 'text/event-stream', body });
  });
  await page.reload();
  await page.locator('article').first().waitFor();
  await page.locator('.discord').getByRole('button', { name: 'Answer' }).first().focus();
  const before = snapshots;

  await expect.poll(() => snapshots).toBeGreaterThan(before + 2);

  expect(await page.evaluate('document.activeElement.textContent')).toBe('Answer');
});

/** What the page is told when it opens its line: everything. */
async function firstChange(): Promise<string> {
  const stream = await fetch(`${browser.url}/api/changes`);
  const reader = stream.body?.getReader();
  let text = '';
  while (!text.endsWith('\n\n')) text += new TextDecoder().decode((await reader?.read())?.value);
  await reader?.cancel();
  return text;
}

test('the page says what it is, and keeps the switches for failures folded', async () => {
  const page = await browser.page();

  expect(await shownText(page.locator('.about'))).toMatch(/^Practice for LLM interviews/);
  expect(await page.locator('#faults').isVisible()).toBe(false);
  await page.getByText('Simulate failures').click();
  expect(await page.locator('#faults').isVisible()).toBe(true);
});

test('after the box the keyboard comes to the newest message first, and to each control once', async () => {
  const page = await browser.page();
  await page.locator('#say').fill('/quiz attention');
  await page.keyboard.press('Enter');
  await newest(page).getByText('1 of 10').first().waitFor();
  await page.locator('#say').focus();

  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const stops: string[] = [];
  for (let step = 0; step < 4; step += 1) {
    stops.push(String(await page.evaluate('document.activeElement.textContent')));
    expect(await page.evaluate("document.activeElement.closest('article').ariaLabel")).toContain(
      '1 of 10',
    );
    await page.keyboard.press('Tab');
  }

  expect(stops).toEqual(['A', 'B', 'C', 'D']);
  await page.locator('#looks').getByText('Slack', { exact: true }).click();
  const slack = newest(page).locator('.slack').getByRole('button').first();
  await expect.poll(() => slack.getAttribute('tabindex')).toBeNull();
});

test('a button with a letter is named with the text of its option, as both platforms show it', async () => {
  const page = await browser.page();
  await page.locator('#say').fill('/quiz attention');
  await page.keyboard.press('Enter');
  await newest(page).getByText('1 of 10').first().waitFor();

  for (const look of ['discord', 'slack']) {
    const names = newest(page).locator(`.${look} button`);
    expect(await names.nth(1).getAttribute('aria-label')).toMatch(/^B: .*\w{2,}/);
  }
});

test('an interview has a thread with its chapter and time, and a way into it under its announcement', async () => {
  const page = await browser.page();
  await page.locator('#say').fill('/mock 15 chapters:5');
  await page.keyboard.press('Enter');

  const link = newest(page).getByRole('button', {
    name: /^Thread: Mock interview: You, chapter 5, \d\d:\d\d/,
  });
  await link.click();

  await expect
    .poll(() => shownText(page.locator('#place-note')))
    .toBe('Only you and Warmup can see this');
});

test('on a phone of 360 pixels no row of the leaderboard breaks, so that its points stay in sight', async () => {
  const page = await browser.page({ width: 360, height: 740, path: '/' });
  await page.locator('#say').fill('/leaderboard');
  await page.keyboard.press('Enter');
  const code = newest(page).locator('.discord .dc-code code');
  await code.waitFor();

  const lines = (await code.textContent())?.trimEnd().split('\n').length ?? 0;
  const height = Number(
    await page.evaluate(
      "(() => { const code = document.querySelector('.discord .dc-code code'); const range = document.createRange(); range.selectNodeContents(code); return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size; })()",
    ),
  );
  expect(height).toBe(lines);
});

test('what is under the pointer stays there when the server answers late', async () => {
  const page = await browser.page({ height: 560 });
  await page.locator('#say').fill('/ask paged attention');
  await page.keyboard.press('Enter');
  await newest(page).getByText('Related questions').first().waitFor();
  let answer = () => {};
  const isHeard = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/api/say', async (route) => {
    const response = await route.fetch();
    await isHeard;
    await route.fulfill({ response });
  });
  await newest(page).locator('.discord').getByRole('button', { name: 'Show 1' }).click();
  await newest(page).getByText('Question c5-').first().waitFor();
  // Down to the buttons of a message that is taller than the page.
  await page.evaluate('document.getElementById("messages").scrollTop = 0');
  const own = await newest(page).getAttribute('id');
  const place = 'document.querySelector("article .discord button").getBoundingClientRect().top';
  const before = await page.evaluate<number>(place);

  const answered = page.waitForResponse('**/api/say');
  answer();
  await answered;
  await expect.poll(() => page.evaluate('document.activeElement.id')).toBe(own);

  expect(await page.evaluate<number>(place)).toBe(before);
});
