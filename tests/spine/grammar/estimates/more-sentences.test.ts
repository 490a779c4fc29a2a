import { expect, test } from 'vitest';
import { COMMANDS } from '../../../../src/commands.ts';
import { runLine } from '../../../../src/spine/button.ts';
import { UserError } from '../../../../src/spine/errors.ts';
import { simple } from '../../../../src/spine/grammar/simple-values.ts';
import { remembered } from '../../../../src/spine/grammar/text.ts';
import { readTypedLine } from '../../../../src/spine/grammar/typed-line.ts';
import { plain } from '../../../../src/spine/reply.ts';
import { recognizes } from '../../../../src/spine/suggest.ts';
import { ESTIMATE_CATALOG as catalog } from '../../../support/estimate-catalog.ts';
import sentences from './more-sentences.json' with { type: 'json' };

/**
 * Two more tables of sentences, which were written before any was tried. `means` is the line that each is read as,
 * `unused` what is told as not used, `refuses` how the refusal begins; `meant` is what was meant where the answer isn't
 * that.
 */
type Sentence = {
  says: string;
  means?: string;
  unused?: string;
  refuses?: string;
  isUnclear?: boolean;
  meant?: object;
};

// The file holds some of these keys in each row.
const SENTENCES = sentences as readonly Sentence[];

const recognize = remembered((list, words) => recognizes(list, words, catalog));

/** The line that a sentence is read as, or the beginning of its refusal. */
function readAs(says: string): Pick<Sentence, 'means' | 'unused' | 'refuses'> {
  try {
    const read = readTypedLine(says, COMMANDS, {
      catalog,
      recognize,
      now: new Date(0),
      zone: 'UTC',
    });
    const unused = read.unused.join(', ');
    const means = runLine(read.command.name, simple(read.values));
    return unused === '' ? { means } : { means, unused };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { refuses: plain(error.text).split('\n')[0] ?? '' };
  }
}

test.each(SENTENCES)('$says', ({ says, means, unused, refuses }) => {
  expect(readAs(says)).toEqual({
    ...(means === undefined ? {} : { means }),
    ...(unused === undefined ? {} : { unused }),
    ...(refuses === undefined ? {} : { refuses }),
  });
});

test('most of these that an engineer can read are answered as they were meant', () => {
  const readable = SENTENCES.filter(({ isUnclear }) => !isUnclear);
  const missed = readable.filter(({ meant }) => meant !== undefined);

  expect(missed.length / readable.length).toBeLessThan(0.15);
});
