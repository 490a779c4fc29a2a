const COMPONENTS = 'https://docs.discord.com/developers/components/reference';
const COMMANDS = 'https://docs.discord.com/developers/interactions/application-commands';
const MESSAGES = 'https://docs.discord.com/developers/resources/message';
const CHANNELS = 'https://docs.discord.com/developers/resources/channel';
const INTERACTIONS = 'https://docs.discord.com/developers/interactions/receiving-and-responding';
const REFERENCE = 'https://docs.discord.com/developers/reference';

/** What Discord allows, each with the page that says so. */
export const LIMITS = {
  /** All components of a message together, nested ones included. */
  components: { max: 40, page: COMPONENTS },
  /** Characters of all Text Displays of a message together. */
  messageText: { max: 4000, page: COMPONENTS },
  rowButtons: { max: 5, page: COMPONENTS },
  customId: { max: 100, page: COMPONENTS },
  buttonLabel: { max: 80, page: COMPONENTS },
  selectOptions: { max: 25, page: COMPONENTS },
  selectPlaceholder: { max: 150, page: COMPONENTS },
  optionLabel: { max: 100, page: COMPONENTS },
  optionValue: { max: 100, page: COMPONENTS },
  optionDescription: { max: 100, page: COMPONENTS },
  mediaDescription: { max: 1024, page: COMPONENTS },
  modalTitle: { max: 45, page: INTERACTIONS },
  modalFields: { max: 5, page: INTERACTIONS },
  fieldLabel: { max: 45, page: COMPONENTS },
  fieldDescription: { max: 100, page: COMPONENTS },
  fieldText: { max: 4000, page: COMPONENTS },
  commandName: { max: 32, page: COMMANDS },
  commandDescription: { max: 100, page: COMMANDS },
  commandOptions: { max: 25, page: COMMANDS },
  commandChoices: { max: 25, page: COMMANDS },
  /** Name, description and value of a command, its options and choices together. */
  commandText: { max: 8000, page: COMMANDS },
  chatCommands: { max: 100, page: COMMANDS },
  messageCommands: { max: 15, page: COMMANDS },
  suggestions: { max: 25, page: INTERACTIONS },
  nonce: { max: 25, page: MESSAGES },
  attachments: { max: 10, page: MESSAGES },
  fileBytes: { max: 10 * 1024 * 1024, page: REFERENCE },
  threadName: { max: 100, page: CHANNELS },
  firstReplyMs: { max: 3000, page: INTERACTIONS },
  tokenMs: { max: 15 * 60_000, page: INTERACTIONS },
} as const;

/** Columns of a code block that stay on one line in a card on a phone of 360 pixels: a careful guess. */
export const PHONE_COLUMNS = 30;

/** Component types by name. @see https://docs.discord.com/developers/components/reference */
export const COMPONENT = {
  actionRow: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  channelSelect: 8,
  textDisplay: 10,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
} as const;

/** Message flags by name. @see https://docs.discord.com/developers/resources/message */
export const FLAG = { ephemeral: 1 << 6, componentsV2: 1 << 15 } as const;

/** Cuts a plain label at a word so that it fits; the ellipsis counts. */
export function cutLabel(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max - 1);
  const space = head.lastIndexOf(' ');
  const kept = space > max / 2 ? head.slice(0, space) : head.replace(/[\uD800-\uDBFF]$/, '');
  return `${kept.trimEnd()}…`;
}
