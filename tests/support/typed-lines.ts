import { readCatalog } from '../../src/catalog.ts';
import { COMMANDS } from '../../src/commands.ts';
import { readQuery } from '../../src/core/questions/search-words.ts';
import { runLine } from '../../src/spine/button.ts';
import { UserError } from '../../src/spine/errors.ts';
import { readSavedLine } from '../../src/spine/grammar/saved-line.ts';
import { simple } from '../../src/spine/grammar/simple-values.ts';
import { coerceAll } from '../../src/spine/grammar/text.ts';
import { readTypedLine } from '../../src/spine/grammar/typed-line.ts';
import { recognizes } from '../../src/spine/suggest.ts';

const { catalog } = readCatalog();
const commands = COMMANDS.filter(({ hidden }) => !hidden).map(({ name }) => name);
const sources = { ...catalog, commands };

/** `shows` is that what runs changes nothing. */
type ReadAs = { runs?: string; shows?: boolean; offers: string[]; says?: string };

/** How a line is read on Monday, 2 March 2026: what runs at once, or what is offered, as saved lines. */
export function readAs(line: string): ReadAs {
  try {
    const read = readTypedLine(line, COMMANDS, {
      catalog,
      recognize: (list, words) => recognizes(list, words, sources),
      now: new Date('2026-03-02T08:00:00Z'),
      zone: 'UTC',
    });
    const { command, values } = read;
    const runs = runLine(command.name, simple(values));
    return { runs, shows: command.onlyShows(values), offers: [] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { offers: error.buttons.map(({ run }) => run), says: error.message };
  }
}

/** A saved line with every default in it, so that two lines of one meaning are the same text. */
export function canonical(run: string): string {
  const line = readSavedLine(run, COMMANDS);
  const command = COMMANDS.find(({ name }) => name === line?.command);
  if (!line || !command) throw new Error(`"${run}" is no saved line`);
  const { values } = coerceAll(command, line.pairs);
  const parsed = command.parse(values);
  const input = parsed.ok ? (parsed.input as Record<string, unknown>) : values;
  const pairs = Object.entries(input)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, name === 'words' ? searched(String(value)) : value]);
  return JSON.stringify([command.name, pairs.sort()])
    .toLowerCase()
    .replace(
      /"time","(\d):?(\d\d)?(?:am)?"/,
      (_, hour, minutes = '00') => `"time","0${hour}:${minutes}"`,
    );
}

/** What is looked for: "what is a KV cache" finds what "kv cache" finds. */
const searched = (words: string) => readQuery(words).asked.map(({ word }) => word);

/** How a sentence was taken. */
export type Outcome = 'runs' | 'offered' | 'refused' | 'misread';

/** Compares how a sentence is read with what it means; only what runs at once can be misread. */
export function outcomeOf(says: string, means: readonly string[]): Outcome {
  const wanted = new Set(means.map(canonical));
  const { runs, offers } = readAs(says);
  if (runs !== undefined) return wanted.has(canonical(runs)) ? 'runs' : 'misread';
  return offers.some((run) => wanted.has(canonical(run))) ? 'offered' : 'refused';
}
