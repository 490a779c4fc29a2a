import type { Context } from './command.ts';
import { findSitting, present } from './interview-sitting.ts';
import { labelled } from './labels.ts';

/** Nobody types a longer label. */
const LONGEST_LABEL = 30;

/**
 * The line of the button that typed words name, of those that an interview shows now, whatever was shown since. `skip` is
 * understood at a follow-up too, which calls it "Leave it".
 */
export async function pressedBy(
  words: string,
  interview: number,
  context: Context,
): Promise<string | undefined> {
  if (words.length > LONGEST_LABEL) return undefined;
  const { blocks } = present(await findSitting(interview, context));
  const buttons = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const isSkip = /^skip$/i.test(words.trim());
  const found =
    labelled(words, buttons) ?? buttons.find(({ run }) => isSkip && run.startsWith('mock skip '));
  return found?.run;
}
