import type { ModalView } from '@slack/types';
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { Option } from '../../spine/command.ts';
import type { DiscordMessage } from '../discord/card.ts';
import type { SlackMessage } from '../slack/present.ts';

/** The two platforms that a message is shown as. */
export type Look = 'discord' | 'slack';

/** How much of a platform's limit something takes. */
export type Size = { what: string; value: number; max?: number };

/** A file of a message: fetched from `url`, its beginning as `text` when it is text. */
export type ShownFile = {
  name: string;
  mime: string;
  bytes: number;
  url: string;
  alt?: string;
  text?: string;
  /** Of a picture, so that its place is kept while it loads. */
  width?: number;
  height?: number;
};

/** The payloads of a reply, as the two adapters send them. */
export type Payloads = {
  discord: { body: DiscordMessage['body']; files: ShownFile[]; sizes: Size[] };
  slack: { message: SlackMessage; sizes: Size[] };
};

/** The payloads of a form, as the two adapters open it. */
export type FormPayloads = {
  discord: {
    modal: APIModalInteractionResponseCallbackData;
    /** Discord shows no modal in answer to a modal, so what is wrong comes as a message. */
    refusal?: DiscordMessage['body'];
    sizes: Size[];
  };
  slack: { view: ModalView; sizes: Size[] };
};

/** A form that waits to be sent; `id` is the saved command with which it goes back. */
export type ShownForm = FormPayloads & {
  id: string;
  title: string;
  problem?: string;
  /** The names of the fields that the problem is about. */
  problemsAt?: string[];
  /** The message whose button asked for it. */
  message?: string;
};

/** Where things are said: a channel, a thread, a room, or what is said to one person. */
export type ShownPlace = {
  id: string;
  title: string;
  kind: 'channel' | 'thread' | 'direct';
  /** The message under which a thread stands. */
  under?: string;
  /** Who is in it; everybody when absent. */
  accounts?: string[];
};

type Standing = {
  id: string;
  place: string;
  at: string;
  /** Only this account sees it. */
  only?: string;
  /** What somebody did that led to it. */
  cause?: string;
  isEdited?: boolean;
};

/** What the bot said, in the payloads of both platforms. */
export type BotMessage = Standing & {
  by: 'bot';
  title: string;
  payloads: Payloads;
  /** Threads that it names. */
  leadsTo?: string[];
};

/** What a person wrote. */
export type PersonMessage = Standing & { by: 'person'; account: string; text: string };

/** One message of the page. */
export type ShownMessage = BotMessage | PersonMessage;

/** A command as the composer completes it. */
export type ShownCommand = {
  name: string;
  summary: string;
  example: string;
  options: Pick<Option, 'name' | 'summary' | 'kind' | 'choices' | 'suggests' | 'required'>[];
  /** A message action: its title. */
  action?: string;
  /** Only reached by buttons and actions, so not completed. */
  isHidden?: true;
};

/** Somebody of the demo team. */
export type ShownSpeaker = { account: string; name: string; isAdmin: boolean };

/** A row of the team's leaderboard. */
export type ShownRank = { rank: number; name: string; points: string };

/** The switches for what goes wrong. */
export const FAULTS = ['permission', 'busy', 'lost', 'twice'] as const;
/** One of `FAULTS`. */
export type Fault = (typeof FAULTS)[number];
/** Which of the switches are on. */
export type Faults = Record<Fault, boolean>;

/** Everything that a page shows when it opens, and again after a reset or a lost connection. */
export type Snapshot = {
  workspace: string;
  speakers: ShownSpeaker[];
  commands: ShownCommand[];
  places: ShownPlace[];
  messages: ShownMessage[];
  board: ShownRank[];
  faults: Faults;
  happened: string[];
  now: string;
  zone: string;
  locale: string;
};

/** What the page is told while it is open. */
export type Change =
  | { kind: 'all'; all: Snapshot }
  | { kind: 'message'; message: ShownMessage }
  | { kind: 'place'; place: ShownPlace }
  | { kind: 'clock'; now: string }
  | { kind: 'board'; board: ShownRank[] }
  | { kind: 'faults'; faults: Faults }
  | { kind: 'happened'; line: string };

/** What somebody does on the page. */
export type UserAction =
  | { kind: 'text'; text: string; file?: SentFile }
  | { kind: 'press'; look: Look; id: string; values?: string[] }
  | { kind: 'form'; id: string; values: Record<string, string>; files: Record<string, SentFile> }
  | { kind: 'action'; command: string };

/** A file that somebody chose; its bytes as base64, since not every file is text. */
export type SentFile = { name: string; base64: string };

/** A gesture with who made it, where, and on which message. */
export type Said = {
  delivery: string;
  account: string;
  place: string;
  message?: string;
  gesture: UserAction;
};

/** What a gesture led to; messages come with the changes. */
export type Outcome =
  | { kind: 'shown'; message: string; replaced: boolean }
  | { kind: 'form'; form: ShownForm }
  | { kind: 'nothing' };

/** A view of the gallery. */
export type ShownView = { id: string; title: string; command: string } & (
  | { message: ShownMessage }
  | { form: ShownForm }
);
