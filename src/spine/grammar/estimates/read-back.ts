import { formatNumber } from '../../../core/units.ts';
import { runLine } from '../../button.ts';
import type { Command } from '../../command.ts';
import { UserError } from '../../errors.ts';
import type { Text } from '../../reply.ts';
import type { Values } from '../../request.ts';
import { listIn, type Sources } from '../../suggest.ts';
import { simple } from '../simple-values.ts';
import { notUsed } from './account.ts';

type Asked = { command: Command; values: Values };

/** What a sentence was read as, each value by its option's name, and the words that nothing was made of. */
export function readBackOf(
  { command, values }: Asked,
  unused: readonly string[],
  sources: Sources,
): Text {
  const told = command.options.flatMap(({ name, label, suggests }) => {
    const value = values[name];
    if (value === undefined || typeof value === 'object' || name === 'private' || name === 'show')
      return [];
    if (typeof value === 'number')
      return [`${label} ${name === 'year' ? value : formatNumber(value, 'en', 3)}`];
    // Of a family all models are shown.
    const isFamily = name === 'model' && values['want'] === 'models';
    const shown =
      suggests && !isFamily ? (listIn(suggests)?.shows?.(String(value), sources) ?? value) : value;
    return [`${label} ${String(shown).slice(0, 60)}`];
  });
  const read = told.length === 0 ? [] : [`Read as: ${told.join(' · ')}.`];
  const left = unused.length === 0 ? [] : [`Not used: ${unused.join(', ')}.`];
  return [...read, ...left].join(' ');
}

/** So many corrections are buttons beside a refusal. */
const MOST = 3;

/**
 * A name that is not known is refused, with the same line for the names that it is nearest to.
 *
 * @throws UserError with those as buttons.
 */
export function refuseUnknown(
  { command, values }: Asked,
  unused: readonly string[],
  sources: Sources,
): void {
  for (const { name, suggests } of command.options) {
    const list = suggests === undefined ? undefined : listIn(suggests);
    const typed = values[name];
    if (!list?.corrects || typeof typed !== 'string' || (name === 'model' && typed.startsWith('{')))
      continue;
    const near = list.corrects(typed, sources).slice(0, MOST);
    if (near.length === 0) continue;
    try {
      list.check?.(typed, sources);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const buttons = near.map(({ label, value }) => ({
        label: `Use ${label}`.slice(0, MAX_LABEL),
        run: runLine(command.name, simple({ ...values, [name]: value })),
      }));
      throw new UserError([...[error.text].flat(), notUsed(unused)], { buttons, option: name });
    }
  }
}

/** Characters that a button shows on every platform. */
const MAX_LABEL = 24;
