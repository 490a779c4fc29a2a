import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { present as presentDiscord } from '../src/adapters/discord/present.ts';
import { presentMessage } from '../src/adapters/slack/present.ts';
import { present as presentTerminal } from '../src/adapters/terminal/present.ts';
import { createApp } from '../src/app.ts';
import { readCatalog } from '../src/catalog.ts';
import { movableClock } from '../src/demo/demo.ts';
import { createDraw } from '../src/pictures/png.ts';
import type { Chart, Reply } from '../src/spine/reply.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { discordMarkdown, slackMarkdown } from './docs/example-markdown.ts';

/**
 * Draws the example charts in both themes and writes the example answers into the document.
 *
 *     npm run lab draw-examples             writes docs/pictures/*.png and docs/estimates.md
 *     npm run lab draw-examples -- --check  says whether the document is up to date
 */
const DOCUMENT = new URL('../docs/estimates.md', import.meta.url);
const PICTURES = new URL('../docs/pictures/', import.meta.url);

const ESTIMATE = 'vram llama-3.1-8b 4090';

const PICTURED = [
  ['memory', ESTIMATE],
  ['sweep', `${ESTIMATE} show:sweep`],
  ['compare', 'compare llama-3.1-8b qwen3-8b 4090'],
  ['latency', 'latency llama-3.1-8b 4090'],
  ['qlora', 'vram llama-3.3-70b 2x4090 for:qlora'],
  ['speculate', 'speculate llama-3.3-70b llama-3.2-1b'],
] as const;

/** The bot alone, in a database of its own. */
function createAsk() {
  const { store, close } = openSqlite(':memory:');
  let ids = 0;
  const { bot } = createApp({
    store,
    catalog: readCatalog().catalog,
    clock: movableClock(new Date('2026-03-02T09:00:00Z')),
    emit: () => {},
    newId: () => `id-${ids++}`,
  });
  const ask = async (text: string): Promise<Reply> => {
    const step = await bot.prepare({
      platform: 'terminal',
      workspace: 'terminal:example',
      account: 'terminal:you',
      accountName: 'You',
      isAdmin: false,
      place: { channel: 'example', kind: 'channel' },
      locale: 'en-GB',
      said: { kind: 'text', text },
    });
    if (step.kind !== 'run') throw new Error(`"${text}" gave no answer`);
    return step.run();
  };
  return { ask, close };
}

function chartOf(reply: Reply): Chart {
  for (const block of reply.blocks) if (block.kind === 'chart') return block.chart;
  throw new Error(`"${reply.title}" has no chart`);
}

async function drawAll(ask: (text: string) => Promise<Reply>): Promise<void> {
  const draw = await createDraw((error) => {
    throw error;
  });
  mkdirSync(PICTURES, { recursive: true });
  for (const [name, line] of PICTURED) {
    const chart = chartOf(await ask(line));
    for (const theme of ['light', 'dark'] as const) {
      const png = await draw(chart, theme);
      if (png) writeFileSync(new URL(`${name}-${theme}.png`, PICTURES), png);
    }
  }
}

function between(text: string, name: string, inside: string): string {
  const [from, to] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(from), text.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`the document lacks ${from} and ${to}`);
  return `${text.slice(0, start + from.length)}\n\n${inside}\n\n${text.slice(end)}`;
}

function fenced(lines: readonly string[]): string {
  return ['```text', ...lines.map((line) => line.trimEnd()), '```'].join('\n');
}

async function document(ask: (text: string) => Promise<Reply>, before: string): Promise<string> {
  const reply = await ask(ESTIMATE);
  const look = { isColorful: false, zone: 'UTC', locale: 'en-GB' };
  const inTerminal = (shown: Reply) => presentTerminal(shown, look).lines;
  const parts: [string, string][] = [
    ['terminal', fenced([`$ npm start -- ${ESTIMATE}`, '', ...inTerminal(reply)])],
    ['discord', discordMarkdown(presentDiscord(reply))],
    ['slack', slackMarkdown(presentMessage(reply))],
    ['steps', fenced(inTerminal(await ask(`${ESTIMATE} show:steps`)))],
    ['data', fenced([`$ npm start -- ${ESTIMATE} --json`, '', shortened(reply.data)])],
  ];
  return parts.reduce((text, [name, inside]) => between(text, name, inside), before);
}

/** The first of the steps stands for all of them. */
function shortened(data: unknown): string {
  const text = JSON.stringify(
    data,
    (key, value: unknown) => (key === 'steps' && Array.isArray(value) ? value.slice(0, 1) : value),
    2,
  );
  return text;
}

const { ask, close } = createAsk();
const before = readFileSync(DOCUMENT, 'utf8');
const after = await document(ask, before);
if (process.argv.includes('--check')) {
  if (after !== before) {
    process.stderr.write('docs/estimates.md is out of date: npm run lab draw-examples\n');
    process.exitCode = 1;
  }
} else {
  await drawAll(ask);
  writeFileSync(DOCUMENT, after);
  process.stdout.write(
    `${PICTURED.length} charts drawn in two themes, docs/estimates.md written.\n`,
  );
}
close();
