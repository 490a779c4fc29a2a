import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog.ts';
import { openBrowser, seriousIssues, type Watched } from '../support/browser.ts';

/** The page as a newcomer finds it: a chat of one platform, with today's question open. */

/** One phone, which no result may be taller than. */
const PHONE = { width: 360, height: 740 };

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser(readCatalog().catalog);
});
afterAll(() => browser.close());

const newest = (page: Watched) => page.locator('article.message').first();

/** A page on which today's question has just been opened for the person. */
async function begin(options: { width: number; height: number; dark: boolean }, look = 'discord') {
  const page = await browser.page({ path: `/?looks=${look}`, ...options });
  const done = page.waitForResponse(/api\/reset/);
  await page.evaluate('document.getElementById("reset").click()');
  await done;
  await newest(page).locator(`.${look}`).getByText('Your answer').first().waitFor();
  return page;
}

/** True when the whole of it is inside the list of messages, which is inside the window. */
const IS_SEEN = `(text) => {
  const list = document.getElementById('messages').getBoundingClientRect();
  const looks = document.documentElement.dataset.looks;
  const card = document.querySelector('article .' + looks);
  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data.includes(text)) break;
  const range = document.createRange();
  range.selectNodeContents(walker.currentNode);
  const { top, bottom } = range.getBoundingClientRect();
  return top >= list.top && bottom <= list.bottom && list.bottom <= innerHeight;
}`;
const isSeen = (page: Watched, text: string) => page.evaluate<boolean>(`(${IS_SEEN})('${text}')`);

const heightOf = async (page: Watched) => (await newest(page).boundingBox())?.height ?? Number.NaN;

const SCREENS = [
  { ...PHONE, dark: false, look: 'discord' },
  { ...PHONE, dark: true, look: 'slack' },
  { width: 1280, height: 800, dark: false, look: 'slack' },
  { width: 1280, height: 800, dark: true, look: 'discord' },
];

test.each(SCREENS)(
  'one tap answers and two menus fill a gauge, in sight: $look, $width px, dark $dark',
  async ({ look, ...screen }) => {
    const page = await begin(screen, look);
    const card = newest(page).locator(`.${look}`);
    const verdict = card.getByText(/Correct|Not quite/).first();

    await card.getByRole('button', { name: /^A:/ }).click();
    await verdict.waitFor();

    const isCorrect = (await verdict.textContent())?.includes('Correct');
    expect(await isSeen(page, isCorrect ? 'Correct' : 'Not quite')).toBe(true);
    expect(await heightOf(page)).toBeLessThanOrEqual(PHONE.height);
    expect(await newest(page).getByText('Payload').isVisible()).toBe(false);
    expect(await seriousIssues(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);

    await page.getByRole('button', { name: 'Will it fit?' }).click();
    await card.getByText('Fits on one RTX 4090').first().waitFor();
    await page.getByLabel('Model').selectOption('llama-3.3-70b');
    await card.getByText('short by').first().waitFor();

    const picture = card.locator('[alt*=Weights], [aria-label*=Weights]').first();
    await expect
      .poll(async () => {
        const seen = await picture.boundingBox();
        const list = await page.locator('#messages').boundingBox();
        return seen && list && seen.y >= list.y && seen.y + seen.height <= list.y + list.height + 1;
      })
      .toBe(true);
    expect(await seriousIssues(page)).toEqual([]);
    expect(page.problems).toEqual([]);
  },
);

test('teammates answer after you, and the leaderboard moves in sight', async () => {
  const page = await begin({ ...PHONE, dark: false });
  const board = page.locator('#board');
  const before = await board.textContent();
  await newest(page).locator('.discord').getByRole('button', { name: /^A:/ }).click();

  await board
    .locator('li.moved', { hasText: /Mira|Wei/ })
    .first()
    .waitFor();

  expect(await board.textContent()).not.toBe(before);
  await newest(page)
    .getByText(/Correct|Not quite/)
    .first()
    .waitFor();
  const [seen, head] = [await board.boundingBox(), await page.locator('.place-head').boundingBox()];
  expect((seen?.x ?? 0) + (seen?.width ?? 0)).toBeLessThanOrEqual(head?.width ?? 0);
});

test('the platform and the developer view are remembered', async () => {
  const page = await browser.page({ path: '/' });
  expect(await page.locator('#tomorrow').isVisible()).toBe(false);
  await page.locator('#looks').getByText('Slack', { exact: true }).click();
  await page.getByLabel('Developer view').check();

  await page.reload();
  await newest(page).waitFor();

  expect(await newest(page).locator('.slack').isVisible()).toBe(true);
  expect(await newest(page).locator('.discord').isVisible()).toBe(false);
  expect(await page.locator('#tomorrow').isVisible()).toBe(true);
  expect(await newest(page).getByText('Payload, limits').isVisible()).toBe(true);
});

test('every model and GPU of the menus is known', async () => {
  const page = await browser.page({ path: '/' });
  const values = await page.evaluate<string[][]>(
    "[...document.querySelectorAll('#fit select')].map(({ options }) => [...options].map(({ value }) => value))",
  );
  const { catalog } = readCatalog();

  expect(catalog.models.map(({ id }) => id)).toEqual(expect.arrayContaining(values[0] ?? []));
  expect(catalog.gpus.map(({ id }) => id)).toEqual(expect.arrayContaining(values[1] ?? []));
  expect(values.flat()).toHaveLength(12);
});
