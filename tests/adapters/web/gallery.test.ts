import { ComponentType } from 'discord-api-types/v10';
import { beforeAll, expect, test } from 'vitest';
import { ESTIMATES } from '../../../lab/gallery/estimates.ts';
import { GALLERY } from '../../../lab/gallery/index.ts';
import { MEMORY } from '../../../lab/gallery/memory.ts';
import { present } from '../../../src/adapters/discord/present.ts';
import type { ShownView } from '../../../src/adapters/web/protocol.ts';
import { drawDiscord } from '../../../src/adapters/web/render/discord.ts';
import { fallbackWords } from '../../../src/adapters/web/render/slack.ts';
import { textContent } from '../../../src/adapters/web/render/tree.ts';
import { COMMANDS } from '../../../src/commands.ts';
import { questionSchema } from '../../../src/core/questions/schema.ts';
import { plain, type Reply } from '../../../src/spine/reply.ts';
// In the same file, for the gallery takes long to play: every command that it names is entered.
import '../../scenarios/named-commands.ts';
import { walk } from '../../support/discord/rules.ts';
import { type PlayedGallery, playedGallery } from '../../support/gallery-replies.ts';

let views: PlayedGallery['views'];
let stopped: string[];
let ran: PlayedGallery['ran'];
let said: PlayedGallery['said'];

beforeAll(async () => {
  ({ views, stopped, ran, said } = await playedGallery());
}, 300_000);

/** All words of a view, also those that the fallback text leaves out. */
function words(view: ShownView): string {
  if ('form' in view) return view.form.discord.modal.title;
  const { message } = view;
  if (message.by !== 'bot') return message.text;
  const { discord, slack } = message.payloads;
  return [fallbackWords(slack.message.text), textContent(drawDiscord(discord))].join('\n');
}

/** A message's text without its controls and pictures, as Discord is sent it; a verdict's has a color. */
function discordText(view: ShownView) {
  if ('form' in view || view.message.by !== 'bot') return undefined;
  const [card] = view.message.payloads.discord.body.components;
  if (card?.type !== ComponentType.Container) return undefined;
  const text = card.components
    .flatMap((part) => (part.type === ComponentType.TextDisplay ? [part.content] : []))
    .join('\n');
  const controls = card.components.flatMap((part) =>
    part.type === ComponentType.ActionRow ? part.components : [],
  ).length;
  return { isResult: card.accent_color !== undefined, text, chars: text.length, controls };
}

test('every entry can be played', () => {
  expect(stopped).toEqual([]);
  expect(new Set(GALLERY.map(({ id }) => id)).size).toBe(GALLERY.length);
});

test('every button of a view is written in the one format', () => {
  const ids = [...views.values()].flatMap(
    (view) => JSON.stringify(view).match(/(?<="(?:value|custom_id)":")\d[:#][^"]*/g) ?? [],
  );

  expect(ids.length).toBeGreaterThan(1000);
  expect(ids.filter((id) => !id.startsWith('1'))).toEqual([]);
});

test('every command has a view', () => {
  const shown = new Set(GALLERY.map(({ command }) => command));

  expect(
    COMMANDS.map(({ name }) => name).filter((name) => !shown.has(name)),
    'add a line in lab/gallery/ for each of these commands',
  ).toEqual([]);
});

test('every variant of a command has a view', () => {
  const missing = COMMANDS.flatMap(({ name, options: [first] }) =>
    (first?.kind === 'enum' ? (first.choices ?? []) : [])
      .filter((choice) => !ran.get(name)?.some((input) => input[first?.name ?? ''] === choice))
      .map((choice) => `${name} ${first?.name}:${choice}`),
  );

  expect(missing, 'add a line in lab/gallery/ for each of these').toEqual([]);
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

/** What fits one screen of a phone: characters beside the controls, and controls. */
const RESULT = { chars: 600, controls: 5 };

test('every result of an answer fits one screen of a phone, its verdict first', () => {
  const results = [...views.values()].flatMap((view) => {
    const shown = discordText(view);
    return shown?.isResult ? [{ id: view.id, ...shown }] : [];
  });

  expect(results.length).toBeGreaterThan(10);
  expect(results.filter((each) => each.chars > RESULT.chars)).toEqual([]);
  expect(results.filter((each) => each.controls > RESULT.controls)).toEqual([]);
  expect(results.filter((each) => !/^### [✓◐✗] /.test(each.text))).toEqual([]);
});

test('a report says at most 800 characters', () => {
  const reports = [...views.values()].flatMap((view) => {
    const shown = discordText(view);
    return shown && /^mock-end/.test(view.id) ? [{ id: view.id, ...shown }] : [];
  });

  expect(reports.length).toBeGreaterThan(1);
  expect(reports.filter(({ chars }) => chars > 800)).toEqual([]);
});

test('nothing that is said on the way to a view has more than five controls', () => {
  const controls = ({ blocks }: Reply) =>
    walk(present({ blocks }).body.components, []).filter(({ component }) =>
      [2, 3].includes(Number(component.type)),
    ).length;
  const crowded = said.flatMap(({ view, replies }) =>
    replies
      .filter((reply) => controls(reply) > RESULT.controls)
      .map(({ title }) => `${view}: ${title}`),
  );

  expect(crowded).toEqual([]);
});

/** Steps are what an estimate leaves out; the others are lists, and a plan has no steps to put its assumptions in. */
const LONGER = /-steps$|^(plan|fit|models|gpus|compare|deployment)-/;

test('every estimate says at most 400 characters above its picture, and 8 rows', () => {
  const estimates = new Set(ESTIMATES.concat(MEMORY).map(({ id }) => id));
  const long = said.flatMap(({ view, replies }) => {
    const { title = '', blocks = [] } = replies.at(-1) ?? {};
    const picture = blocks.findIndex(({ kind }) => kind === 'chart');
    const above = picture === -1 ? blocks : blocks.slice(0, picture);
    const texts = above.flatMap((block) => ('text' in block ? [plain(block.text)] : []));
    const rows = above.flatMap((block) => (block.kind === 'table' ? block.rows : [])).length;
    const chars = [title, ...texts].join('\n').length;
    const isLong = chars > 400 || rows > 8;
    return estimates.has(view) && isLong && !LONGER.test(view) ? [{ view, chars, rows }] : [];
  });

  expect(estimates.size).toBeGreaterThan(50);
  expect(long).toEqual([]);
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
