import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIMITS } from '../../src/adapters/web/limits.ts';
import { openBrowser, shownText } from '../support/browser.ts';
import { smallCatalog } from '../support/machine.ts';
import { HOSTILE } from '../support/sample-replies.ts';

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser(smallCatalog());
});
afterAll(() => browser.close());

test.each([
  ['a script', '<script>alert(1)</script>'],
  ['a picture', '<img src=x onerror=alert(1)>'],
  ['a drawing', '"><svg onload=alert(1)>'],
  ['an address', 'javascript:alert(1)'],
  ['mentions and markup', HOSTILE],
  ['5,000 characters', 'x'.repeat(5000)],
])('hostile text stays text: %s', async (_name, text) => {
  const page = await browser.page();
  const before = await page.evaluate("document.querySelectorAll('script, img, svg').length");

  await page.locator('#say').fill(text);
  await page.keyboard.press('Enter');
  await page.locator('article.person').first().waitFor();
  await page.locator('#say').fill(`/help ${text}`);
  await page.keyboard.press('Enter');
  await page.locator('article.private').first().waitFor();

  const after = await page.evaluate("document.querySelectorAll('script, img, svg').length");
  expect(after).toBe(before);
  expect(await page.locator('article.person').first().locator('.person-text').textContent()).toBe(
    text.trim(),
  );
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  expect(page.problems).toEqual([]);
});

test.each([
  ['a handler as text', "document.body.setAttribute('onclick', 'alert(1)')"],
  [
    'a script as text',
    "document.body.append(Object.assign(document.createElement('script'), { text: 'alert(1)' }))",
  ],
  ['markup as text', "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')"],
  [
    'a style as text',
    "document.body.setAttribute('style', 'color: red'); if (document.body.style.color !== 'red') throw new Error('refused')",
  ],
])('the browser refuses %s', async (_name, code) => {
  const page = await browser.page();

  await expect(page.evaluate(code)).rejects.toThrow(/Trusted|refused/);
});

test('the scripts are small', () => {
  for (const name of ['page.js', 'gallery.js']) {
    expect(gzipSync(readFileSync(join(browser.folder, name))).byteLength).toBeLessThan(
      LIMITS.scriptBytes,
    );
  }
});

test('nothing moves', async () => {
  const page = await browser.page();

  expect(await page.evaluate('document.getAnimations().length')).toBe(0);
});

test('a view of the gallery has a link of its own, in a chosen theme', async () => {
  const page = await browser.page({ path: '/gallery/daily-card?theme=dark&looks=slack' });
  await page.locator('section[data-drawn]').waitFor();

  expect(await page.locator('section.view').count()).toBe(1);
  expect(await page.locator('.themed').getAttribute('data-theme')).toBe('dark');
  expect(await page.locator('.card.discord').isVisible()).toBe(false);
  expect(await shownText(page.locator('.card.slack'))).toContain('Daily question');
});
