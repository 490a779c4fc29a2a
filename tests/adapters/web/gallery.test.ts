import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Entry } from '../../../src/adapters/web/gallery/entry.ts';
import { GALLERY } from '../../../src/adapters/web/gallery/index.ts';
import { createGallery, GALLERY_DAY } from '../../../src/adapters/web/gallery/player.ts';
import type { ShownView } from '../../../src/adapters/web/protocol.ts';
import { drawDiscord } from '../../../src/adapters/web/render/discord.ts';
import { fallbackWords } from '../../../src/adapters/web/render/slack.ts';
import { textContent } from '../../../src/adapters/web/render/tree.ts';
import type { Command } from '../../../src/bot/command.ts';
import { readCatalog } from '../../../src/catalog.ts';
import { COMMANDS } from '../../../src/commands/index.ts';
import { questionSchema } from '../../../src/core/questions/schema.ts';
import { createPlayground } from '../../../src/demo/playground.ts';
import { isSaid, saidTexts } from '../../support/said-texts.ts';

/** Inputs with which each command ran while the gallery was played. */
const ran = new Map<string, Record<string, unknown>[]>();
const watched = COMMANDS.map(
  (command): Command => ({
    ...command,
    run(input, context) {
      ran.set(command.name, [...(ran.get(command.name) ?? []), input as Record<string, unknown>]);
      return command.run(input, context);
    },
  }),
);

const gallery = createGallery({
  open: createPlayground({
    catalog: readCatalog().catalog,
    start: GALLERY_DAY,
    zone: 'UTC',
    locale: 'en-GB',
    commands: watched,
  }),
  draw: async () => undefined,
});
const views = new Map<Entry, ShownView>();
const stopped: string[] = [];

beforeAll(async () => {
  for (const entry of GALLERY) {
    try {
      const view = await gallery.view(entry.id);
      if (view) views.set(entry, view);
    } catch (error) {
      stopped.push(`${entry.id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}, 300_000);
afterAll(() => gallery.stop());

/** All words of a view, also those that the fallback text leaves out. */
function words(view: ShownView): string {
  if ('form' in view) return view.form.discord.modal.title;
  const { message } = view;
  if (message.by !== 'bot') return message.text;
  const { discord, slack } = message.payloads;
  return [fallbackWords(slack.message.text), textContent(drawDiscord(discord))].join('\n');
}

test('every entry can be played', () => {
  expect(stopped).toEqual([]);
  expect(new Set(GALLERY.map(({ id }) => id)).size).toBe(GALLERY.length);
});

test('every button of a view is a command with values by name', () => {
  const ids = [...views.values()].flatMap(
    (view) => JSON.stringify(view).match(/(?<="(?:value|custom_id)":")[12][:#][^"]*/g) ?? [],
  );

  expect(ids.length).toBeGreaterThan(1000);
  expect(ids.filter((id) => !id.startsWith('2'))).toEqual([]);
});

test('every command has a view', () => {
  const shown = new Set(GALLERY.map(({ command }) => command));

  expect(
    COMMANDS.map(({ name }) => name).filter((name) => !shown.has(name)),
    'add a line in src/adapters/web/gallery/ for each of these commands',
  ).toEqual([]);
});

test('every variant of a command has a view', () => {
  const missing = COMMANDS.flatMap(({ name, options: [first] }) =>
    (first?.kind === 'enum' ? (first.choices ?? []) : [])
      .filter((choice) => !ran.get(name)?.some((input) => input[first?.name ?? ''] === choice))
      .map((choice) => `${name} ${first?.name}:${choice}`),
  );

  expect(missing, 'add a line in src/adapters/web/gallery/ for each of these').toEqual([]);
});

test('every title, sentence and error that the source says has a view', () => {
  const shown = [...views.values()].map(words);
  const missing = saidTexts()
    .filter((said) => !shown.some((words) => isSaid(said, words)))
    .map(({ where, text }) => `${where}  ${text}`);

  expect(missing, 'add a line in src/adapters/web/gallery/ for each of these').toEqual([]);
});

test('a view of words that no play can provoke shows words that the source says', () => {
  const said = saidTexts();
  const stale = [...views]
    .filter(([{ steps }]) => steps.some((step) => step.startsWith('says ')))
    .filter(([, view]) => !said.some((each) => isSaid(each, words(view))))
    .map(([{ id }]) => id);

  expect(stale).toEqual([]);
});

test.each([
  ['peer-here-away', "I'll wait another 15 minutes"],
  ['peer-accept-doubtful', "I won't send it twice"],
])('a card that only a fault brings about is shown whole: %s', async (id, said) => {
  const view = await gallery.view(id);

  expect(view && words(view)).toContain(said);
});

test('a view that is taken away is missed', () => {
  const shown = [...views].map(([{ id }, view]) => ({ id, words: words(view) }));
  const missedWithout = (id: string) =>
    saidTexts().filter((said) => {
      const by = shown.filter(({ words }) => isSaid(said, words));
      return by.length === 1 && by[0]?.id === id;
    }).length;

  for (const id of [
    'fit-no-model',
    'daily-no-history',
    'me-zone-unknown',
    'any-database',
    'vram-split',
  ])
    expect(missedWithout(id), id).toBeGreaterThan(0);
});

test('every question format has a view', () => {
  const formats = questionSchema.options.map(({ shape }) => shape.format.value);
  const shown = new Set(
    GALLERY.filter(({ command }) => command === 'question show').map(
      ({ setting }) => setting?.format,
    ),
  );

  expect(formats.filter((format) => !shown.has(format))).toEqual([]);
});

test('no view is an accident', () => {
  const failed = [...views]
    .filter(([{ id }, view]) => id !== 'any-failed' && words(view).includes('Something went wrong'))
    .map(([{ id }]) => id);

  expect(failed).toEqual([]);
});

test('no view is over a limit of its platform', () => {
  const over = [...views.values()].flatMap((view) => {
    const shown =
      'form' in view ? view.form : view.message.by === 'bot' ? view.message.payloads : undefined;
    return [...(shown?.discord.sizes ?? []), ...(shown?.slack.sizes ?? [])]
      .filter(({ value, max }) => max !== undefined && value > max)
      .map(({ what, value, max }) => `${view.id}: ${value} of ${max} ${what}`);
  });

  expect(over).toEqual([]);
});
