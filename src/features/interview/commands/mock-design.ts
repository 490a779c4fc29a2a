import { z } from 'zod';
import { CACHES, WEIGHTS } from '../../../core/cases/cheapest.ts';
import {
  layoutWords,
  readDesign,
  readStoredDesign,
  storedDesign,
} from '../../../core/cases/designs.ts';
import { targetOf } from '../../../core/cases/open.ts';
import { gpusOf } from '../../../core/cases/serving.ts';
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
    gpus: z.string().max(40).describe('GPUs, like 16 x H100').meta({ label: 'GPUs' }),
    layout: z.string().max(40).describe('Layout, like TP 2 PP 1 DP 8'),
    weights: z.enum(WEIGHTS).describe('Format of the weights'),
    cache: z.enum(CACHES).describe('Format of the KV cache').meta({ label: 'KV cache' }),
    batch: z
      .int()
      .min(1)
      .max(4096)
      .describe('Requests that each copy takes at once')
      .meta({ label: 'Batch limit' }),
  }),

  async prefill({ case: id, step }, context) {
    const session = await loadCase(Number(id), context);
    const before =
      step === 'twist-1' || step === 'twist-2' ? designBefore(session, step) : undefined;
    if (!before) return {};
    const design = readStoredDesign(before, context.catalog.gpus);
    const { gpu, format, kv, batch } = design;
    return {
      gpus: `${gpusOf(design)} x ${gpu.id}`,
      layout: layoutWords(design),
      weights: format.id,
      cache: kv.id,
      batch,
    };
  },

  async run({ case: id, step, ...typed }, context) {
    const session = await loadCase(id, context);
    const { drawn, facts, played } = session.playing;
    if (played.kind !== 'design') return stepCard(session);
    const read = readDesign(typed, targetOf(drawn, facts), facts.gpus);
    if ('why' in read) throw new UserError(read.why, { option: read.field });
    const after = await answerCase(session, { step, value: storedDesign(read.design) }, context);
    return after.state.answers.has(step) ? feedbackCard(after, step) : stepCard(after);
  },
});
