import { z } from 'zod';
import { type Gpu, peakFlops } from '../calculators/hardware/gpu.ts';
import { usableBytes } from '../calculators/memory/capacity.ts';
import { countParameters } from '../calculators/models/parameters.ts';
import { shortGpuName } from '../calculators/names/gpu-names.ts';
import { attentionFlopsPerToken } from '../calculators/training/compute.ts';
import { explainTrainingMemory } from '../calculators/training/explain.ts';
import {
  type TrainingRequest,
  trainingMemory,
  USUAL_UTILISATION,
} from '../calculators/training/memory.ts';
import { explainTrainingRun } from '../calculators/training/run.ts';
import { formatGiB, formatUsd } from '../units.ts';
import { type Asked, budgetOf, type Checker, type Finding, type Verdict } from './checker.ts';
import { readGpus } from './designs.ts';
import { numberOf, pricesOf, shownNumber } from './draw.ts';
import { ADAPTED, modelOf } from './quantities.ts';

/** Methods as they are called, in briefs too. */
const METHODS = { full: 'full fine-tuning', lora: 'LoRA', qlora: 'QLoRA' } as const;

/** How a run lies on its GPUs; `micro` is the sequences that each of them takes at once. */
const design = z.object({
  method: z.enum(['full', 'lora', 'qlora']),
  zero: z.enum(['0', '1', '2', '3']),
  checkpointing: z.enum(['none', 'full']),
  micro: z.coerce.number().int().min(1).max(1024),
});

type Run = z.output<typeof design> & { gpu: Gpu; count: number };

/** What a run has to do, from the values of its case; a twist changes it. */
function targetOf({ drawn, facts, twist }: Asked) {
  const number = (name: string) => numberOf(drawn, name);
  return {
    model: modelOf(drawn, facts),
    prices: pricesOf(drawn),
    methods: String(drawn['methods']),
    rank: number('rank'),
    sequence: number('sequence') * (twist === 'long' ? 4 : 1),
    tokens: number('trainM') * 1e6 * (twist === 'load' ? 4 : 1),
    hours: number('hours') * (twist === 'load' ? 2 : 1),
    most: number('most') / (twist === 'spare' ? 2 : 1),
    globalBatch: number('globalBatch'),
  };
}

type Target = ReturnType<typeof targetOf>;

const stored = ({ gpu, count, method, zero, checkpointing, micro }: Run) =>
  [gpu.id, count, method, zero, checkpointing, micro].join(' ');

/** @throws RangeError for anything that `stored` hasn't made. */
function readStored(line: string, gpus: readonly Gpu[]): Run {
  const [id, count, method, zero, checkpointing, micro] = line.split(' ');
  const gpu = gpus.find((each) => each.id === id);
  const read = design.safeParse({ method, zero, checkpointing, micro });
  if (!gpu || !read.success || !(Number(count) >= 1)) throw new RangeError(`no design ${line}`);
  return { ...read.data, gpu, count: Number(count) };
}

function requestOf(
  { count, method, zero, checkpointing, micro }: Run,
  target: Target,
): TrainingRequest {
  const { model, rank, sequence } = target;
  return {
    shape: model.shape,
    method,
    sequence,
    microBatch: micro,
    checkpointing,
    zero: ([0, 1, 2, 3] as const)[Number(zero)] ?? 0,
    dataParallel: count,
    ...(method === 'full' ? {} : { lora: { rank, targets: ADAPTED } }),
  };
}

/**
 * Hours of a run at the usual share of the peak, and the ends of their likely range.
 *
 *     weights     parameters × tokens × (2 forward + 2 for inputs + 2 for weights + 2 computed again)
 *     attention   × 4 / 3 where it's computed again
 *
 * Adapters leave out the 2 for frozen weights.
 */
function hoursOf({ gpu, count, method, checkpointing }: Run, { model, tokens, sequence }: Target) {
  const parameters = countParameters(model.shape).active;
  const attention = attentionFlopsPerToken(model.shape, sequence);
  const { days, flops, band } = explainTrainingRun({
    parameters,
    tokens,
    attentionFlopsPerToken: attention,
    gpus: count,
    peakFlops: peakFlops(gpu, 'fp16'),
  });
  const isAgain = checkpointing === 'full';
  const passes = (method === 'full' ? 6 : 4) + (isAgain ? 2 : 0);
  const all = (passes * parameters + (isAgain ? 4 / 3 : 1) * attention) * tokens;
  const scale = (24 * all) / flops;
  return { hours: days * scale, low: band.low * scale, high: band.high * scale };
}

const verdictOf = (low: number, high: number, most: number): Verdict =>
  low > most ? 'misses' : high > most ? 'close' : 'meets';

const three = (value: number) => shownNumber(Number(value.toPrecision(3)));

const usdOf = (run: Run, { prices }: Target, hours: number) =>
  hours * run.count * (prices.get(run.gpu.id) ?? Number.POSITIVE_INFINITY);

const usable = (gpu: Gpu) => usableBytes(gpu, 'vllm', USUAL_UTILISATION);

function check(run: Run, target: Target, budget: number | undefined): Finding[] {
  const { total, band } = explainTrainingMemory(requestOf(run, target));
  const { hours, low, high } = hoursOf(run, target);
  const room = usable(run.gpu);
  const usd = usdOf(run, target, hours);
  return [
    {
      what: 'gpus',
      label: 'GPUs',
      words: `${run.count} of ${target.most}`,
      has: run.count,
      needs: target.most,
      verdict: verdictOf(run.count, run.count, target.most),
    },
    {
      what: 'memory',
      label: 'Memory',
      words: `${formatGiB(total)} of ${formatGiB(room)} on each GPU`,
      has: room,
      needs: total,
      // What fits by the middle of the estimate is right; allocators differ.
      verdict: total <= room ? 'meets' : verdictOf(band.low, total, room),
    },
    {
      what: 'time',
      label: 'Time',
      words: `${three(hours)} hours (${three(low)}–${three(high)}), limit ${shownNumber(target.hours)}`,
      has: hours,
      needs: target.hours,
      verdict: verdictOf(low, high, target.hours),
    },
    ...(budget === undefined
      ? []
      : [
          {
            what: 'budget',
            label: 'Budget',
            words: `${formatUsd(usd)} of ${formatUsd(budget)} for the run`,
            has: usd,
            needs: budget,
            verdict: verdictOf((usd * low) / hours, (usd * high) / hours, budget),
          },
        ]),
  ];
}

/** Every run that one server allows, with the largest power of two of sequences that fits. */
function runsOf(target: Target, gpus: readonly Gpu[]): Run[] {
  const runs: Run[] = [];
  for (const gpu of gpus.filter(({ id }) => target.prices.has(id)))
    for (const count of [1, 2, 4, 8].filter((each) => each <= target.most))
      for (const method of design.shape.method.options.filter((each) => isMet(each, target)))
        for (const zero of design.shape.zero.options)
          for (const checkpointing of design.shape.checkpointing.options) {
            const micro = [8, 4, 2, 1].find((each) => {
              if (target.globalBatch % (count * each) !== 0) return false;
              const run = { gpu, count, method, zero, checkpointing, micro: each };
              return trainingMemory(requestOf(run, target)).total <= usable(gpu);
            });
            if (micro) runs.push({ gpu, count, method, zero, checkpointing, micro });
          }
  return runs;
}

const isMet = (method: keyof typeof METHODS, { methods }: Target) =>
  methods.split(/, | or /).includes(METHODS[method]);

/** A fine-tuning run on one server: memory, time, and the price of the run. */
export const TUNING = {
  form: {
    gpus: z
      .string()
      .max(40)
      .optional()
      .describe('GPUs, like 8 x H100')
      .meta({ label: 'GPUs', inForm: 'required' }),
    method: design.shape.method.optional().describe('What is trained').meta({ inForm: 'required' }),
    zero: design.shape.zero
      .optional()
      .describe('ZeRO stage, 0 for none')
      .meta({ label: 'ZeRO stage', inForm: 'required' }),
    checkpointing: design.shape.checkpointing
      .optional()
      .describe('Activation checkpointing: full computes each layer again')
      .meta({ inForm: 'required' }),
    micro: z
      .int()
      .min(1)
      .max(1024)
      .optional()
      .describe('Sequences that each GPU takes at once')
      .meta({ label: 'Micro batch', inForm: 'required' }),
  },
  note: 'The micro batch is the sequences of each GPU in one pass; the rest of the batch is accumulated. Mixed precision, AdamW, FlashAttention. Traffic between GPUs and unpacking 4-bit weights add to the time, within its range.',
  per: 'for the run',
  twists: {
    load: 'There is 4 times as much data now. You have twice the time, and a budget to match.',
    spare: 'Half of the server is down. The deadline stays.',
    long: 'Examples are 4 times as long now, and there are as many tokens in all.',
  },
  targets(asked) {
    const target = targetOf(asked);
    return [
      { label: 'Model', value: target.model.name },
      { label: 'Method', value: target.methods },
      ...(isMet('lora', target)
        ? [{ label: 'Adapters', value: `Rank ${target.rank} on q, k, v, and o` }]
        : []),
      { label: 'Data', value: `${shownNumber(target.tokens / 1e6)} million tokens in all epochs` },
      {
        label: 'Batch',
        value: `${target.globalBatch} sequences of ${shownNumber(target.sequence)} tokens`,
      },
      { label: 'Time', value: `${target.hours} hours or less` },
      { label: 'GPUs', value: `One server, up to ${target.most}` },
    ];
  },
  read({ gpus, ...typed }, asked) {
    const target = targetOf(asked);
    const choice = readGpus(String(gpus), target, asked.facts.gpus);
    if ('why' in choice) return choice;
    const run = { ...design.parse(typed), ...choice };
    if (!isMet(run.method, target))
      return { field: 'method', why: `The evals accept ${target.methods}.` };
    if (target.globalBatch % (run.count * run.micro) !== 0)
      return {
        field: 'micro',
        why: `${run.count} GPUs × ${run.micro} sequences must divide the batch of ${target.globalBatch}.`,
      };
    return { stored: stored(run) };
  },
  typed(line, { gpus }) {
    const { gpu, count, ...run } = readStored(line, gpus);
    return { gpus: `${count} x ${gpu.id}`, ...run };
  },
  words(line, { gpus }) {
    const { gpu, count, method, zero, checkpointing, micro } = readStored(line, gpus);
    return `${count} × ${shortGpuName(gpu)}, ${METHODS[method]}, ZeRO ${zero}, checkpointing ${checkpointing}, micro batch ${micro}`;
  },
  check: (line, asked) =>
    check(readStored(line, asked.facts.gpus), targetOf(asked), budgetOf(asked)),
  cheapest(asked) {
    const target = targetOf(asked);
    const [best] = runsOf(target, asked.facts.gpus)
      .map((run) => ({ run, ...hoursOf(run, target) }))
      .filter(({ hours }) => hours <= target.hours)
      .map(({ run, hours }) => ({ run, usd: usdOf(run, target, hours) }))
      .sort((a, b) => a.usd - b.usd || a.run.count - b.run.count);
    return best && { stored: stored(best.run), usd: best.usd };
  },
} satisfies Checker;
