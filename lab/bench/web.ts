import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { startWeb } from '../../src/adapters/web/index.ts';
import { readCatalog } from '../../src/catalog.ts';
import { createPlayground } from '../../src/demo/playground.ts';
import { createDraw } from '../../src/pictures/png.ts';
import { buildPage } from '../../src/tools/build-page.ts';
import { CHROMIUM, FLAGS } from '../docs/chromium.ts';

/**
 * How long the playground takes in a real browser: to the first paint and to the first messages, and
 * from a key or a click until its answer is painted. Run it with `node lab/bench/web.ts`, or
 * with a number of rounds behind it.
 */
const ROUNDS = Number(process.argv[2] ?? 20);
const FIRST_PAINT_MS = 1000;
const ACTION_MS = 100;
/** Actions in which the demo team lives through its past, as it does when the page opens. */
const BEGINS = new Set(['reset, to a new demo']);

/** What must have happened for an action to be over, as code that the page runs. */
const UNTIL = {
  /** A message more stands there. */
  newMessage: 'articles() > before',
  /** A message was drawn again, or another place is shown. */
  changed: 'changes > 0',
  /** The demo stands there again after it was gone. */
  begun: "articles() > 0 && !document.querySelector('#messages .empty')",
  form: "document.querySelector('dialog').open",
  noForm: "!document.querySelector('dialog').open && articles() > before",
  completions: "document.querySelectorAll('#completions [role=option]').length > 0",
} as const;

type Action = [name: string, until: keyof typeof UNTIL, act: (page: Page) => Promise<unknown>];

const last = (page: Page) => page.locator('article.message').last().locator('.discord');
const press = (label: string | RegExp) => (page: Page) =>
  last(page).getByRole('button', { name: label }).first().click();
const send = (text: string) => async (page: Page) => {
  await page.locator('#say').fill(text);
  await page.keyboard.press('Enter');
};
const type = (text: string, key: string) => async (page: Page) => {
  await page.locator('#say').fill(text);
  await page.locator('#say').press(key);
};
const choose = (index: number) => (page: Page) =>
  page.locator('#speaker').selectOption({ index }, { force: true });
const place = (name: string | RegExp) => (page: Page) =>
  page.locator('#places').getByRole('button', { name }).first().click();

/** One round, each action where the one before it left the page. */
const ACTIONS: Action[] = [
  ['reset, to its first sign', 'changed', (page) => page.locator('#reset').click()],
  ['reset, to a new demo', 'begun', (page) => page.locator('#reset').click()],
  ['press Answer', 'newMessage', press('Answer')],
  ['press a wrong or right option', 'changed', press(/^(A|Enter number.*|Enter order)$/)],
  ['open a thread', 'changed', place(/^Daily question/)],
  ['back to the channel', 'changed', place('#daily')],
  ['speak as a colleague', 'changed', choose(1)],
  ['speak as myself', 'changed', choose(0)],
  ['complete a command', 'completions', type('/', 'v')],
  ['complete a model', 'completions', type('/vram model:llama', '-')],
  ['/leaderboard', 'newMessage', send('/leaderboard')],
  ['/search', 'newMessage', send('/search paged attention')],
  ['show a question', 'newMessage', press('Show 1')],
  ['show its answer', 'changed', press('Show solution')],
  ['/vram with its picture', 'newMessage', send('/vram llama-3.1-8b 4090')],
  ['show the steps', 'newMessage', press('Steps and assumptions')],
  ['/setup opens its form', 'form', send('/setup')],
  ['send the form', 'noForm', (page) => page.getByRole('button', { name: 'Submit' }).click()],
  ['/mock', 'newMessage', send('/mock 15 chapters:5')],
  ['open the interview', 'changed', place(/^Mock interview/)],
  ['press Begin', 'newMessage', press('Begin')],
  [
    'answer in words',
    'newMessage',
    send('Prefill is bound by compute, decode by memory bandwidth.'),
  ],
  ['grade it', 'newMessage', press('Go on')],
  ['/mock end with its report', 'newMessage', send('/mock end confirm:yes')],
  ['to the channel', 'changed', place('#daily')],
  ['jump to tomorrow', 'newMessage', (page) => page.locator('#tomorrow').click()],
];

/** Milliseconds from the first event of a gesture until what it led to is painted. */
const watch = (until: string) => `new Promise((resolve) => {
  const articles = () => document.querySelectorAll('article').length;
  const before = articles();
  let began;
  let changes = 0;
  const begin = ({ timeStamp }) => { began ??= timeStamp; };
  const kinds = ['keydown', 'pointerup', 'change'];
  for (const kind of kinds) addEventListener(kind, begin, { capture: true });
  const seen = new MutationObserver((list) => {
    if (began === undefined) return;
    changes += list.filter(({ target }) => target.id === 'messages').length;
    if (!(${until})) return;
    seen.disconnect();
    for (const kind of kinds) removeEventListener(kind, begin, { capture: true });
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
  });
  seen.observe(document.body, { childList: true, subtree: true, attributes: true });
  setTimeout(() => resolve(null), 10000);
})`;

const folder = mkdtempSync(join(tmpdir(), 'warmup-page-'));
await buildPage(folder);
const { catalog } = readCatalog();
const web = await startWeb({
  open: createPlayground({
    catalog,
    start: new Date('2026-11-26T09:00:00Z'),
    zone: 'UTC',
    locale: 'en-GB',
  }),
  draw: await createDraw(() => {}),
  page: folder,
  port: 0,
});
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

async function load(): Promise<{ page: Page; paint: number; shown: number }> {
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${web.url}/?view=developer&looks=both`);
  await page.locator('article').first().waitFor();
  const [paint, shown] = await page.evaluate<[number, number]>(
    `[performance.getEntriesByName('first-contentful-paint')[0].startTime, performance.now()]`,
  );
  return { page, paint, shown };
}

async function measure(page: Page, [name, until, act]: Action): Promise<number> {
  const watched = page.evaluate<number | null>(watch(UNTIL[until]));
  await act(page);
  const took = await watched;
  if (took === null) throw new Error(`"${name}" led to nothing`);
  // What follows by itself, such as a message to somebody, belongs to no later action.
  await page.waitForTimeout(60);
  return took;
}

const at = (list: readonly number[], share: number) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0;
const round = (value: number) => value.toFixed(0).padStart(5);

function tell(name: string, times: readonly number[], most: number): boolean {
  const isSlow = at(times, 0.5) > most;
  const row = [0.5, 0.95, 1].map((share) => round(at(times, share)));
  console.log(
    `${name.padEnd(30)} median ${row[0]}  p95 ${row[1]}  worst ${row[2]} ms${isSlow ? '  too slow' : ''}`,
  );
  return isSlow;
}

const loads: { paint: number; shown: number }[] = [];
for (let turn = 0; turn < 5; turn += 1) {
  const { page, paint, shown } = await load();
  loads.push({ paint, shown });
  await page.close();
}
let isSlow = tell(
  'first paint',
  loads.map(({ paint }) => paint),
  FIRST_PAINT_MS,
);
isSlow =
  tell(
    'first messages',
    loads.map(({ shown }) => shown),
    FIRST_PAINT_MS,
  ) || isSlow;

const { page } = await load();
const times = new Map(ACTIONS.map(([name]) => [name, [] as number[]]));
for (let turn = 0; turn < ROUNDS; turn += 1) {
  for (const action of ACTIONS) times.get(action[0])?.push(await measure(page, action));
  const said = await page.locator('#messages').textContent();
  if (said?.includes('Too many requests')) throw new Error('the quota was measured');
}
for (const [name, list] of times)
  isSlow = tell(name, list, BEGINS.has(name) ? FIRST_PAINT_MS : ACTION_MS) || isSlow;

await browser.close();
await web.stop();
rmSync(folder, { recursive: true });
if (isSlow) {
  console.log(`Too slow: a beginning may take ${FIRST_PAINT_MS} ms, an action ${ACTION_MS} ms.`);
  process.exitCode = 1;
}
