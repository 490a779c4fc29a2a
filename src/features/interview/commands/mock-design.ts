import { z } from 'zod';
import type { Typed } from '../../../core/cases/checker.ts';
import { CHECKERS } from '../../../core/cases/checkers.ts';
import { checkerOf, twistOf } from '../../../core/cases/play.ts';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { feedbackCard } from '../cases/feedback-card.ts';
import { answerCase, designBefore, loadCase } from '../cases/playing.ts';
import { stepCard } from '../cases/step-card.ts';

export const mockDesign = defineCommand({
  name: 'mock design',
  summary: 'Your design',
  example:
    'mock design case:3 step:design gpus:"16 x H100" layout:"TP 2 PP 1 DP 8" weights:fp8 cache:fp8 batch:64',
  visibility: 'private',
  hidden: true,
  input: z.object({
    case: z.int().min(1).describe('Number of your case'),
    step: z.enum(['design', 'twist-1', 'twist-2']).describe('Step of the case'),
    ...CHECKERS.tuning.form,
    ...CHECKERS.serving.form,
  }),

  // Each kind of design has its own fields.
  async asks({ case: id, ...given }, context) {
    const { playing } = await loadCase(Number(id), context);
    if (playing.played.kind !== 'design') return undefined;
    const fields = Object.keys(checkerOf(playing).form);
    return fields.every((name) => given[name] !== undefined) ? undefined : fields;
  },

  async prefill({ case: id, step }, context) {
    const session = await loadCase(Number(id), context);
    const before =
      step === 'twist-1' || step === 'twist-2' ? designBefore(session, step) : undefined;
    return before ? checkerOf(session.playing).typed(before, context.catalog) : {};
  },

  async run({ case: id, step, private: _, ...fields }, context) {
    const session = await loadCase(id, context);
    const { playing } = session;
    if (playing.played.kind !== 'design') return stepCard(session);
    const checker = checkerOf(playing);
    const typed: Typed = fields;
    // The form requires them; without them there's no design to check.
    if (Object.keys(checker.form).some((name) => typed[name] === undefined))
      return stepCard(session);
    const read = checker.read(typed, { ...playing, twist: twistOf(playing, step) });
    if ('why' in read) throw new UserError(read.why, { option: read.field });
    const after = await answerCase(session, { step, value: read.stored }, context);
    return after.state.answers.has(step) ? feedbackCard(after, step) : stepCard(after);
  },
});
