import { z } from 'zod';
import { readEstimate } from '../../../core/cases/estimate.ts';
import { estimateOf } from '../../../core/cases/play.ts';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { feedbackCard } from '../cases/feedback-card.ts';
import { answerCase, loadCase } from '../cases/playing.ts';
import { estimateText, stepCard } from '../cases/step-card.ts';

export const mockNumber = defineCommand({
  name: 'mock number',
  summary: 'Your estimate',
  example: 'mock number case:3 value:"20 GB"',
  visibility: 'private',
  hidden: true,
  input: z.object({
    case: z.int().min(1).describe('Number of your case'),
    value: z.string().max(40).describe('A number, like 1.5k or 20 GB'),
  }),

  formAbout: async ({ case: id }, context) => [
    { kind: 'text', text: estimateText(await loadCase(Number(id), context)) },
  ],

  async run({ case: id, value }, context) {
    const session = await loadCase(id, context);
    const unit = estimateOf(session.playing)?.unit ?? '';
    const number = readEstimate(value, unit);
    if (number === undefined)
      throw new UserError(`"${value}" isn't a number of ${unit}. Enter one like 1,500 or 1.5k.`, {
        option: 'value',
      });
    const after = await answerCase(session, { step: 'estimate', value: String(number) }, context);
    return after.state.answers.has('estimate') ? feedbackCard(after, 'estimate') : stepCard(after);
  },
});
