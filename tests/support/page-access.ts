import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, seriousIssues, type Watched } from './browser.ts';
import { smallCatalog } from './machine.ts';

const newest = (page: Watched) => page.locator('article.message').first();

async function type(page: Watched, text: string): Promise<void> {
  await page.locator('#say').fill(text);
  await page.keyboard.press('Enter');
}

const WRITTEN =
  'prompt:"What does a KV cache hold?" right:"Keys and values" wrong:"Queries\\nScores" explanation:"They are read again." place:"5 easy"';

/** What is open on the page, by name: each is looked at in both themes. */
const STATES: [string, (page: Watched) => Promise<unknown>][] = [
  ['the channel', async () => {}],
  [
    'a private reply with its payload',
    async (page) => {
      const before = await page.locator('article.private').count();
      await type(page, '/daily');
      await expect.poll(() => page.locator('article.private').count()).toBe(before + 1);
      const reply = page.locator('article.private').first();
      await reply.getByText('Payload, limits and fallback text').click();
      await reply.locator('pre').first().waitFor();
    },
  ],
  [
    'completions',
    async (page) => {
      await page.locator('#say').pressSequentially('/d');
      await page.locator('#completions [role="option"]').first().waitFor();
      await page.keyboard.press('ArrowDown');
    },
  ],
  ['a form as on Discord', (page) => form(page, 'Discord')],
  ['a form as on Slack', (page) => form(page, 'Slack')],
  [
    'an estimate with its picture',
    async (page) => {
      await type(page, '/compare 4090 5090');
      await newest(page).getByText('RTX 5090').first().waitFor();
    },
  ],
  [
    'an open menu',
    async (page) => {
      await type(page, `/question new ${WRITTEN}`);
      await page.locator('article.private').first().waitFor();
      await type(page, '/question list');
      await newest(page).locator('details.menu summary').first().click();
      await newest(page).locator('details.menu[open] li').first().waitFor();
    },
  ],
  [
    'a thread',
    async (page) => {
      await page
        .getByRole('button', { name: /^Thread/ })
        .first()
        .click();
      await page.locator('#place-title').getByText('Daily question').waitFor();
    },
  ],
  [
    'what went wrong, in the lists beside the messages',
    async (page) => {
      if (!(await page.getByText('Simulate failures').isVisible()))
        await page.locator('#side > summary').click();
      await page.getByText('Simulate failures').click();
      await page.getByText('Event log').click();
      await page.locator('#happened li').first().waitFor();
    },
  ],
];

async function form(page: Watched, look: string): Promise<void> {
  await type(page, '/mock');
  await page.locator('dialog').getByText(look, { exact: true }).first().click();
  await page.locator('#dialog-more > summary').click();
}

/** Looks at every state of the page in one theme, dark on a phone and light on a desk, in a browser of its own. */
export function testAccess({ dark }: { dark: boolean }): void {
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  beforeAll(async () => {
    browser = await openBrowser(smallCatalog());
  });
  afterAll(() => browser.close());

  // What a theme changes is color, and what a width changes is the layout: each is seen once.
  const options = dark ? { dark, width: 390, height: 844 } : { dark };

  describe('axe finds nothing serious', () => {
    test.each(STATES)('%s', async (_state, open) => {
      const page = await browser.page(options);
      await open(page);

      expect(await seriousIssues(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(page.problems).toEqual([]);
    });

    test('the gallery', async () => {
      const page = await browser.page({ ...options, path: '/gallery?theme=all&looks=both' });
      await page.locator('section[data-drawn]').nth(3).waitFor();

      expect(await seriousIssues(page)).toEqual([]);
      expect(page.problems).toEqual([]);
    });

    test('one view of the gallery', async () => {
      const page = await browser.page({ ...options, path: '/gallery/setup-refused' });
      await page.locator('section[data-drawn]').waitFor();
      await page.getByText('Payload and limits').click();

      expect(await seriousIssues(page)).toEqual([]);
      expect(page.problems).toEqual([]);
    });
  });

  test('axe sees a planted flaw', async () => {
    const page = await browser.page();
    await page.evaluate(
      "document.querySelector('label[for=say]').remove(); document.querySelector('#say').removeAttribute('placeholder')",
    );

    expect(await seriousIssues(page)).toEqual([expect.stringContaining('label')]);
  });
}
