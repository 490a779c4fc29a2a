import { fallbackWords, isButton, isMenu } from './render/slack.ts';
import type { Session } from './session.ts';
import {
  type BotMessage,
  FAULTS,
  type Gesture,
  type Outcome,
  type SentFile,
  type ShownForm,
  type ShownMessage,
} from './wire.ts';
import type { Answered } from './world.ts';

/** What the last step of a play showed. */
export type Seen = { message: ShownMessage } | { form: ShownForm };

type Scene = {
  speaker: string;
  place: string;
  seen?: Seen;
  asked?: BotMessage;
  file?: SentFile;
};

/**
 * Plays a few gestures as a person would make them. One line is one step:
 *
 * - `/daily history` types a command; words in quotes are written as a message
 * - `press Answer` presses the button whose label begins so, on what was seen last
 * - `choose A, C` chooses these in the menu that was seen last
 * - `fill time=25:00; zone=UTC` sends the form that was seen last
 * - `use Title` uses a message action on the last own message
 * - `attach config.json {"layers": 2}` adds a file to the next command
 * - `as Mira` lets somebody else act
 * - `go thread` goes somewhere: `channel`, `direct` or the newest `thread`; `here` is where one is
 * - `see thread Paused` looks at the last message there, or the last with a title that begins so
 * - `right`, `wrong` and `partly` answer the open question; `well` gives the model answer of an interview's
 * - `jump tomorrow 09:00` moves the clock, `fault permission` makes something go wrong
 * - `says Words` shows a refusal in these words, for those that no play can provoke
 */
export function createStage(session: Session) {
  const first = session.snapshot();
  const scene: Scene = {
    speaker: first.speakers[0]?.account ?? '',
    place: first.places[0]?.id ?? '',
  };
  let deliveries = 0;

  async function make(gesture: Gesture, message?: string): Promise<void> {
    deliveries += 1;
    const outcome = await session.say({
      delivery: `play ${deliveries}`,
      account: scene.speaker,
      place: scene.place,
      gesture,
      ...(message ? { message } : {}),
    });
    await session.settle();
    see(outcome);
  }

  function see(outcome: Outcome | undefined): void {
    if (outcome?.kind === 'form') scene.seen = { form: outcome.form };
    if (outcome?.kind !== 'shown') return;
    const message = session.message(outcome.message);
    if (message) look(message);
  }

  function look(message: ShownMessage): void {
    scene.seen = { message };
    if (message.by === 'bot') scene.asked = message;
  }

  const asked = (): BotMessage => scene.asked ?? fail('no message was seen');

  async function type(text: string): Promise<void> {
    const { file } = scene;
    delete scene.file;
    await make({ kind: 'text', text, ...(file ? { file } : {}) });
  }

  async function answer(how: Answered): Promise<void> {
    const run = await session.answer(how);
    await make({ kind: 'text', text: `/${run ?? fail('no question is open')}` });
  }

  async function answerWell(): Promise<void> {
    const text = session.modelAnswer(fallbackWords(asked().payloads.slack.message.text));
    await make({ kind: 'text', text: `/mock answer text:${JSON.stringify(text)}` });
  }

  const VERBS = new Map<string, (rest: string) => Promise<void> | void>([
    ['press', (label) => make(buttonOf(asked(), label), asked().id)],
    ['choose', (labels) => make(choiceOf(asked(), labels), asked().id)],
    ['fill', (pairs) => make(filled(scene.seen, pairs), formMessage(scene.seen))],
    ['use', (title) => make(actionOn(session, scene, title))],
    ['attach', (file) => void Object.assign(scene, { file: fileOf(file) })],
    ['as', (name) => void Object.assign(scene, { speaker: speakerOf(session, name) })],
    ['go', (where) => void Object.assign(scene, { place: placeOf(session, scene, where) })],
    ['see', (where) => look(last(session, scene, where))],
    ['right', () => answer('right')],
    ['wrong', () => answer('wrong')],
    ['partly', () => answer('partly')],
    ['well', answerWell],
    ['jump', async (words) => void ((await session.jump(words)) || fail(`cannot jump: ${words}`))],
    ['fault', (name) => session.setFault(FAULTS.find((each) => each === name) ?? fail(name), true)],
    ['says', async (words) => look(await session.refusal(words, scene.speaker, scene.place))],
  ]);

  return {
    /** @throws Error when a step cannot be made, naming it. */
    async play(steps: readonly string[]): Promise<Seen> {
      for (const step of steps) {
        const [verb = '', ...rest] = step.split(' ');
        const act = VERBS.get(verb);
        if (act) await act(rest.join(' '));
        else if (/^["/]/.test(step)) await type(step.replace(/^"(.*)"$/s, '$1'));
        else fail(`I do not know the step "${step}"`);
      }
      return scene.seen ?? fail('nothing was shown');
    },
  };
}

function fail(why: string): never {
  throw new Error(`The play stops: ${why}`);
}

/** `*` stands for whatever comes first. */
const startsWith = (text: string, start: string) =>
  start === '*' || text.toLowerCase().startsWith(start.trim().toLowerCase());

/** What can be pressed or chosen in a message, as Slack is sent it. */
function slackParts({ payloads }: BotMessage): { type: string }[] {
  return payloads.slack.message.blocks.flatMap((block): { type: string }[] => {
    if (block.type === 'actions') return block.elements;
    return block.type === 'section' && block.accessory ? [block.accessory] : [];
  });
}

function buttonOf(message: BotMessage, label: string): Gesture {
  const button = slackParts(message)
    .filter(isButton)
    .find(({ text, value }) => value && startsWith(text.text, label));
  return button?.value
    ? { kind: 'press', look: 'slack', id: button.value }
    : fail(`there is no button "${label}"`);
}

function choiceOf(message: BotMessage, labels: string): Gesture {
  const [menu] = slackParts(message).filter(isMenu);
  const values = labels.split(',').map((label) => {
    const option = menu?.options?.find(({ text }) => startsWith(text.text, label));
    return option?.value ?? fail(`there is no choice "${label}"`);
  });
  return { kind: 'press', look: 'slack', id: menu?.action_id ?? '', values };
}

function fileOf(typed: string): SentFile {
  const [name = '', ...content] = typed.split(' ');
  return { name, base64: Buffer.from(content.join(' ')).toString('base64') };
}

/** A form as it is sent: what stood in it, and what was typed over it. */
function filled(seen: Seen | undefined, pairs: string): Gesture {
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

function formMessage(seen: Seen | undefined): string | undefined {
  return seen && 'form' in seen ? seen.form.message : undefined;
}

function actionOn(session: Session, { speaker, place }: Scene, title: string): Gesture {
  const command = session.snapshot().commands.find(({ action }) => action === title);
  const own = session
    .messages()
    .filter((each) => each.by === 'person')
    .findLast((each) => each.account === speaker && each.place === place);
  if (!command || !own) return fail(`cannot use "${title}"`);
  return { kind: 'action', command: command.name, text: own.text };
}

function speakerOf(session: Session, name: string): string {
  const found = session.snapshot().speakers.find((each) => startsWith(each.name, name));
  return found?.account ?? fail(`nobody is called "${name}"`);
}

/** `channel`, `thread` (the newest), `direct` (the speaker's own) or `here`. */
function placeOf(session: Session, { speaker, place: here }: Scene, where: string): string {
  if (where === 'here') return here;
  const found = session
    .places()
    .filter(({ kind, accounts }) => kind === where && (accounts?.includes(speaker) ?? true));
  const place = where === 'thread' ? found.at(-1) : found[0];
  return place?.id ?? fail(`there is no ${where}`);
}

function last(session: Session, scene: Scene, where: string): ShownMessage {
  const [kind = '', ...title] = where.split(' ');
  const place = placeOf(session, scene, kind);
  const found = session
    .messages()
    .filter((each): each is BotMessage => each.place === place && each.by === 'bot');
  return (
    found.findLast((each) => startsWith(each.title, title.join(' '))) ??
    fail(`nothing like that stands in the ${kind}`)
  );
}
