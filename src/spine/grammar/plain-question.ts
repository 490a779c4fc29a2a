import { ASKING, isAnsweredBy } from './estimates/asked.ts';
import { comparedTask, familyTask } from './estimates/choices.ts';
import { ASKED_WORDS, FILLERS, PROGRAMS } from './estimates/lexicon.ts';
import { respelled } from './estimates/spellings.ts';
import { SCRIPT, TASKS, type Task } from './estimates/tasks.ts';
import { spelledFamilies } from './estimates/typos.ts';
import type { OptionMatcher } from './option-matching.ts';
import { nearestWord } from './sentence-words.ts';

/** Only a model or a card: its memory is what people ask for most. */
const ANY: Task = [/^/, 'vram'];

/** The call of a program that serves models. */
const CALL: Task = [/^/, 'vram'];

/** A longer text is no question; the command line of a program may be. */
const MAX_QUESTION = 1000;

/**
 * The command line that a question in plain words means, such as `can i run mixtral on 2x3090`, and whether a word asks
 * for that command; undefined unless it names a model or a GPU that is known.
 */
export function plainQuestion(
  said: string,
  recognize: OptionMatcher,
): { line: string; isAsked: boolean; unused?: readonly string[] } | undefined {
  if (said.length > MAX_QUESTION) return undefined;
  const line = respelled(said);
  const isCall = PROGRAMS.some(([called]) => called.test(line));
  const name = nameIn(line, recognize);
  if (!isCall && name === undefined) return undefined;
  // The flags of a call ask for nothing.
  const words = isCall ? line.replaceAll(/(?<=\s)--?[a-z]\S*/gi, ' ') : line;
  const spelled = words.replace(/\p{L}{4,20}/gu, (word) => spelledRight(word));
  // These aren't read word by word, and so take no other words.
  const isFact = ([, command]: Task) =>
    (command !== 'models' && command !== 'gpus') ||
    (name !== undefined && isFactOf(command, line, name, recognize));
  const asking = TASKS.filter(isFact);
  const asked = asking.find(([asks]) => asks.test(spelled));
  const task =
    comparedTask(line, asked, recognize) ??
    familyTask(words, asked, recognize) ??
    asked ??
    (isCall ? CALL : undefined);
  // What a script trains is told by its flags.
  const isLora = task?.[1] === SCRIPT && /lora/i.test(line);
  const command = isLora ? 'vram for:lora' : (task ?? ANY)[1];
  if (name !== undefined && (command === 'models' || command === 'gpus'))
    return { line: `${command} ${name}`, isAsked: true, unused: notShown(command, line) };
  const typed = said.trim().replace(/^\//, '');
  return { line: `${command} ${typed}`, isAsked: task !== undefined };
}

/** What is asked of a model or of GPUs, and the answer doesn't show. */
const NOT_SHOWN: Readonly<Record<string, RegExp>> = {
  models: /\bexperts?\b/gi,
  gpus: /\b(?:list|at least|at most|more than|less than|over|above|under|below)\b/gi,
};

const notShown = (command: string, line: string): readonly string[] =>
  line.match(NOT_SHOWN[command] ?? /(?!)/g) ?? [];

/** Whether a line says nothing but a name and words that the answer on a model or a GPU explains. */
function isFactOf(command: string, line: string, name: string, recognize: OptionMatcher): boolean {
  if (!recognize(command, name)) return false;
  const named = name.toLowerCase().split(' ');
  const words = line.toLowerCase().split(/[\s,;?!()]+/);
  return words.every(
    (word) =>
      word === '' || named.includes(word) || FILLERS.has(word) || isAnsweredBy(command, word),
  );
}

/** A misspelt word of a question: `bigest`, `latancy`. */
function spelledRight(word: string): string {
  const typed = word.toLowerCase();
  return ASKED_WORDS.includes(typed) || FILLERS.has(typed) || ASKING.has(typed)
    ? word
    : (nearestWord(typed, ASKED_WORDS) ?? word);
}

/** Words in which a name is looked for. */
const MAX_WORDS = 60;

/** The longest name of a model, or else of a GPU. */
function nameIn(line: string, recognize: OptionMatcher): string | undefined {
  const words = spelledFamilies(
    line
      .replaceAll(/[,;?!()]|['’]s\b/g, ' ')
      .split(/\s+/)
      .filter(Boolean)
      .slice(0, MAX_WORDS),
    recognize,
  );
  for (const list of ['models', 'gpus'])
    for (const count of [3, 2, 1])
      for (const at of words.keys()) {
        const run = words.slice(at, at + count).join(' ');
        // `a` and `one` also stand before a card, but `a 2 year old pc` is no A2.
        if (/\d|[a-z]{4}/i.test(run) && !/^an? \d{1,2}$/i.test(run) && recognize(list, run))
          return run;
      }
  return undefined;
}
