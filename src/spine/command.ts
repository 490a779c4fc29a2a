import { z } from 'zod';
import type { Catalog } from '../core/catalog.ts';
import type { Examiner } from '../core/interview/examiner.ts';
import type { Clock } from '../core/time.ts';
import type { Store } from '../queries.ts';
import type { StoredDelivery } from '../store/queries/deliveries.ts';
import type { Person, Team } from '../store/schema.ts';
import type { Emit } from './event.ts';
import type { FileResults, FileWork } from './files.ts';
import type { Form } from './form.ts';
import type { PartHealth } from './health.ts';
import type { PlatformOfRequest } from './platform.ts';
import type { Block, Reply, Visibility } from './reply.ts';
import type { Attachment, Place, PlatformName, Request, Value, Values } from './request.ts';

/** Everything a command may use; nothing else is in reach. */
export type Context = {
  store: Store;
  catalog: Catalog;
  /** The catalog as another team sees it: an interview stays with its team, also in direct messages. */
  catalogOf(teamId: string): Promise<Catalog>;
  clock: Clock;
  person: Person;
  team: Team;
  /** The person's account on this platform, such as `slack:T1/U1`. */
  account: string;
  /** In a direct message for a team elsewhere, up to an hour old: only for what is shown. Rights are asked of `role.ts`. */
  isAdmin: boolean;
  /** Written in a direct message, for the team of a server. */
  isElsewhere: boolean;
  /** The host has stopped the bot in this workspace. */
  isStopped: boolean;
  /** The team is this person alone, in direct messages that no team stands behind. */
  isAlone: boolean;
  place: Place;
  /** The message whose button was pressed. */
  message?: string;
  locale: string;
  /** The zone in which this person reads times: their own, else the team's. */
  zone: string;
  emit: Emit;
  platform: PlatformOfRequest;
  /** A fresh seed for whatever is drawn by chance in this request. */
  seed: string;
  /** The optional model that asks and grades, for interviews of people who agreed to it. */
  examiner?: Examiner;
  /**
   * Reads or writes a file away from the thread that answers everybody.
   *
   * @throws UserError when the file cannot be read, takes too much, or too many are waiting.
   */
  workOnFile<W extends FileWork>(work: W): Promise<FileResults[W['kind']]>;
  /** Asks the scheduler to look at due rows now rather than at the next minute. */
  wake(): void;
  /** How the connections and the database are; empty where nothing can be lost. */
  health(): PartHealth[];
};

/** One option of a command, read once from its zod object. */
export type Option = {
  name: string;
  /** The name in words, for a form. */
  label: string;
  summary: string;
  /** `count` is a whole number that people write as `8k` or `70b`. */
  kind:
    | 'string'
    | 'int'
    | 'number'
    | 'count'
    | 'boolean'
    | 'enum'
    | 'list'
    | 'file'
    | 'channel'
    | 'person';
  required: boolean;
  /** What it is when nothing is given. */
  default?: Value;
  /** Other names, which may also stand beside a value: `16 users`, `tp 8`, `--max-model-len 8k`. */
  words?: string[];
  choices?: string[];
  /** Other words for choices: `training` for `train`. */
  also?: Record<string, string>;
  /** A list of `suggest.ts` that completes and recognizes this option. */
  suggests?: string;
  multiline?: boolean;
  /** It takes all that is typed, as it stands: a pasted text has flags of its own. */
  takesRest?: boolean;
  /** For words alone where a platform has no room for more options; Discord's commands have 25. */
  typed?: boolean;
  /** Shown in the form: it may stay empty there, unless the form requires what other ways in leave out. */
  inForm?: boolean | 'required';
  min?: number;
  max?: number;
  maxLength?: number;
};

export type Input = z.ZodObject;

/** Sentences that people type for a command without its name, and what they mean. */
export type Saying = {
  /** Examples; `{}` stands for a free text, and `{page}` for a value of that option. */
  like: readonly string[];
  /** What the sentence says by itself. */
  values?: Record<string, string>;
  /** Words of which the sentence must have one. */
  needs?: readonly string[];
  /** Options that the sentence may fill; all of the command when absent. */
  takes?: readonly string[];
  /** The option that takes the free text, or the whole sentence. */
  rest?: string;
  isWhole?: true;
  /** The button that is offered: what it will do. */
  label: string;
};

/** What plain words in a conversation mean: values, the line of a button that they name, or a typed command. */
export type Heard = { values: Values } | { run: string } | { typed: string };

export type CommandDefinition<I extends Input> = {
  /** One word, or two that share the first (`question edit`). */
  name: string;
  /** Its second word where others share its first one: Discord then forbids the first word alone. */
  alone?: string;
  /** The first word of a command that has this one as a subcommand; its own name is enough where it's typed. */
  group?: string;
  /** At most 100 characters. */
  summary: string;
  example: string;
  /** The same in people's own words. */
  says?: readonly Saying[];
  visibility: Visibility;
  /** Who may run it; a function looks at the input. Everybody when absent. */
  access?: 'admin' | ((input: z.output<I>) => 'admin' | 'everybody');
  /** Reached by buttons or by typing it, not listed as a slash command. */
  hidden?: boolean;
  /** Private until the person posts it: adds the option `private` and the button Post here. */
  mayBePosted?: true;
  /**
   * It changes nothing, or nothing with this input. Only then may words run it that don't begin with its name, and
   * nothing has to be remembered for it to be asked once.
   */
  onlyShows?: true | ((input: z.output<I>) => boolean);
  /** Heavy commands have a lower quota. */
  heavy?: boolean;
  /** What is said while its reply takes long. */
  meanwhile?: string;
  /** A message action: its title, the option that the message's text fills, and whether only its author may use it. */
  message?: { title: string; fills: string; isOwn?: boolean };
  /** Names of commands that this one took in, and how their lines begin now: `{ search: 'ask' }`. */
  formerly?: Readonly<Record<string, string>>;
  /** A first word of its own on Slack (`/vram`) beside `/warmup vram`. */
  slackAlias?: boolean;
  /** What is put right in a line before it is read, such as words that say nothing here. */
  rewrites?: readonly [said: RegExp, meant: string][];
  /** Lines that are meant for another command, and that command. */
  elsewhere?: { when: RegExp; command: string };
  /** Also asks for optional values when nothing at all was given. */
  formWhenEmpty?: boolean;
  /** The optional values that a form asks for beside what is missing; undefined when it asks for none. */
  asks?(given: Values, context: Context): Promise<readonly string[] | undefined>;
  /**
   * What a form shows above its fields, such as the question that it answers. It takes the place of a field.
   *
   * @throws UserError when no form would be of any use.
   */
  formAbout?(given: Values, context: Context): Promise<Block[] | undefined>;
  input: I;
  /** Stored values that a form begins with, in one read. */
  prefill?(given: Values, context: Context): Promise<Values>;
  /** Claims plain words said in a place where a conversation is open. Undefined lets them pass. */
  hears?(text: string, context: Context): Promise<Heard | undefined>;
  run(input: z.output<I> & MaybePrivate, context: Context): Reply | Promise<Reply>;
};

type MaybePrivate = { private?: boolean | undefined };

/** A declared command with its options as plain data. */
export type Command = Omit<CommandDefinition<Input>, 'run' | 'access' | 'input' | 'onlyShows'> & {
  options: Option[];
  /** Checks values and runs; `input` is what `parse` returned. */
  parse(values: Values): { ok: true; input: unknown } | { ok: false; problems: OptionProblem[] };
  accessFor(input: unknown): 'admin' | 'everybody';
  /** False for what changes something, and for values that aren't understood. */
  onlyShows(values: Values): boolean;
  run(input: unknown, context: Context): Reply | Promise<Reply>;
};

export type OptionProblem = { option: string; message: string };

/** An attached file as an option: its text is read only when `run` asks for it. */
export const attachment = () =>
  z
    .custom<Attachment>((value) => typeof value === 'object' && value !== null && 'text' in value)
    .meta({ kind: 'file' });

const PRIVATE = z.boolean().optional().describe('Show it only to you');

/** In the words of a line: what somebody wants for themselves must not go to the channel. */
const PRIVATELY: [RegExp, string] = [
  /\b(?:(?:just|only) (?:for|to) me|only i can see(?: it)?|privately)\b/i,
  'private:yes',
];

/** Declares a command once; registration, help, parsing, forms and validation derive from it. */
export function defineCommand<I extends Input>(definition: CommandDefinition<I>): Command {
  const { access, onlyShows = () => false, input: declared, run, ...rest } = definition;
  const input = rest.mayBePosted ? declared.extend({ private: PRIVATE }) : declared;
  const rewrites = [...(rest.rewrites ?? []), ...(rest.mayBePosted ? [PRIVATELY] : [])];
  let options: Option[] | undefined;
  return {
    ...rest,
    rewrites,
    // Read when somebody asks: of all commands that takes a tenth of the time of one in the terminal.
    get options() {
      options ??= readOptions(input);
      return options;
    },
    parse(values) {
      const result = input.safeParse(withoutAbsent(values));
      if (result.success) return { ok: true, input: result.data };
      return {
        ok: false,
        problems: result.error.issues.map((issue) => ({
          option: String(issue.path[0] ?? ''),
          message: issue.message,
        })),
      };
    },
    // The input was made by this command's own schema in `parse`; the list of commands forgets its type.
    accessFor: (checked) =>
      typeof access === 'function' ? access(checked as z.output<I>) : (access ?? 'everybody'),
    onlyShows(values) {
      if (onlyShows === true) return true;
      const { success, data } = input.safeParse(withoutAbsent(values));
      return success && onlyShows(data as z.output<I>);
    },
    run: (checked, context) => run(checked as z.output<I> & MaybePrivate, context),
  };
}

function withoutAbsent(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

type JsonOption = {
  type?: string;
  enum?: string[];
  items?: { enum?: string[] };
  description?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  default?: Value;
  kind?: 'channel' | 'person' | 'count' | 'file';
  words?: string[];
  also?: Record<string, string>;
  suggests?: string;
  multiline?: boolean;
  takesRest?: boolean;
  typed?: boolean;
  inForm?: boolean | 'required';
  label?: string;
};

function readOptions(input: Input): Option[] {
  const json = z.toJSONSchema(input, {
    io: 'input',
    unrepresentable: 'any',
  });
  const required = new Set(json.required ?? []);
  return Object.entries(json.properties ?? {}).map(([name, property]) => {
    // zod types a property as JSON Schema; our own meta keys stand beside the standard ones.
    const option = property as JsonOption;
    return {
      name,
      label: option.label ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' '),
      summary: option.description ?? '',
      kind: optionKind(option),
      required: required.has(name),
      ...defined({
        words: option.words,
        also: option.also,
        choices: option.enum ?? option.items?.enum,
        suggests: option.suggests,
        multiline: option.multiline,
        takesRest: option.takesRest,
        typed: option.typed,
        inForm: option.inForm,
        min: option.minimum,
        max: option.maximum,
        maxLength: option.maxLength,
        default: option.default,
      }),
    };
  });
}

function optionKind(option: JsonOption): Option['kind'] {
  if (option.kind) return option.kind;
  if (option.enum) return 'enum';
  if (option.type === 'array') return 'list';
  if (option.type === 'integer') return 'int';
  if (option.type === 'number') return 'number';
  if (option.type === 'boolean') return 'boolean';
  return 'string';
}

/** The keys that hold something: `exactOptionalPropertyTypes` tells absent from undefined. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** What an adapter does with a request: ask for what is missing, run it, or nothing at all. */
export type Step =
  | { kind: 'form'; form: Form }
  | { kind: 'run'; visibility: Visibility; run(): Promise<Reply>; meanwhile?: string | undefined }
  /** Words that are meant for nobody, or a redelivery: the first one is answered, or stored to be. */
  | { kind: 'nothing' };

/** The machine as adapters see it. */
export type Bot = {
  commands: readonly Command[];
  /**
   * Never rejects, but for a rerun: a mistake becomes a private reply. Resolves in one read at the most, but for a
   * redelivery, which waits for the first one. When `run` of its step resolves, all is durable.
   */
  prepare(request: Request): Promise<Step>;
  /**
   * Stores a delivery that takes long, so that it can be acknowledged before it is answered. When this
   * process ends first, another one hands the payload to `resume` of the platform.
   */
  storeDelivery(delivery: StoredDelivery): Promise<void>;
  /** Completions for an option while it is typed; at most 25. */
  suggest(request: Request, command: string, option: string, typed: string): Promise<Suggestion[]>;
  /**
   * A command line that a text names, with the name of each option: `me export` is `me` with the action
   * export. Options stand in the order of their declaration.
   */
  named(line: string): NamedLine;
  /** The bot was removed from a workspace: nothing is sent there any more, and some weeks later all of it goes. */
  left(workspace: string): Promise<void>;
  /** The bot was added to a workspace, again perhaps: then it goes on as before. */
  joined(workspace: string): Promise<void>;
  /**
   * All workspaces of a platform in which the bot is, for what happened while nobody listened.
   *
   * @param isOurs False for a workspace that another process hears of.
   */
  present(
    platform: PlatformName,
    workspaces: readonly string[],
    isOurs?: (workspace: string) => boolean,
  ): Promise<void>;
  /** A channel or thread was deleted; `place` is its id. */
  gone(platform: PlatformName, place: string): Promise<void>;
};

export type NamedLine = {
  name: string;
  alone?: string;
  options: { name: string; value: string }[];
};

export type Suggestion = { label: string; value: string };
