import { UserError } from '../../spine/errors.ts';
import type { Form } from '../../spine/form.ts';
import { findCommand } from '../../spine/grammar/text.ts';
import type { RequestInput } from '../../spine/request.ts';
import { takeFile } from './files.ts';
import { createPlatform } from './platform.ts';
import { present } from './present.ts';
import {
  changeSpeaker,
  converse,
  fillIn,
  hear,
  requestOf,
  type Session,
  type TerminalOptions,
  take,
} from './session.ts';
import { chosen, chosenByLabel, isLetters } from './typed.ts';

const HELP = [
  'Enter a command, or the number or label of a button. Other commands:',
  '  as NAME               speak as someone else',
  '  jump tomorrow 09:00   move the clock (also: jump 2h, jump 09:00)',
  '  /COMMAND              run a command during an interview or a form',
  '  quit                  exit',
];

/** A session that is fed line by line; the same for a person, a pipe and a test. */
export function createTerminal(options: TerminalOptions) {
  const { world, write } = options;
  const session: Session = {
    ...options,
    speaker: world.speakers[0] ?? { account: 'terminal:you', name: 'You', isAdmin: true },
    choices: [],
    question: [],
    shared: [],
    waiting: new Map(),
    asking: undefined,
  };

  return {
    platform: createPlatform(session),
    /** Says hello to a person; a pipe is not greeted. */
    welcome(): void {
      const { name } = session.speaker;
      write(`You're ${name}, in #${world.channel} of ${world.workspaceName}. It's ${world.now()}.`);
      for (const line of HELP) write(line);
      write('');
    },
    /** Takes one line; false when the session is over. */
    async line(typed: string): Promise<boolean> {
      try {
        return await takeLine(session, typed);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        write(error.message);
        return true;
      }
    },
    /** Runs one line and writes its answer as one JSON object; false when it is an error. */
    async json(line: string): Promise<boolean> {
      const data = await answerAsData(session, () => ({
        kind: 'text',
        ...takeFile(line, session.bot.commands),
      }));
      write(JSON.stringify(data));
      return !('error' in data);
    },
    /** The answer to one request as an object; `error` is a mistake, in words. */
    data: (said: RequestInput): Promise<object> => answerAsData(session, () => said),
  };
}

/** What `createTerminal` makes. */
export type Terminal = ReturnType<typeof createTerminal>;

async function answerAsData(session: Session, read: () => RequestInput): Promise<object> {
  const { bot, look } = session;
  try {
    const step = await bot.prepare(requestOf(session, read()));
    if (step.kind === 'nothing') return { error: 'No reply.' };
    if (step.kind === 'form') return { error: missing(step.form) };
    const reply = await step.run();
    if (typeof reply.data === 'object' && reply.data !== null) return reply.data;
    return { title: reply.title ?? null, text: present(reply, look).lines.join('\n') };
  } catch (error) {
    if (error instanceof UserError) return { error: error.message };
    throw error;
  }
}

function missing({ fields }: Form): string {
  const names = fields.map(({ label }) => label).join(', ');
  return `Still needed: ${names}.`;
}

async function takeLine(session: Session, typed: string): Promise<boolean> {
  const line = typed.trim();
  if (session.asking && (await fillIn(session, session.asking, typed))) return true;
  if (/^(quit|exit)$/i.test(line)) return false;
  else if (line !== '') await takeWords(session, line);
  return true;
}

/** The terminal's own words come first, then what was shown to choose, then commands. */
async function takeWords(session: Session, line: string): Promise<void> {
  const speaker = /^as\s+(.+)$/i.exec(line)?.[1];
  if (speaker) return speakAs(session, speaker, line);
  const moment = /^jump(?:\s+to)?\s+(.+)$/i.exec(line)?.[1];
  if (moment) return jump(session, moment, line);
  // The name of a command is never the beginning of a label: "review" isn't "Review later".
  const choose = isCommandName(session, line) ? chosenByLabel : chosen;
  const said =
    choose(line, session.choices) ??
    chosenByLabel(line, session.shared) ??
    (isLetters(line) ? chosen(line, session.question) : undefined);
  return said ? take(session, said) : hear(session, line);
}

function isCommandName({ bot }: Session, line: string): boolean {
  const found = findCommand(bot.commands, line);
  return 'rest' in found && found.rest.trim() === '';
}

async function jump(session: Session, moment: string, line: string): Promise<void> {
  const { world, write } = session;
  if (await world.jump(moment)) return write(`It's now ${world.now()}.`);
  // An answer may begin with "jump", and with "as" more often.
  if (!(await converse(session, line)))
    write("I can't jump there. Try: jump tomorrow 09:00, jump 2h, jump 17:30");
}

async function speakAs(session: Session, name: string, line: string): Promise<void> {
  const { world, write } = session;
  const wanted = name.trim().toLowerCase();
  const found = world.speakers.find((each) => each.name.toLowerCase().startsWith(wanted));
  if (!found) {
    if (await converse(session, line)) return;
    const names = world.speakers.map((each) => each.name).join(', ');
    write(`No one is called "${name}". You can be: ${names}`);
    return;
  }
  changeSpeaker(session, found);
}
