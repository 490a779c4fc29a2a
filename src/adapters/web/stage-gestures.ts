import { MORE } from '../../spine/button.ts';
import type { BotMessage, SentFile, ShownForm, ShownMessage, UserAction } from './protocol.ts';
import { isButton, isMenu } from './render/slack.ts';
import type { Session } from './session.ts';

/** What the last step of a play showed. */
export type Seen = { message: ShownMessage } | { form: ShownForm };

/** Who acts and where, and what they saw last. */
export type Scene = {
  speaker: string;
  place: string;
  seen?: Seen;
  asked?: BotMessage;
  file?: SentFile;
};

/** Ends a play, naming what cannot be done. */
export function fail(why: string): never {
  throw new Error(`The play stops: ${why}`);
}

/** `*` stands for whatever comes first. */
export const startsWith = (text: string, start: string) =>
  start === '*' || text.toLowerCase().startsWith(start.trim().toLowerCase());

/** What can be pressed or chosen in a message, as Slack is sent it. */
function slackParts({ payloads }: BotMessage): { type: string }[] {
  return payloads.slack.message.blocks.flatMap((block): { type: string }[] => {
    if (block.type === 'actions') return block.elements;
    return block.type === 'section' && block.accessory ? [block.accessory] : [];
  });
}

/** The press of a button whose label begins so. */
export function buttonOf(message: BotMessage, label: string): UserAction {
  const parts = slackParts(message);
  const button = parts
    .filter(isButton)
    .find(({ text, value }) => value && startsWith(text.text, label));
  if (button?.value) return { kind: 'press', look: 'slack', id: button.value };
  const more = parts.filter(isMenu).find(({ placeholder }) => placeholder?.text === MORE.label);
  const folded = more?.options?.find(({ text }) => startsWith(text.text, label));
  return folded?.value
    ? { kind: 'press', look: 'slack', id: more?.action_id ?? '', values: [folded.value] }
    : fail(`there is no button "${label}"`);
}

/** The choice of these options, with commas between, in a menu. */
export function choiceOf(message: BotMessage, labels: string): UserAction {
  const [menu] = slackParts(message).filter(isMenu);
  const values = labels.split(',').map((label) => {
    const option = menu?.options?.find(({ text }) => startsWith(text.text, label));
    return option?.value ?? fail(`there is no choice "${label}"`);
  });
  return { kind: 'press', look: 'slack', id: menu?.action_id ?? '', values };
}

/** A file of the typed name and content. */
export function fileOf(typed: string): SentFile {
  const [name = '', ...content] = typed.split(' ');
  return { name, base64: Buffer.from(content.join(' ')).toString('base64') };
}

/** A form as it is sent: what stood in it, and what was typed over it. */
export function filled(seen: Seen | undefined, pairs: string): UserAction {
  if (!seen || !('form' in seen)) return fail('no form was seen');
  const { id, discord } = seen.form;
  const typed = pairs
    .split(/;\s*/)
    .filter(Boolean)
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const);
  const values = { ...prefilled(discord.modal), ...Object.fromEntries(typed) };
  return { kind: 'form', id, values, files: {} };
}

/** The texts with which a modal begins, by the names of its fields. */
function prefilled({ components }: ShownForm['discord']['modal']): Record<string, string> {
  const values: Record<string, string> = {};
  for (const part of components) {
    if (!('component' in part)) continue;
    const { component } = part;
    const name = component.custom_id.replace(/^[^:]*:/, '');
    if ('value' in component && component.value) values[name] = component.value;
  }
  return values;
}

/** The message whose button opened the form that was seen, where one did. */
export function formMessage(seen: Seen | undefined): string | undefined {
  return seen && 'form' in seen ? seen.form.message : undefined;
}

/** A message action, and the newest message of a person here to use it on. */
export function actionOn(session: Session, { place }: Scene, title: string): [UserAction, string] {
  const command = session.snapshot().commands.find(({ action }) => action === title);
  const written = session
    .messages()
    .findLast((each) => each.by === 'person' && each.place === place);
  if (!command || !written) return fail(`cannot use "${title}"`);
  return [{ kind: 'action', command: command.name }, written.id];
}
