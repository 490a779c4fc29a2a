import type { BlockAction, MessageShortcut, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import { chosenInput } from '../../spine/button.ts';
import type { Command } from '../../spine/command.ts';
import type { Place, Request, RequestInput } from '../../spine/request.ts';
import { readSelectActionId } from './blocks.ts';
import { formValues } from './form.ts';
import type { FormMetadata } from './origin.ts';
import type { Profile } from './people.ts';
import { readTypedText } from './typed-text.ts';

/** The workspace in which the app is installed. */
export type Team = { id: string; name: string };

/** The slash command that takes any command of ours. */
export const ROOT_COMMAND = '/warmup';

/** One request as the machine wants it. */
export function slackRequest({
  team,
  user,
  profile,
  place,
  message,
  delivery,
  said,
}: {
  team: Team;
  user: string;
  profile: Profile;
  place: Place;
  message?: string | undefined;
  delivery: string;
  said: RequestInput;
}): Request {
  const { name, isAdmin, zone, locale } = profile;
  return {
    delivery,
    platform: 'slack',
    workspace: `slack:${team.id}`,
    workspaceName: team.name,
    account: accountIn(team, user),
    accountName: name,
    isAdmin,
    place,
    ...(message === undefined ? {} : { message }),
    ...(zone === undefined ? {} : { zone }),
    ...(locale === undefined ? {} : { locale }),
    said,
  };
}

/** The account of a user of the workspace. */
export const accountIn = (team: Team, user: string) => `slack:${team.id}/${user}`;

/** `/warmup vram llama` and `/vram llama` are the same words; `/warmup` alone asks for help. */
export function commandInput({ command, text }: SlashCommand, team: Team): RequestInput {
  const typed = readTypedText(text, team.id).trim();
  const first = command === ROOT_COMMAND ? '' : command.slice(1);
  return { kind: 'text', text: [first, typed].filter(Boolean).join(' ') || 'help' };
}

/** A button or a select; undefined for an element that only holds a choice until it is sent. */
export function actionInput(body: BlockAction): RequestInput | undefined {
  const [action] = body.actions;
  if (!action) return undefined;
  const { action_id: id } = action;
  if (id.startsWith(SEND)) return sentChoices(body, id.slice(SEND.length));
  const select = readSelectActionId(id);
  if (action.type === 'static_select' && select) {
    const { value } = action.selected_option;
    return chosenInput(select.id, { [select.option]: value });
  }
  if (action.type === 'button' && action.value) return { kind: 'button', id: action.value };
  return undefined;
}

/** How the button under a multi-select begins. */
const SEND = 'send|';

function sentChoices(body: BlockAction, menu: string): RequestInput | undefined {
  const select = readSelectActionId(menu);
  if (!select) return undefined;
  const state = body.state ?? body.view?.state;
  const chosen = Object.values(state?.values ?? {}).flatMap(
    (inputs) => inputs[menu]?.selected_options?.map(({ value }) => value) ?? [],
  );
  // Nothing chosen: the command asks for what is missing.
  const values = chosen.length > 0 ? { [select.option]: chosen.join(',') } : {};
  return { kind: 'button', id: select.id, values };
}

/** A sent form. */
export function formInput(
  { view }: ViewSubmitAction,
  { form }: FormMetadata,
  team: Team,
): RequestInput {
  return { kind: 'form', id: form, values: formValues(view.state.values, team.id) };
}

/** A message action with the text of the message; undefined when no command has it. */
export function shortcutInput(
  { callback_id, message }: MessageShortcut,
  commands: readonly Command[],
  team: Team,
): RequestInput | undefined {
  const command = commands.find(({ name }) => name === callback_id);
  if (!command?.message) return undefined;
  const text = readTypedText(message.text ?? '', team.id);
  // A webhook's message has no user.
  const author = message.user ? accountIn(team, message.user) : undefined;
  return { kind: 'action', command: command.name, text, author };
}

/** Words in a thread or a direct message; with a mention of the app, which is left out, they are said to it. */
export function messageInput(
  { text, ts, isDirect }: { text: string; ts: string; isDirect: boolean },
  { team, botUser }: { team: Team; botUser: string },
): RequestInput {
  const mention = new RegExp(`<@${botUser}(\\|[^>]*)?>`, 'g');
  const typed = readTypedText(text.replaceAll(mention, ' '), team.id).trim();
  const isForBot = typed !== '' && (isDirect || mention.test(text));
  return { kind: 'words', text: typed, message: ts, ...(isForBot ? { isForBot } : {}) };
}
