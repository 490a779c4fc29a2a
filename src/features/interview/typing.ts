import type { Context, Heard } from '../../spine/command.ts';
import type { Values } from '../../spine/request.ts';
import { loadSession, present } from './interview-session.ts';
import { labelled, labelledExactly } from './labels.ts';

/** Nobody types a longer label or command. */
const MAX_LINE = 60;

/** What people type to steer an interview, and the commands whose button they mean, whatever its label says. */
const STEERING = new Map([
  ['begin', ['go']],
  ['start', ['go']],
  ['next', ['go']],
  ['next question', ['go']],
  ['go on', ['go', 'resume']],
  ['continue', ['go', 'resume']],
  ['resume', ['resume']],
  ['pause', ['pause']],
  ['hint', ['hint']],
  ['skip', ['skip', 'go']],
  ['skip follow-up', ['skip']],
  ['change answer', ['back']],
  ['turn off timer', ['time']],
  ['no timer', ['time']],
  ['help', []],
  ['add 10 minutes', []],
  ['cancel', ['end']],
  ['end', ['end']],
  ['stop', ['end']],
  ['quit', ['end']],
  ['end interview', ['end']],
  ['end it', ['end']],
]);

/** What answers the question before an interview is ended; no card of the interview itself shows it. */
const SURE = ['end interview', 'end it'];

/**
 * What typed words stand for, whatever was shown since: a command of the interview, or a button that it shows
 * now. Where there is no such button, what steers an interview is no answer either, and only shows where it stands.
 */
export async function pressedBy(
  words: string,
  interview: number,
  context: Context,
): Promise<Exclude<Heard, { values: Values }> | undefined> {
  const wanted = words.trim().toLowerCase();
  if (wanted.length > MAX_LINE) return undefined;
  if (/^\/?mock\b/.test(wanted)) return { typed: words };
  const { blocks } = present(await loadSession(interview, context));
  const buttons = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const steps = STEERING.get(wanted);
  const found =
    labelledExactly(wanted, buttons) ??
    (steps
      ? buttons.find(({ run }) => steps.some((step) => run.startsWith(`mock ${step} `)))
      : labelled(wanted, buttons));
  if (found) return { run: SURE.includes(wanted) ? `${found.run} confirm:yes` : found.run };
  return steps && { run: `mock show interview:${interview}` };
}
