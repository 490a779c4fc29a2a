import type { Context } from '../command.ts';
import { loadSession, present } from './interview-session.ts';
import { labelled } from './labels.ts';

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
  ['skip', ['skip']],
  ['leave it', ['skip']],
  ['take it back', ['back']],
  ['no timer', ['time']],
  ['ten more minutes', []],
  ['end', ['end']],
  ['stop', ['end']],
  ['quit', ['end']],
  ['end it', ['end']],
]);

/** What answers the question before an interview is ended; no card of the interview itself shows it. */
const SURE = 'end it';

/**
 * The line that typed words stand for, whatever was shown since: a command of the interview, or a button that it shows
 * now. Where there is no such button, what steers an interview is no answer either, and only shows where it stands.
 */
export async function pressedBy(
  words: string,
  interview: number,
  context: Context,
): Promise<string | undefined> {
  const wanted = words.trim().toLowerCase();
  if (wanted.length > MAX_LINE) return undefined;
  if (/^\/?mock\b/.test(wanted)) return words;
  const { blocks } = present(await loadSession(interview, context));
  const buttons = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const steps = STEERING.get(wanted);
  const found =
    buttons.find(({ label }) => label.toLowerCase() === wanted) ??
    (steps
      ? buttons.find(({ run }) => steps.some((step) => run.startsWith(`mock ${step} `)))
      : labelled(wanted, buttons));
  if (wanted === SURE && found) return `${found.run} confirm:yes`;
  return found?.run ?? (steps ? `mock show interview:${interview}` : undefined);
}
