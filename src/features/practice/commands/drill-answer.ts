import { z } from 'zod';
import { checkChoice, checkNumber } from '../../../core/questions/check-answer.ts';
import { numberRefusal, readNumberFor } from '../../../session/number-input.ts';
import { promptBlocks } from '../../../session/question-card.ts';
import { assertNotLive } from '../../../session/spoiler-guard.ts';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { drillFeedback } from '../drill-card.ts';
import { findDrill, keepDrill } from '../drilling.ts';

export const drillAnswer = defineCommand({
  name: 'drill answer',
  summary: 'Answer a drill',
  example: 'drill answer item:gen-kv-per-token-abc value:b',
  visibility: 'private',
  hidden: true,
  input: z.object({
    item: z.string().max(48).describe('ID of the drill'),
    value: z.string().max(60).describe('A number, with or without its unit, or a letter'),
  }),

  formAbout: async ({ item }, context) =>
    typeof item === 'string' ? promptBlocks(findDrill(item, context)) : undefined,

  async run({ item, value }, context) {
    const question = findDrill(item, context);
    await assertNotLive(question.id, context);
    if (question.format !== 'numeric') {
      const letter = value.trim().toLowerCase();
      const last = String.fromCharCode(96 + question.options.length);
      if (!/^[a-z]$/.test(letter) || letter > last)
        throw new UserError(`"${value}" isn't an option of this question. Select a letter.`, {
          option: 'value',
        });
      const verdict = checkChoice(question, [letter]);
      await keepDrill(question, verdict, context);
      return drillFeedback(question, { given: letter, verdict });
    }
    const read = readNumberFor(question, value);
    const verdict = read === undefined ? undefined : checkNumber(question, read);
    if (!verdict) throw new UserError(numberRefusal(question, value), { option: 'value' });
    await keepDrill(question, verdict, context);
    return drillFeedback(question, { given: value.trim(), verdict });
  },
});
