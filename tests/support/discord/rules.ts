import type { BodyProblem } from './schemas.ts';

/** A JSON object as it came over the wire: the names that matter here, of unknown kind. */
export type Json = { [key: string]: unknown } & { [name in Known]?: unknown };

type Known =
  | 'accessory'
  | 'attachments'
  | 'autocomplete'
  | 'choices'
  | 'component'
  | 'components'
  | 'content'
  | 'custom_id'
  | 'data'
  | 'default'
  | 'default_values'
  | 'description'
  | 'enforce_nonce'
  | 'file'
  | 'filename'
  | 'flags'
  | 'id'
  | 'items'
  | 'label'
  | 'max_length'
  | 'max_values'
  | 'media'
  | 'min_length'
  | 'min_values'
  | 'name'
  | 'nonce'
  | 'options'
  | 'placeholder'
  | 'recipient_id'
  | 'required'
  | 'text'
  | 'title'
  | 'type'
  | 'url'
  | 'value';

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Message flags. @see https://docs.discord.com/developers/resources/message#message-object-message-flags */
export const EPHEMERAL = 64;
export const V2 = 1 << 15;

type Found = { component: Json; path: PropertyKey[] };

/** A component and all those inside it. */
export function walk(components: unknown, path: PropertyKey[]): Found[] {
  return list(components).flatMap((component, at) => {
    if (!isObject(component)) return [];
    const here = [...path, at];
    const alone = ['accessory', 'component'].flatMap((key) =>
      walk(component[key] ? [component[key]] : [], [...here, key]),
    );
    return [
      { component, path: here },
      ...walk(component.components, [...here, 'components']),
      ...alone,
    ];
  });
}

/** What the documentation forbids in a message and the schemas let pass. */
export function messageProblems(body: Json, at: MessageRules): BodyProblem[] {
  const flags = typeof body.flags === 'number' ? body.flags : 0;
  const isV2 = (flags & V2) !== 0 || at.wasV2 === true;
  const found = walk(body.components, [...at.path, 'components']);
  return [
    ...flagProblems(flags, at),
    ...(isV2
      ? v2Problems(body, found, at)
      : [{ path: at.path, message: 'needs the flag IS_COMPONENTS_V2' }]),
    ...componentProblems(found),
    ...fileProblems(body, found, at),
  ];
}

/** How a body is judged: where in the request it stands and what came with it. */
export type MessageRules = {
  path: PropertyKey[];
  /** Names of the files that were uploaded with it. */
  files: readonly string[];
  /** The message that is edited has the flag already, for good. */
  wasV2?: boolean;
  isEdit?: boolean;
  mayBeEphemeral?: boolean;
};

function flagProblems(
  flags: number,
  { path, isEdit, mayBeEphemeral }: MessageRules,
): BodyProblem[] {
  // SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS (new messages) and what the place allows.
  const allowed = 4 | V2 | (isEdit ? 0 : 4096) | (mayBeEphemeral ? EPHEMERAL : 0);
  return (flags & ~allowed) === 0
    ? []
    : [{ path: [...path, 'flags'], message: 'flags that may not be set here' }];
}

function v2Problems(body: Json, found: Found[], { path, isEdit }: MessageRules): BodyProblem[] {
  const problems: BodyProblem[] = [];
  for (const key of ['content', 'embeds', 'poll', 'sticker_ids']) {
    if (body[key] !== undefined && body[key] !== null)
      problems.push({ path: [...path, key], message: 'cannot be used with IS_COMPONENTS_V2' });
  }
  if (!isEdit && found.length === 0)
    problems.push({ path: [...path, 'components'], message: 'a message cannot be empty' });
  if (found.length > 40)
    problems.push({
      path: [...path, 'components'],
      message: `${found.length} components, at most 40`,
    });
  const characters = found.reduce((sum, { component }) => sum + text(component.content).length, 0);
  if (characters > 4000)
    problems.push({
      path: [...path, 'components'],
      message: `${characters} characters of text, at most 4000`,
    });
  return problems;
}

/** Rules of single components, and of ids, which stand once in a message or modal. */
function componentProblems(found: readonly Found[]): BodyProblem[] {
  const seen = new Set<string>();
  return found.flatMap(({ component, path }) => {
    const problems: BodyProblem[] = [];
    const id = component.custom_id;
    if (typeof id === 'string') {
      if (seen.has(id))
        problems.push({ path: [...path, 'custom_id'], message: 'custom_id is used twice' });
      seen.add(id);
    }
    for (const message of oneComponent(component)) problems.push({ path, message });
    return problems;
  });
}

function oneComponent(component: Json): string[] {
  switch (component.type) {
    case 1:
      return rowProblems(list(component.components).filter(isObject));
    case 2:
      return buttonProblems(component);
    case 3:
      return menuProblems(component);
    case 4:
      return inputProblems(component);
    case 10:
      return text(component.content).trim() === '' ? ['text cannot be blank'] : [];
    case 13:
      return text((component.file as Json | undefined)?.url).startsWith('attachment://')
        ? []
        : ['a file takes only attachment:// addresses'];
    default:
      return [];
  }
}

function rowProblems(inside: Json[]): string[] {
  const menus = inside.filter(({ type }) => type !== 2).length;
  return menus > 0 && inside.length > 1 ? ['a row holds up to 5 buttons or one menu'] : [];
}

function buttonProblems({ custom_id, label }: Json): string[] {
  return [
    ...(typeof custom_id === 'string' ? [] : ['a button needs a custom_id']),
    ...(text(label).trim() === '' ? ['a button needs a label'] : []),
  ];
}

function menuProblems({ options, min_values, max_values }: Json): string[] {
  const problems: string[] = [];
  const choices = list(options).filter(isObject);
  const min = typeof min_values === 'number' ? min_values : 1;
  const max = typeof max_values === 'number' ? max_values : 1;
  if (min > max) problems.push('min_values is over max_values');
  if (max > choices.length) problems.push('max_values is over the number of options');
  if (new Set(choices.map(({ value }) => value)).size < choices.length)
    problems.push('an option value is used twice');
  if (choices.filter((choice) => choice.default === true).length > max)
    problems.push('too many defaults');
  if (choices.some(({ label }) => text(label).trim() === ''))
    problems.push('an option label cannot be blank');
  return problems;
}

function inputProblems({ value, min_length, max_length }: Json): string[] {
  const problems: string[] = [];
  const length = text(value).length;
  if (typeof max_length === 'number' && length > max_length)
    problems.push('value is over max_length');
  if (typeof min_length === 'number' && value && length < min_length)
    problems.push('value is under min_length');
  return problems;
}

/** Every `attachment://` needs its upload, and under V2 an upload that is not shown is lost. */
function fileProblems(body: Json, found: Found[], { path, files }: MessageRules): BodyProblem[] {
  const problems: BodyProblem[] = [];
  const uploaded = new Set(files);
  for (const { component, path: where } of found) {
    for (const url of addressesOf(component)) {
      const name = url.startsWith('attachment://') ? url.slice('attachment://'.length) : undefined;
      if (name !== undefined && !uploaded.has(name))
        problems.push({ path: where, message: `attachment://${name} was not uploaded` });
    }
  }
  for (const [at, attachment] of list(body.attachments).entries()) {
    const name = isObject(attachment) ? attachment.filename : undefined;
    if (typeof name === 'string' && !uploaded.has(name))
      problems.push({ path: [...path, 'attachments', at], message: `"${name}" was not uploaded` });
  }
  return problems;
}

function addressesOf({ type, file, items, media }: Json): string[] {
  const inside =
    type === 12 ? list(items).map((item) => (isObject(item) ? item.media : undefined)) : [];
  return [file, media, ...inside].flatMap((part) => (isObject(part) ? [text(part.url)] : []));
}

/** What the documentation forbids in a modal and the schemas let pass. */
export function modalProblems(data: Json): BodyProblem[] {
  const parts = list(data.components).filter(isObject);
  const problems: BodyProblem[] = [];
  // The schema allows 40; the page about modals says between 1 and 5.
  if (parts.length > 5)
    problems.push({ path: ['data', 'components'], message: 'at most 5 components' });
  if (text(data.title).trim() === '')
    problems.push({ path: ['data', 'title'], message: 'this field is required' });
  for (const [at, part] of parts.entries()) {
    if (part.type === 18 && text(part.label).trim() === '')
      problems.push({
        path: ['data', 'components', at, 'label'],
        message: 'this field is required',
      });
  }
  return [...problems, ...componentProblems(walk(data.components, ['data', 'components']))];
}

/** What the documentation forbids in a list of commands and the schemas let pass. */
export function commandProblems(commands: unknown): BodyProblem[] {
  const all = list(commands).filter(isObject);
  const ofType = (type: number) => all.filter((command) => (command.type ?? 1) === type);
  const problems = all.flatMap((command, at) => oneCommand(command, [at]));
  if (ofType(1).length > 100) problems.push({ path: [], message: 'at most 100 slash commands' });
  for (const type of [2, 3]) {
    if (ofType(type).length > 15)
      problems.push({ path: [], message: 'at most 15 commands of a menu' });
  }
  const names = all.map((command) => `${command.type ?? 1} ${command.name}`);
  if (new Set(names).size < names.length)
    problems.push({ path: [], message: 'a command name is used twice' });
  return problems;
}

/** @see https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

function oneCommand(command: Json, path: PropertyKey[]): BodyProblem[] {
  const problems: BodyProblem[] = [];
  const name = text(command.name);
  if ((command.type ?? 1) !== 1) {
    if (command.description) problems.push({ path, message: 'a menu command has no description' });
    if (list(command.options).length > 0)
      problems.push({ path, message: 'a menu command has no options' });
    return problems;
  }
  if (!NAME.test(name) || name !== name.toLowerCase())
    problems.push({
      path: [...path, 'name'],
      message: 'letters in lower case, digits, - and _ only',
    });
  if (text(command.description).trim() === '')
    problems.push({ path: [...path, 'description'], message: 'this field is required' });
  if (commandLength(command) > 8000) problems.push({ path, message: 'over 8000 characters' });
  return [
    ...problems,
    ...optionListProblems(list(command.options).filter(isObject), [...path, 'options']),
  ];
}

function commandLength(command: Json): number {
  const own =
    text(command.name).length + text(command.description).length + text(command.value).length;
  const inside = [...list(command.options), ...list(command.choices)].filter(isObject);
  return inside.reduce((sum, each) => sum + commandLength(each), own);
}

function optionListProblems(options: Json[], path: PropertyKey[]): BodyProblem[] {
  const problems: BodyProblem[] = [];
  const isGroup = (option: Json) => option.type === 1 || option.type === 2;
  if (options.some(isGroup) && !options.every(isGroup))
    problems.push({ path, message: 'subcommands and options cannot stand side by side' });
  const firstOptional = options.findIndex((option) => option.required !== true);
  for (const [at, option] of options.entries()) {
    const here = [...path, at];
    const name = text(option.name);
    if (!NAME.test(name) || name !== name.toLowerCase())
      problems.push({
        path: [...here, 'name'],
        message: 'letters in lower case, digits, - and _ only',
      });
    if (!isGroup(option) && option.required === true && firstOptional >= 0 && at > firstOptional)
      problems.push({ path: here, message: 'required options come before optional ones' });
    if (option.autocomplete === true && list(option.choices).length > 0)
      problems.push({ path: here, message: 'choices and autocomplete exclude each other' });
    if (
      new Set(list(option.choices).map((c) => (isObject(c) ? c.name : c))).size <
      list(option.choices).length
    )
      problems.push({ path: here, message: 'a choice name is used twice' });
    problems.push(
      ...optionListProblems(list(option.options).filter(isObject), [...here, 'options']),
    );
  }
  if (new Set(options.map((option) => option.name)).size < options.length)
    problems.push({ path, message: 'an option name is used twice' });
  return problems;
}
