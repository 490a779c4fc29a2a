import {
  type BotMessage,
  FAULTS,
  type Outcome,
  type ShownMessage,
  type UserAction,
} from './protocol.ts';
import { fallbackWords } from './render/slack.ts';
import type { Session } from './session.ts';
import {
  actionOn,
  buttonOf,
  choiceOf,
  fail,
  fileOf,
  filled,
  formMessage,
  type Scene,
  type Seen,
  startsWith,
} from './stage-gestures.ts';
import type { Answered } from './world.ts';

/**
 * Plays a few gestures as a person would make them. One line is one step:
 *
 * - `/daily history` types a command; words in quotes are written as a message
 * - `press Answer` presses the button whose label begins so, on what was seen last
 * - `choose A, C` chooses these in the menu that was seen last
 * - `fill time=25:00; zone=UTC` sends the form that was seen last
 * - `use Title` uses a message action on the last message that a person wrote
 * - `attach config.json {"layers": 2}` adds a file to the next command
 * - `as Mira` lets somebody else act
 * - `go thread` goes somewhere: `channel`, `direct` or the newest `thread`; `here` is where one is
 * - `see thread Paused` looks at the last message there, or the last with a title that begins so
 * - `right`, `wrong` and `partly` answer the open question; `well` gives the model answer of an interview's
 * - `jump tomorrow 09:00` moves the clock, `fault permission` makes something go wrong
 * - `away` switches the bot off for an hour
 */
export function createStage(session: Session) {
  const actor = createActor(session);
  const verbs = verbsOf(session, actor);
  return {
    /** @throws Error when a step cannot be made, naming it. */
    async play(steps: readonly string[]): Promise<Seen> {
      for (const step of steps) {
        const [verb = '', ...rest] = step.split(' ');
        const act = verbs.get(verb);
        if (act) await act(rest.join(' '));
        else if (/^["/]/.test(step)) await actor.type(step.replace(/^"(.*)"$/s, '$1'));
        else fail(`I do not know the step "${step}"`);
      }
      return actor.scene.seen ?? fail('nothing was shown');
    },
  };
}

/** Makes gestures for whoever acts, and keeps in mind what came of them. */
function createActor(session: Session) {
  const { speakers, places } = session.snapshot();
  const scene: Scene = { speaker: speakers[0]?.account ?? '', place: places[0]?.id ?? '' };
  let deliveries = 0;

  async function make(gesture: UserAction, message?: string): Promise<void> {
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

  return {
    scene,
    make,
    look,
    /** The message of the bot that was seen last. */
    asked: (): BotMessage => scene.asked ?? fail('no message was seen'),
    async type(text: string): Promise<void> {
      const { file } = scene;
      delete scene.file;
      await make({ kind: 'text', text, ...(file ? { file } : {}) });
    },
  };
}

type Actor = ReturnType<typeof createActor>;

function verbsOf(session: Session, { scene, make, look, asked }: Actor) {
  async function answer(how: Answered): Promise<void> {
    const run = await session.answer(how);
    await make({ kind: 'text', text: `/${run ?? fail('no question is open')}` });
  }

  async function answerWell(): Promise<void> {
    const text = session.modelAnswer(fallbackWords(asked().payloads.slack.message.text));
    await make({ kind: 'text', text: `/mock answer text:${JSON.stringify(text)}` });
  }

  return new Map<string, (rest: string) => Promise<void> | void>([
    ['press', (label) => make(buttonOf(asked(), label), asked().id)],
    ['choose', (labels) => make(choiceOf(asked(), labels), asked().id)],
    ['fill', (pairs) => make(filled(scene.seen, pairs), formMessage(scene.seen))],
    ['use', (title) => make(...actionOn(session, scene, title))],
    ['attach', (file) => void Object.assign(scene, { file: fileOf(file) })],
    ['as', (name) => void Object.assign(scene, { speaker: speakerOf(session, name) })],
    ['go', (where) => void Object.assign(scene, { place: placeOf(session, scene, where) })],
    ['see', (where) => look(last(session, scene, where))],
    ['right', () => answer('right')],
    ['wrong', () => answer('wrong')],
    ['partly', () => answer('partly')],
    ['well', answerWell],
    ['jump', async (words) => void ((await session.jump(words)) || fail(`cannot jump: ${words}`))],
    ['away', () => session.away(3_600_000)],
    ['fault', (name) => session.setFault(FAULTS.find((each) => each === name) ?? fail(name), true)],
  ]);
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
