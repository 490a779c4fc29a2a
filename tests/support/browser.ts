import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { CHROMIUM, FLAGS } from '../../lab/docs/chromium.ts';
import { createGallery } from '../../lab/gallery/player.ts';
import { startWeb } from '../../src/adapters/web/index.ts';
import type { Catalog } from '../../src/core/catalog.ts';
import { createDraw } from '../../src/pictures/png.ts';
import { buildPage } from '../../src/tools/build-page.ts';
import { openTestWorld } from './web/web.ts';

/** The playground as it is built, and a browser to look at it. */
export async function openBrowser(catalog?: Catalog) {
  const folder = mkdtempSync(join(tmpdir(), 'warmup-page-'));
  await buildPage(folder);
  const open = openTestWorld(catalog);
  const draw = await createDraw(() => {});
  const gallery = createGallery({ open, draw });
  const web = await startWeb({ open, draw, gallery, page: folder, port: 0 });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

  return {
    url: web.url,
    folder,
    /** A page of its own, which must ask nobody but the playground for anything. */
    page: (options: PageOptions = {}) => openPage(browser, web.url, options),
    /** Ends the playground; the browser stays open. */
    stop: () => web.stop(),
    async close(): Promise<void> {
      await browser.close();
      await web.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

export type PageOptions = {
  path?: string;
  width?: number;
  height?: number;
  dark?: boolean;
  /** Its service worker may keep it for offline. */
  isKept?: boolean;
};

/** Opens a page that notes everything that goes wrong on it; it closes with its test, as an open one follows the playground. */
export async function openPage(
  browser: Browser,
  url: string,
  options: PageOptions,
): Promise<Watched> {
  const { width = 1280, height = 900, dark = false } = options;
  const { path = `/?view=developer${width > 760 ? '&looks=both' : ''}` } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    serviceWorkers: options.isKept ? 'allow' : 'block',
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('dialog', (dialog) => {
    problems.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (
      !request
        .url()
        .replace(/^blob:/, '')
        .startsWith(url)
    )
      problems.push(`a request to ${request.url()}`);
  });
  await page.goto(url + path);
  await page.locator('article, section.view').first().waitFor();
  return Object.assign(page, { problems });
}

/** The words of an element as they are laid out: a line for each block, a tab between cells. */
export function shownText(of: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: the text alone would run lines together.
  return of.innerText();
}

/** Presses a key until the focus is on what begins with these words. */
export async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    const focused = String(await page.evaluate('document.activeElement.textContent'));
    if (focused.trim().startsWith(name)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not reach "${name}"`);
}

/** A page with everything that went wrong on it. */
export type Watched = Page & { problems: string[] };

type Violation = {
  id: string;
  impact?: string;
  nodes: { html: string; failureSummary?: string }[];
};

/** What axe finds on a page, each with the place; only what it calls serious or critical. */
export async function seriousIssues(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate<Violation[]>(
    'axe.run().then(({ violations }) => violations)',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`,
      ),
    );
}
