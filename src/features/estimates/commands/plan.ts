import { z } from 'zod';
import { gpuChoiceId } from '../../../core/calculators/names/gpu-names.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { type Cards, findCards, readCards } from '../gpu.ts';
import { readSubject, type Subject } from '../model.ts';
import {
  CONFIG_OPTIONS,
  contextOption,
  formatOption,
  gpuOption,
  kvOption,
  MODEL_OPTIONS,
  SERVING_OPTIONS,
  sequencesOption,
} from '../options.ts';
import { type PlanAsked, planReply } from '../plan.ts';
import { COMMON_GPUS, planGpusReply } from '../plan-gpus.ts';
import { readServing } from '../serving.ts';
import { namelessGpu, requireYear, yearOption } from '../speed.ts';

const EXAMPLE = 'plan llama-3.3-70b h100 context:8k sequences:32 rate:30';

/** Tokens a second that nobody waits for: about four times the speed of reading. */
const USUAL_RATE = 20;

/** Tokens of an answer, of which the context is not all prompt. */
const USUAL_OUTPUT = 256;

const input = z.object({
  ...MODEL_OPTIONS,
  gpu: gpuOption,
  format: formatOption,
  context: contextOption,
  sequences: sequencesOption,
  rate: z
    .number()
    .min(0.1)
    .max(10_000)
    .meta({ words: ['tokens per second', 'tok/s', 'tokens/s', 't/s', 'tps'] })
    .default(USUAL_RATE)
    .describe('Tokens per second for each request, such as 30'),
  kv: kvOption,
  engine: SERVING_OPTIONS.engine,
  year: yearOption,
  utilisation: SERVING_OPTIONS.utilisation,
  ...CONFIG_OPTIONS,
});

type Input = z.output<typeof input>;

export const plan = defineCommand({
  name: 'plan',
  group: 'estimate',
  summary: 'Find the fewest GPUs and the layout that meet a token rate',
  example: EXAMPLE,
  visibility: 'private',
  onlyShows: true,
  formWhenEmpty: true,
  mayBePosted: true,
  input,

  async run(given, context) {
    const subject = await readSubject(given, context, EXAMPLE);
    requireYear(given.year);
    const cards = findCards(given.gpu, context);
    if (cards?.isAnonymous) throw new UserError(namelessGpu(EXAMPLE), { option: 'gpu' });
    if (subject.shape.kind === 'encoder') {
      throw new UserError(`${subject.name} is an encoder, so it doesn't generate tokens.`);
    }
    if (cards) return planReply(asked(subject, cards, given, context), context);
    return planGpusReply(
      COMMON_GPUS.map((gpu) => asked(subject, readCards(gpu, context), given, context)),
      context,
    );
  },
});

/** What is planned on one kind of GPU. */
function asked(subject: Subject, cards: Cards, given: Input, context: Context): PlanAsked {
  // The layout is what is looked for; a number of GPUs is the most that there are.
  const gpu = gpuChoiceId({ ...cards, count: 1 });
  const serving = readServing(subject, { ...given, gpu, sequences: 1 }, context);
  const { tokens } = serving.request;
  const { sequences: concurrent = 1, rate, year } = given;
  return {
    serving: { ...serving, cards: { ...cards, count: 1 } },
    concurrent,
    rate,
    output: Math.min(USUAL_OUTPUT, Math.ceil(tokens / 2)),
    year,
    ...(cards.count > 1 ? { mostGpus: cards.count } : {}),
    values: {
      ...serving.values,
      gpu: cards.id,
      sequences: given.sequences,
      rate: rate === USUAL_RATE ? undefined : rate,
      year,
    },
  };
}
