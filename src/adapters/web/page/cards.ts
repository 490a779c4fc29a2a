import type { FormPayloads, Look, Payloads, Size } from '../protocol.ts';
import { bytesText, drawDiscord } from '../render/discord.ts';
import { drawDiscordForm } from '../render/discord-form.ts';
import type { Directory } from '../render/form.ts';
import { drawSlack } from '../render/slack.ts';
import { drawSlackForm } from '../render/slack-form.ts';
import { draw, styled, type Tree } from '../render/tree.ts';

/** What stands around a drawn message. */
export type Frame = { at: number; only?: string; isEdited?: boolean };

/** The looks in which every message is drawn, from left to right. */
export const LOOKS: readonly Look[] = ['discord', 'slack'];

const NAMES: Record<Look, string> = { discord: 'Discord', slack: 'Slack' };

/** A message as one platform draws it. */
export function drawCard(look: Look, payloads: Payloads, frame: Frame): Tree {
  const body =
    look === 'discord'
      ? withNames(drawDiscord(payloads.discord), namesIn(payloads.slack))
      : drawSlack(payloads.slack.message.blocks);
  return drawFrame(look, frame, body);
}

/** What buttons are called aloud, by their ids: Slack is told, and Discord has no field for it. */
function namesIn({ message }: Payloads['slack']): Map<string, string> {
  return new Map(
    message.blocks
      .flatMap((block) => (block.type === 'actions' ? block.elements : []))
      .flatMap((part) =>
        part.type === 'button' && part.value && part.accessibility_label
          ? [[part.value, part.accessibility_label]]
          : [],
      ),
  );
}

function withNames(tree: Tree, names: ReadonlyMap<string, string>): Tree {
  if (typeof tree === 'string' || names.size === 0) return tree;
  const name = names.get(String(tree.attributes['data-press']));
  return {
    ...tree,
    attributes: { ...tree.attributes, ...(name ? { 'aria-label': name } : {}) },
    children: tree.children.map((child) => withNames(child, names)),
  };
}

function drawFrame(look: Look, frame: Frame, body: Tree): Tree {
  return draw(
    'div',
    { class: `card ${look}`, 'data-look': look, role: 'group', 'aria-label': NAMES[look] },
    styled('p', 'card-name', NAMES[look]),
    styled(
      'div',
      'card-message',
      ...(look === 'slack' ? onlyYou(look, frame) : []),
      draw('span', { class: 'avatar', 'aria-hidden': 'true' }, 'W'),
      styled('div', 'card-content', head(look, frame), body, ...editedAndOnly(look, frame)),
    ),
  );
}

function head(look: Look, { at }: Frame): Tree {
  return styled(
    'p',
    'card-head',
    styled('span', 'card-author', 'Warmup'),
    ' ',
    styled('span', 'app-tag', 'APP'),
    ' ',
    draw(
      'time',
      {
        class: 'card-time',
        'data-unix': String(at),
        'data-show': look === 'slack' ? '{time}' : 't',
      },
      '',
    ),
  );
}

function editedAndOnly(look: Look, frame: Frame): Tree[] {
  const edited = frame.isEdited ? [styled('p', 'edited', '(edited)')] : [];
  return [...edited, ...(look === 'discord' ? onlyYou(look, frame) : [])];
}

function onlyYou(look: Look, { only }: Frame): Tree[] {
  if (only === undefined) return [];
  const who = only === 'You' ? 'you' : only;
  const words = look === 'discord' ? `Only ${who} can see this message` : `Only visible to ${who}`;
  return [styled('p', 'only', words)];
}

/** A form that was refused, as one platform tells it: Discord in a message, Slack in the window. */
export function drawRefusal(
  look: Look,
  payloads: FormPayloads,
  { at, directory }: { at: number; directory: Directory },
): Tree {
  const { refusal } = payloads.discord;
  if (look === 'slack' || !refusal) return drawForm(look, payloads, directory);
  return drawFrame(look, { at, only: 'you' }, drawDiscord({ body: refusal, files: [], sizes: [] }));
}

/** A form as one platform draws it. */
export function drawForm(look: Look, payloads: FormPayloads, directory: Directory): Tree {
  const form =
    look === 'discord'
      ? drawDiscordForm(payloads.discord.modal, directory)
      : drawSlackForm(payloads.slack.view, directory);
  return draw(
    'div',
    {
      class: `card ${look} card-form`,
      'data-look': look,
      role: 'group',
      'aria-label': NAMES[look],
    },
    styled('p', 'card-name', NAMES[look]),
    form,
  );
}

/** What is under a message: sizes against the limits, the fallback text and the payloads. */
export function drawDetails({ discord, slack }: Payloads): Tree {
  const pictures = discord.body.attachments.flatMap(({ description }) => description ?? []);
  return styled(
    'div',
    'details',
    styled('h4', '', 'Size and limits'),
    styled('div', 'pair', sizes('discord', discord.sizes), sizes('slack', slack.sizes)),
    styled('h4', '', 'Text for notifications and screen readers'),
    styled(
      'div',
      'pair',
      code(
        pictures.length > 0
          ? `Discord reads the components aloud. Picture descriptions:\n${pictures.join('\n')}`
          : 'Discord reads the components aloud and accepts no other text.',
        'What Discord reads',
      ),
      code(slack.message.text, 'What Slack reads'),
    ),
    styled('h4', '', 'Payload'),
    styled(
      'div',
      'pair',
      code(JSON.stringify(discord.body, null, 2), "Discord's payload"),
      code(JSON.stringify(slack.message, null, 2), "Slack's payload"),
    ),
  );
}

/** The same for a form. */
export function drawFormDetails({ discord, slack }: FormPayloads): Tree {
  return styled(
    'div',
    'details',
    styled('h4', '', 'Size and limits'),
    styled('div', 'pair', sizes('discord', discord.sizes), sizes('slack', slack.sizes)),
    styled('h4', '', 'Payload'),
    styled(
      'div',
      'pair',
      code(JSON.stringify(discord.modal, null, 2), "Discord's payload"),
      code(JSON.stringify(slack.view, null, 2), "Slack's payload"),
    ),
  );
}

function code(text: string, label: string): Tree {
  return draw('pre', { tabindex: '0', role: 'group', 'aria-label': label }, text);
}

function sizes(look: Look, list: readonly Size[]): Tree {
  return draw(
    'table',
    { class: 'sizes' },
    draw('caption', {}, NAMES[look]),
    draw(
      'tbody',
      {},
      ...list.map(({ what, value, max }) =>
        draw(
          'tr',
          max !== undefined && value > max ? { class: 'over' } : {},
          draw('th', { scope: 'row' }, what),
          draw('td', {}, sizeText({ what, value, ...(max === undefined ? {} : { max }) })),
        ),
      ),
    ),
  );
}

function sizeText({ what, value, max }: Size): string {
  const show = (each: number) => (/bytes/.test(what) ? bytesText(each) : each.toLocaleString('en'));
  if (max === undefined) return show(value);
  return `${show(value)} of ${show(max)}${value > max ? ': over the limit' : ''}`;
}
