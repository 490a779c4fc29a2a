import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, shownText, tabTo, type Watched } from '../support/browser.ts';
import { smallCatalog } from '../support/machine.ts';

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser(smallCatalog());
});
afterAll(() => browser.close());

const newest = (page: Watched) => page.locator('article.message').first();

/** The letter beside the right option, in the order in which this person sees it. */
async function rightLetter(page: Watched): Promise<string> {
  const words = await shownText(newest(page).locator('.discord'));
  const found = /(?:^|\n)([A-F])\s+The right one/.exec(words);
  if (!found?.[1]) throw new Error(`the right option is not in: ${words}`);
  return found[1];
}

test('the daily question by mouse: wrong, a hint, right, and the board', async () => {
  const page = await browser.page();
  await page
    .locator('article')
    .first()
    .locator('.discord')
    .getByRole('button', { name: 'Answer' })
    .click();
  await page.locator('article.private').waitFor();
  const right = await rightLetter(page);
  const wrong = ['A', 'B', 'C'].find((letter) => letter !== right) ?? '';

  await newest(page)
    .locator('.slack')
    .getByRole('button', { name: new RegExp(`^${wrong}:`) })
    .click();
  await newest(page).getByText('Not quite').first().waitFor();
  await newest(page).locator('.discord').getByRole('button', { name: 'Hint' }).click();
  await newest(page).getByText('The first hint.').first().waitFor();
  await newest(page)
    .locator('.slack')
    .getByRole('button', { name: new RegExp(`^${await rightLetter(page)}:`) })
    .click();
  await newest(page).getByText('Correct: +7.5 points').first().waitFor();
  await page.locator('#say').fill('/leaderboard');
  await page.getByRole('button', { name: 'Send' }).click();
  await newest(page).getByText('Leaderboard').first().waitFor();

  expect(await shownText(newest(page).locator('.slack'))).toMatch(/You\s+7\.5/);
  expect(await newest(page).getAttribute('class')).not.toContain('private');
  expect(page.problems).toEqual([]);
});

test('the daily question by keyboard alone', async () => {
  await reset(await browser.page());
  const page = await browser.page();

  // The first stop from the top of the page is the link that skips to the box.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/dai');
  await page.locator('#completions').getByText('/daily').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.locator('article.private').waitFor();
  await tabTo(page, await rightLetter(page));
  await page.keyboard.press('Enter');
  await newest(page).getByText('Correct: +20 points').first().waitFor();

  // What was pressed is gone; the place in the page is not.
  expect(await page.evaluate('document.activeElement.tagName')).toBe('ARTICLE');
  expect(page.problems).toEqual([]);
});

/** Begins the demo anew and waits until the page shows it. */
async function reset(page: Watched): Promise<void> {
  const done = page.waitForResponse(/api\/reset/);
  await page.getByRole('button', { name: 'Reset demo' }).click();
  await done;
  await cards(page, 6);
}

/** Waits until so many messages stand. */
async function cards(page: Watched, count: number): Promise<void> {
  await expect.poll(() => page.locator('article').count()).toBe(count);
}

test('a jump of a day closes a question, tells the answer in its thread and brings the next', async () => {
  const page = await browser.page();
  await reset(page);

  await page.getByRole('button', { name: 'Tomorrow 09:00' }).click();
  await cards(page, 7);

  await expect.poll(() => shownText(page.locator('#clock'))).toContain('27 Nov, 09:00');
  const closed = page.locator('article').nth(1);
  expect(await shownText(closed.locator('.discord'))).toContain('Closed');
  await closed.getByRole('button', { name: /^Thread/ }).click();
  await page.locator('article').getByText('Solution').first().waitFor();
  expect(await shownText(page.locator('#place-title'))).toContain('Daily question 2026-11-26');
  expect(page.problems).toEqual([]);
});

test('somebody else sees neither my private reply nor my direct messages', async () => {
  const page = await browser.page();
  await page.locator('#say').fill('/setup');
  await page.keyboard.press('Enter');
  await page.locator('article.private').first().waitFor();

  await page.locator('#speaker').selectOption({ label: 'Mira (simulated)' });

  expect(await page.locator('article.private').count()).toBe(0);
  expect(await shownText(page.locator('#clock'))).toContain('Nov');
});

test('what goes wrong: a missing permission is told where an admin reads it', async () => {
  const page = await browser.page();
  await reset(page);
  await page.getByText('Simulate failures').click();
  await page.getByLabel('Missing permission').check();
  await page.getByRole('button', { name: 'Tomorrow 09:00' }).click();

  const direct = page.getByRole('button', { name: /Messages with Warmup/ });
  await direct.getByText('new').waitFor();
  await direct.click();
  const notice = page.locator('article').filter({ hasText: "I couldn't post today's question" });

  expect(await shownText(notice.locator('.discord'))).toContain('I need Send Messages');
  await page.getByLabel('Missing permission').uncheck();
  await notice.locator('.slack').getByRole('button', { name: 'Post again' }).click();
  await page.getByText('Posting it again now.').first().waitFor();
  await page.getByRole('button', { name: '#daily' }).click();
  await cards(page, 7);
});

test('each delivery twice: one answer', async () => {
  const page = await browser.page();
  await page.getByText('Simulate failures').click();
  await page.getByLabel('Duplicate delivery').check();
  const before = await page.locator('article').count();

  await page.locator('#say').fill('/help');
  await page.keyboard.press('Enter');
  await newest(page).getByText('What you can do').first().waitFor();

  expect(await page.locator('article').count()).toBe(before + 1);
  await page.getByText('Event log').click();
  expect(await shownText(page.locator('#happened'))).toContain('outcome repeated');
});

test('a form with a mistake comes back with what was typed', async () => {
  const page = await browser.page();
  await reset(page);
  await page.locator('#say').fill('/setup plan');
  await page.keyboard.press('Enter');
  const dialog = page.locator('dialog');
  await dialog.getByLabel('Time').fill('10:30');
  await dialog.getByText('Slack', { exact: true }).first().click();

  expect(await dialog.getByLabel(/^Time/).inputValue()).toBe('10:30');
  await dialog.getByLabel(/^Zone/).fill('UTC');
  await dialog.getByLabel(/^Days/).fill('weekdays');
  await dialog.getByRole('button', { name: 'Send' }).click();
  const panel = page.locator('article').filter({ hasText: 'Daily question (not turned on yet)' });
  expect(await shownText(panel.locator('.discord'))).toContain('10:30 on weekdays, UTC');
});

test('a mistyped time keeps the form, marks its field and goes there', async () => {
  const page = await browser.page();
  await page.locator('#say').fill('/setup plan');
  await page.keyboard.press('Enter');
  const dialog = page.locator('dialog');
  await dialog.getByLabel('Days').fill('mon wed');
  await dialog.getByLabel('Time').fill('noonish');

  await page.keyboard.press('Enter');

  const time = dialog.locator('[aria-invalid="true"]:focus');
  await time.waitFor();
  expect(await time.inputValue()).toBe('noonish');
  expect(await dialog.getByLabel('Days').inputValue()).toBe('mon wed');
  expect(await shownText(dialog)).toContain('"noonish" isn\'t a time');
  expect(page.problems).toEqual([]);
});
