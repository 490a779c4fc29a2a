import { z } from 'zod';
import { weightFormat } from '../../../core/calculators/quantization/formats.ts';
import { weightBytesRead } from '../../../core/calculators/speed/compute.ts';
import {
  explainSpeculation,
  speculativeSpeedup,
} from '../../../core/calculators/speed/speculative.ts';
import { formatNumber, formatPercent } from '../../../core/units.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { LineChart, Reply } from '../../../spine/reply.ts';
import { estimateLine, estimateReply, stepsButton, tableOf } from '../card.ts';
import { findSubject, type Subject } from '../model.ts';
import { formatOption, MODEL_OPTIONS, stepsOption } from '../options.ts';
import { pickFormat } from '../serving.ts';

const EXAMPLE = 'speculate llama-3.3-70b draft:llama-3.2-1b acceptance:0.7 tokens:4';

const input = z.object({
  ...MODEL_OPTIONS,
  draft: z
    .string()
    .max(120)
    .meta({ suggests: 'models', inForm: true, words: ['draft model', 'drafter', 'assistant'] })
    .optional()
    .describe('Draft model, such as llama-3.2-1b'),
  tokens: z
    .int()
    .min(1)
    .max(64)
    .meta({ words: ['k', 'gamma', 'draft tokens', 'drafted tokens', 'num-speculative-tokens'] })
    .default(4)
    .describe('Tokens drafted per cycle'),
  acceptance: z
    .number()
    .min(0)
    .max(1)
    .meta({ words: ['alpha', 'accept', 'acceptance rate'] })
    .default(0.7)
    .describe('Chance that a drafted token is accepted, such as 0.7 or 70%'),
  cost: z
    .number()
    .min(0)
    .max(10)
    .meta({ words: ['ratio', 'cost ratio'] })
    .optional()
    .describe('Draft step time as a share of a target step'),
  format: formatOption,
  show: stepsOption,
});

type Input = z.output<typeof input>;

export const speculate = defineCommand({
  name: 'speculate',
  group: 'estimate',
  summary: 'Estimate the speedup of speculative decoding',
  example: EXAMPLE,
  visibility: 'private',
  onlyShows: true,
  mayBePosted: true,
  input,

  async run(given, context) {
    return answer(await readSpeculation(given, context), given, context);
  },
});

type Asked = {
  request: Parameters<typeof explainSpeculation>[0];
  title: string;
  notes: string[];
  line: string;
  values: Record<string, string | number | undefined>;
};

/** What a draft step usually costs, when no models are named. */
const USUAL_COST = 0.05;

async function readSpeculation(given: Input, context: Context): Promise<Asked> {
  const target = await findSubject({ model: given.model }, context);
  const draft = await findSubject({ model: given.draft }, context);
  if (target && !draft && given.cost === undefined) {
    throw new UserError(['Which draft model? Try ', { command: EXAMPLE }, '.'], {
      option: 'draft',
    });
  }
  const format = pickFormat(given.format);
  const byModels = target && draft ? costOf(target, draft, given, context.locale) : undefined;
  const costRatio = given.cost ?? byModels?.ratio ?? USUAL_COST;
  const values = {
    model: target?.model?.id,
    draft: draft?.model?.id,
    tokens: given.tokens,
    acceptance: given.acceptance,
    cost: given.cost,
    format: format?.id,
  };
  const ratio = `A draft step takes ${formatPercent(costRatio, context.locale, 1)} of a target step`;
  return {
    request: { acceptance: given.acceptance, draftTokens: given.tokens, costRatio },
    title: target && draft ? `${draft.name} drafts for ${target.name}` : 'Speculative decoding',
    notes: [
      given.cost === undefined && byModels ? `${ratio}: ${byModels.why}.` : `${ratio}.`,
      ...(target?.notes ?? []),
      ...(draft?.notes ?? []),
    ],
    line: estimateLine('speculate', values),
    values,
  };
}

/** Decoding waits for memory, so that the bytes which are read decide. */
function costOf(target: Subject, draft: Subject, given: Input, locale: string) {
  const format = pickFormat(given.format);
  const read = ({ shape, format: own }: Subject) =>
    weightBytesRead(shape, format ?? own ?? weightFormat('bf16'), 1) / 1e9;
  const [draftGb, targetGb] = [read(draft), read(target)];
  if (draftGb >= targetGb) {
    throw new UserError(
      `${draft.name} isn't smaller than ${target.name}, so it can't draft for it.`,
      { option: 'draft' },
    );
  }
  const why = `it reads ${formatNumber(draftGb, locale, 2)} of ${formatNumber(targetGb, locale, 1)} GB`;
  return { ratio: draftGb / targetGb, why };
}

function answer(asked: Asked, { show }: Input, { locale }: Context): Reply {
  const { request, title, notes, line, values } = asked;
  const explained = explainSpeculation(request);
  const { tokens, speedup, operations, best } = explained;
  const times = (value: number) => `${formatNumber(value, locale, 2)}×`;
  const bestSpeedup = best === 0 ? 1 : speculativeSpeedup({ ...request, draftTokens: best });
  return estimateReply({
    title,
    verdict:
      speedup >= 1
        ? `${times(speedup)} as fast: ${formatNumber(tokens, locale, 2)} tokens per cycle.`
        : `Slower: ${times(speedup)} the speed, because drafting costs more than it saves.`,
    blocks: [
      tableOf(
        'Speculation',
        ['Metric', 'Value>'],
        [
          ['Tokens per cycle', formatNumber(tokens, locale, 2)],
          ['Speed', times(speedup)],
          ['Compute', times(operations)],
          ['Best draft length', best === 0 ? 'none' : String(best)],
          ['Speed at that length', times(bestSpeedup)],
        ],
      ),
    ],
    chart: draftChart(request, locale),
    explained,
    unit: 'times',
    show,
    notes,
    buttons: [
      stepsButton('speculate', values),
      ...(best > 0 && best !== request.draftTokens
        ? [
            {
              label: `Draft ${best} ${best === 1 ? 'token' : 'tokens'}`,
              run: estimateLine('speculate', { ...values, tokens: best }),
            },
          ]
        : []),
    ],
    line,
    locale,
    data: {
      ...request,
      tokensPerCycle: tokens,
      speedup,
      operations,
      best,
      bestSpeedup,
      steps: explained.steps,
    },
  });
}

/** The speedup against the number of drafted tokens, for several acceptance rates. */
function draftChart({ costRatio, acceptance }: Asked['request'], locale: string) {
  const drafts = [1, 2, 3, 4, 5, 6, 8, 10, 12];
  const rates = [...new Set([0.5, 0.6, 0.7, 0.8, 0.9, acceptance])].sort((a, b) => a - b).slice(-5);
  const chart: LineChart = {
    shape: 'lines',
    title: 'Speedup by drafted tokens',
    unit: 'times',
    x: { label: 'Drafted tokens', values: drafts },
    series: rates.map((rate) => ({
      label: `${formatPercent(rate, locale)} accepted`,
      values: drafts.map((draftTokens) =>
        speculativeSpeedup({ acceptance: rate, draftTokens, costRatio }),
      ),
    })),
  };
  const said = chart.series.map(
    ({ label, values }) => `${label}, up to ${formatNumber(Math.max(...values), locale, 2)}×`,
  );
  return { chart, alt: `${chart.title}: ${said.join('; ')}.` };
}
