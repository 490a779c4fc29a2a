import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { fitModelReply } from '../fit.ts';
import { findCards } from '../gpu.ts';
import { findSubject } from '../model.ts';
import { modelsReply } from '../models.ts';
import {
  CONFIG_OPTIONS,
  contextOption,
  formatOption,
  gpuOption,
  imagesOption,
  kvOption,
  MODEL_OPTIONS,
  OTHER_WORDS,
  SERVING_OPTIONS,
  sequencesOption,
} from '../options.ts';
import { readServing } from '../serving.ts';
import { setsReply } from '../sets.ts';

const input = z.object({
  ...MODEL_OPTIONS,
  gpu: gpuOption,
  want: z
    .enum(['models', 'context', 'users', 'format', 'smallest', 'cheapest'])
    .meta({
      also: OTHER_WORDS.want,
    })
    .optional()
    .describe('Models, longest context, most users, best format, or smallest or cheapest GPUs'),
  format: formatOption,
  context: contextOption,
  sequences: sequencesOption,
  images: imagesOption,
  kv: kvOption,
  engine: SERVING_OPTIONS.engine,
  utilisation: SERVING_OPTIONS.utilisation,
  prices: z
    .string()
    .max(200)
    .meta({ suggests: 'prices' })
    .optional()
    .describe('Dollars per GPU-hour, such as h100=2.10,4090=0.35'),
  ...CONFIG_OPTIONS,
});

type Input = z.output<typeof input>;

export const fit = defineCommand({
  name: 'fit',
  group: 'estimate',
  summary: 'Find what fits: models, contexts, users, formats, or GPUs',
  example: 'fit llama-3.3-70b 2x 4090',
  visibility: 'private',
  onlyShows: true,
  mayBePosted: true,
  formWhenEmpty: true,
  input,

  async run(given, context) {
    const cards = findCards(given.gpu, context);
    if (cards && given.want === 'models') return modelsReply(cards, given, context);
    const subject = await findSubject(given, context);
    if (!subject) {
      if (!cards)
        throw new UserError(
          [
            'Which GPU or model? Try ',
            { command: 'fit 4090' },
            ' or ',
            { command: 'fit llama-3.3-70b' },
            '.',
          ],
          { option: 'model' },
        );
      if (given.want && given.want !== 'models')
        throw new UserError([
          'For which model? Try ',
          { command: `fit model:llama-3.3-70b gpu:${cards.id} want:${given.want}` },
          '.',
        ]);
      return modelsReply(cards, given, context);
    }
    // How many of a GPU that is named is a question about that GPU.
    const isHowMany = given.want === 'smallest' && given.gpu !== undefined && given.gpu !== 'none';
    const isAboutGpus = !isHowMany && (given.want === 'smallest' || given.want === 'cheapest');
    // A default GPU is no answer to which GPUs would do.
    if (!cards || isAboutGpus) {
      if (given.want !== undefined && !isAboutGpus)
        throw new UserError([
          'On which GPU? Try ',
          { command: `fit model:${nameOf(given)} gpu:4090 want:${given.want}` },
          '.',
        ]);
      const serving = readServing(subject, { ...given, gpu: 'none' }, context);
      return setsReply(
        serving,
        { order: given.want === 'cheapest' ? 'cheapest' : 'smallest', prices: given.prices },
        context,
      );
    }
    // Whether a context that is told fits is the question then, not the longest one.
    const isStated = given.want === 'context' && given.context !== undefined;
    const want = isStated ? undefined : given.want;
    return fitModelReply({ ...readServing(subject, given, context), cards }, want, context);
  },
});

function nameOf({ model }: Input): string {
  return model ?? 'llama-3.3-70b';
}
