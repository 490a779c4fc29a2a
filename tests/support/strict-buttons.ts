import { COMMANDS } from '../../src/commands.ts';
import { readSavedLine } from '../../src/spine/grammar/saved-line.ts';
import type { Reply } from '../../src/spine/reply.ts';

/** The lines of buttons and menus of a reply that a press could not read: each value must have its option's name. */
export function looseButtons({ blocks }: Reply): string[] {
  const lines = blocks.flatMap((block) => {
    if (block.kind === 'buttons') return block.buttons.map(({ run }) => run);
    return block.kind === 'select' ? [block.run, `${block.run} ${block.option}:x`] : [];
  });
  return lines.filter((run) => readSavedLine(run, COMMANDS) === undefined);
}
