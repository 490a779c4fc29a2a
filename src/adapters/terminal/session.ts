import { buttonId } from '../../spine/button.ts';
import type { Bot, Step } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Form } from '../../spine/form.ts';
import { findCommand } from '../../spine/grammar/text.ts';
import { runTelling } from '../../spine/meanwhile.ts';
import { plain, type Reply } from '../../spine/reply.ts';
import type { Request, RequestInput } from '../../spine/request.ts';
import { type Asking, answerField, askAgain, beginAsking, questionOf } from './asking.ts';
import { takeFile } from './files.ts';
import { type Choice, present } from './present.ts';
import type { Look } from './text.ts';
import { chosen, isLetters, isShortAnswer, isText } from './typed.ts';
import type { Speaker, World } from './world.ts';

/** What a session is given. */
export type TerminalOptions = {
  bot: Bot;
  world: World;
  look: Look;
  write(line: string): void;
};

/** A session: who speaks, what the next line can choose, and the form that is open. */
export type Session = TerminalOptions & {
  speaker: Speaker;
  choices: Choice[];
  /** What the last question let the speaker choose; its letters answer it until another is shown. */
  question: Choice[];
  /** What everybody was shown last, such as the question of an interview; chosen by its label. */
  shared: Choice[];
  /** What the others can choose of what they were shown, by their accounts. */
  waiting: Map<string, Choice[]>;
  asking: Asking | undefined;
};

/**
 * Prints a reply; its buttons can be chosen until other buttons are shown, by whoever it is for: one
 * account, or everybody.
 */
export function show(session: Session, reply: Reply, head: string, account?: string): void {
  const { choices, lines } = present(reply, session.look);
  session.write(head);
  for (const line of lines) session.write(line);
  session.write('');
  if (choices.length === 0) return;
  if (account === undefined) session.shared = choices;
  for (const each of session.world.speakers) {
    if (account !== undefined && each.account !== account) continue;
    if (each.account === session.speaker.account) choose(session, choices);
    else session.waiting.set(each.account, choices);
  }
}

function choose(session: Session, choices: Choice[]): void {
  session.choices = choices;
  if (choices.some(({ kind, label }) => kind === 'select' || isLetters(label)))
    session.question = choices;
  // A letter answers the next try, which its button would show.
  else if (choices[0]?.kind === 'press' && choices[0].opens) session.question = [];
}

/** Lets somebody else act, who can choose of what they were shown last. */
export function changeSpeaker(session: Session, speaker: Speaker): void {
  const { waiting, write } = session;
  if (speaker.account !== session.speaker.account)
    waiting.set(session.speaker.account, session.choices);
  session.choices = waiting.get(speaker.account) ?? [];
  session.question = session.choices;
  waiting.delete(speaker.account);
  session.speaker = speaker;
  write(`You're ${speaker.name} now.`);
  const buttons = session.choices.flatMap((choice, index) =>
    choice.kind === 'press' && !choice.values ? [`[${index + 1}] ${choice.label}`] : [],
  );
  if (buttons.length > 0) write(`You can choose: ${buttons.join('   ')}`);
}

/** What the speaker said, as the machine takes it. */
export function requestOf({ world, speaker, look }: Session, said: RequestInput): Request {
  return {
    platform: 'terminal',
    workspace: world.workspace,
    workspaceName: world.workspaceName,
    account: speaker.account,
    accountName: speaker.name,
    isAdmin: speaker.isAdmin,
    place: { channel: world.channel, kind: 'channel' },
    locale: look.locale,
    zone: world.zone,
    said,
  };
}

/** Does what was said, and shows the reply or asks for what is missing. */
export async function take(session: Session, said: RequestInput): Promise<void> {
  await follow(session, await session.bot.prepare(requestOf(session, said)));
}

/** What is no command from end to end may be meant for an open conversation; true when it was. */
export async function converse(session: Session, line: string): Promise<boolean> {
  const said: RequestInput = { kind: 'words', text: line, isLine: true };
  const step = await session.bot.prepare(requestOf(session, said));
  await follow(session, step);
  return step.kind !== 'nothing';
}

/** A line that chooses nothing: words for a conversation, a short answer or a command. */
export async function hear(session: Session, line: string): Promise<void> {
  const { commands } = session.bot;
  if (await converse(session, line)) return;
  const letters = session.question.map(({ label }) => label).filter(isLetters);
  if (isLetters(line) && letters.length > 0) return session.write(`Choose ${letters.join(', ')}.`);
  const filled =
    'unknown' in findCommand(commands, line) ? await shortAnswer(session, line) : undefined;
  await take(session, filled ?? { kind: 'text', ...takeFile(line, commands) });
}

/** A line as the answer to the question that is shown, or that the first button would show. */
async function shortAnswer(session: Session, line: string): Promise<RequestInput | undefined> {
  if (!isShortAnswer(line) && !isLetters(line) && !isText(line)) return undefined;
  const [first] = session.choices;
  if (first?.kind !== 'press' || !first.opens) return filledIn(session, session.choices, line);
  const said: RequestInput = { kind: 'button', id: buttonId(first.run).id };
  const step = await session.bot.prepare(requestOf(session, said));
  if (step.kind !== 'run') return undefined;
  const { choices } = present(await step.run(), session.look);
  // A letter that was tried can't be chosen: the question says which ones can.
  return isLetters(line) ? (chosen(line, choices) ?? said) : filledIn(session, choices, line);
}

/** A number, an order, or an answer in words, typed without opening the form of the first button. */
async function filledIn(
  session: Session,
  [first]: readonly Choice[],
  line: string,
): Promise<RequestInput | undefined> {
  // The form of any other button asks for something else, such as what is wrong with the question.
  if (first?.kind !== 'press' || !first.isPrimary || isLetters(line)) return undefined;
  const said: RequestInput = { kind: 'button', id: buttonId(first.run).id };
  const step = await session.bot.prepare(requestOf(session, said));
  const [field, ...others] = step.kind === 'form' ? step.form.fields : [];
  const isAsked = field && (field.kind === 'paragraph') === isText(line);
  if (step.kind !== 'form' || !isAsked || others.some(({ required }) => required)) return undefined;
  return { kind: 'form', id: step.form.id, values: { [field.name]: line } };
}

async function follow(session: Session, step: Step): Promise<void> {
  const { world, speaker } = session;
  if (step.kind === 'nothing') return;
  if (step.kind === 'form') {
    const isAgain = step.form.problems?.some(({ field }) => field) === true;
    openForm(session, step.form, isAgain ? askAgain(step.form) : beginAsking(step.form));
    return;
  }
  const reply = await runTelling(step, session.write);
  // What no field can put right is only told.
  if (reply.form?.problems?.some(({ field }) => field)) {
    openForm(session, reply.form, askAgain(reply.form));
    return;
  }
  const isPrivate = step.visibility === 'private' || reply.visibility === 'private';
  if (isPrivate) show(session, reply, onlyWords(speaker.name), speaker.account);
  else show(session, reply, `#${world.channel}`);
}

const onlyWords = (name: string) =>
  name === 'You' ? '(only you can see this)' : `(only ${name} can see this)`;

/** Asks for the first field, under what was wrong with the form as it was sent. */
function openForm(session: Session, form: Form, asking: Asking): void {
  const problems = (form.problems ?? []).map(({ text }) => plain(text)).join('\n');
  session.write(problems || `${form.title} (enter cancel to exit)`);
  session.asking = asking;
  ask(session);
}

function ask({ asking, write }: Session): void {
  const field = asking?.fields[0];
  if (field) write(questionOf(field));
}

/**
 * Takes a line as the answer to a field of the open form, and sends the form after the last.
 *
 * @returns False for a command instead of an answer, which closes the form: one behind a slash, or one that the field
 *   can't take.
 */
export async function fillIn(session: Session, asking: Asking, line: string): Promise<boolean> {
  if (/^(cancel|quit)$/i.test(line.trim())) return closeForm(session, 'Canceled.');
  const isCommand = !('unknown' in findCommand(session.bot.commands, line));
  if (isCommand && line.trim().startsWith('/')) return !closeForm(session, 'Form closed.');
  const problem = await fillField(session, asking, line);
  if (problem && isCommand) return !closeForm(session, 'Form closed.');
  if (problem) session.write(problem);
  if (asking.fields.length > 0) {
    ask(session);
    return true;
  }
  session.asking = undefined;
  await take(session, { kind: 'form', id: asking.id, values: asking.values });
  return true;
}

function closeForm(session: Session, why: string): true {
  session.asking = undefined;
  session.write(`${why} Nothing changed.`);
  return true;
}

/** Fills in the field that is asked now; says what is wrong when it stays open. */
async function fillField(
  session: Session,
  asking: Asking,
  line: string,
): Promise<string | undefined> {
  const [field] = asking.fields;
  try {
    answerField(asking, line);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message;
  }
  const { id, values } = asking;
  const step = await session.bot.prepare(requestOf(session, { kind: 'form', id, values }));
  const problems = step.kind === 'form' ? (step.form.problems ?? []) : [];
  const problem = problems.find((each) => each.field === field?.name);
  if (!field || !problem) return undefined;
  asking.fields.unshift(field);
  delete asking.values[field.name];
  return plain(problem.text);
}
