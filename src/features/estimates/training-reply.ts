import { usableBytes } from '../../core/calculators/memory/capacity.ts';
import { weightFormat } from '../../core/calculators/quantization/formats.ts';
import { explainTrainingMemory } from '../../core/calculators/training/explain.ts';
import {
  type TrainingMemory,
  type TrainingMethod,
  trainingMemory,
} from '../../core/calculators/training/memory.ts';
import { formatBytes, formatCount, formatGiB, formatNumber } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import type { Block, Button, Reply } from '../../spine/reply.ts';
import { bytesData, bytesTable, estimateLine, estimateReply, type Shown } from './card.ts';
import { formatGpus } from './gpu.ts';
import { barChart } from './memory.ts';
import { pickTargets } from './targets.ts';
import { METHOD_NAMES, type Training, USUAL_RANK } from './training.ts';
import { fitSentence, usedShare } from './verdict.ts';

/** The lines of a training run with their names. */
function trainingParts(memory: TrainingMemory, method: TrainingMethod) {
  const { base, states, activations, buffers, overhead, total } = memory;
  return [
    { label: 'Frozen base', bytes: base },
    { label: method === 'full' ? 'Weights' : 'Adapter weights', bytes: states.weights },
    { label: 'Gradients', bytes: states.gradients },
    { label: 'Optimizer', bytes: states.optimizer },
    { label: 'Activations', bytes: activations.peak },
    { label: method === 'qlora' ? 'Dequantized weights' : 'Gathered weights', bytes: buffers },
    { label: 'CUDA context', bytes: overhead },
    { label: 'Total', bytes: total },
  ];
}

/** Fewer lines for the picture: Slack draws six series, of which one is the limit. */
function drawnParts(memory: TrainingMemory, method: TrainingMethod) {
  const { base, states, activations, buffers, overhead, total } = memory;
  return [
    ...(method === 'full'
      ? [
          { label: 'Weights', bytes: states.weights },
          { label: 'Gradients', bytes: states.gradients },
          { label: 'Optimizer', bytes: states.optimizer },
        ]
      : [
          { label: 'Frozen base', bytes: base },
          { label: 'Adapter', bytes: states.total },
        ]),
    { label: 'Activations', bytes: activations.peak },
    { label: 'Other', bytes: buffers + overhead },
    { label: 'Total', bytes: total },
  ];
}

function titleOf({ subject, request }: Training, locale: string): string {
  const { method, microBatch, sequence, lora, base } = request;
  const how = lora
    ? ` at rank ${lora.rank} on ${(base?.label ?? 'BF16').replace(/ with .*|,.*/, '')}`
    : '';
  const tokens = formatNumber(sequence, locale);
  return `${METHOD_NAMES[method]} of ${subject.name}${how}, ${microBatch} × ${tokens} tokens`;
}

function verdict(
  { cards, gpus, utilisation, request }: Training,
  bytes: number,
  locale: string,
): string {
  const each = gpus > 1 ? ` on each of ${gpus} GPUs` : '';
  const needs = `${METHOD_NAMES[request.method]} needs ${formatGiB(bytes, locale)}${each}`;
  if (!cards) return `${needs}.`;
  const usable = usableBytes(cards.gpu, 'vllm', utilisation);
  const on = formatGpus({ ...cards, count: gpus });
  const share = usedShare(utilisation, locale);
  return `${needs}. ${fitSentence({ bytes, usable, gpus, on, share }, locale)}`;
}

/** What a lighter method, or sharing the states, would need. */
function lighterBlocks({ request, gpus }: Training, locale: string): Block[] {
  const { method, shape } = request;
  const lora = request.lora ?? { rank: USUAL_RANK, targets: pickTargets(undefined, shape) };
  const light = { ...request, lora };
  const other = (name: TrainingMethod): string => {
    const { base: _, ...rest } = light;
    const base = weightFormat(name === 'qlora' ? 'nf4-dq' : 'bf16');
    const { total } = trainingMemory({ ...rest, shape, method: name, base });
    return `${METHOD_NAMES[name]} needs ${formatGiB(total, locale)}`;
  };
  const ways = [
    ...(method === 'full' ? [other('lora')] : []),
    ...(method === 'qlora' ? [] : [other('qlora')]),
  ];
  if (method === 'full' && gpus === 1) {
    const shared = trainingMemory({ ...request, zero: 3, dataParallel: 8 }).total;
    ways.push(`8 GPUs with ZeRO-3 need ${formatGiB(shared, locale)} each`);
  }
  return ways.length === 0 ? [] : [{ kind: 'text', text: `Lighter options: ${ways.join(', ')}.` }];
}

/** Memory for training a model, with its picture and what could be asked next. */
export function trainingReply(training: Training & Shown, { locale }: Context): Reply {
  const { subject, request, cards, gpus, notes, warnings, utilisation } = training;
  const explained = explainTrainingMemory(request);
  const { total, cpuBytes, trainable } = explained;
  const parts = trainingParts(explained, request.method);
  const usable = cards && usableBytes(cards.gpu, 'vllm', utilisation);
  const title = titleOf(training, locale);
  const line = subject.values && trainingLine(training);
  return estimateReply({
    title,
    verdict: verdict(training, total, locale),
    blocks: [
      ...(usable !== undefined && total > usable ? lighterBlocks(training, locale) : []),
      bytesTable(gpus > 1 ? 'Memory per GPU' : 'Memory', parts, locale),
      {
        kind: 'text',
        text: `${formatCount(trainable, locale)} trainable parameters.${cpuBytes > 0 ? ` ${formatBytes(cpuBytes, locale)} is kept in CPU memory.` : ''}`,
      },
    ],
    chart: barChart(drawnParts(explained, request.method), {
      title,
      bar: gpus > 1 ? 'Per GPU' : METHOD_NAMES[request.method],
      usable,
      limit: cards ? `${cards.name} usable` : '',
      locale,
    }),
    explained: { ...explained, warnings: [...warnings, ...explained.warnings] },
    notes,
    show: training.show,
    buttons: subject.values ? trainingButtons(training) : [],
    ...(line ? { line } : {}),
    locale,
    data: {
      ...trainingData(training),
      fits: usable === undefined ? null : total <= usable,
      bytes: Math.round(total),
      usableBytes: usable === undefined ? null : Math.floor(usable),
      breakdown: bytesData(parts),
      trainable,
      cpuBytes,
      steps: explained.steps,
    },
  });
}

function trainingData({ subject, request, cards, gpus }: Training): Record<string, unknown> {
  return {
    model: subject.model?.id ?? subject.name,
    for: request.method === 'full' ? 'train' : request.method,
    context: request.sequence,
    sequences: request.microBatch,
    zero: request.zero,
    gpu: cards ? { id: cards.gpu.id, name: cards.gpu.name, memoryGiB: cards.gpu.memoryGiB } : null,
    gpus,
  };
}

function trainingLine({ values, request }: Training, show?: 'steps'): string {
  const method = request.method === 'full' ? 'train' : request.method;
  return estimateLine('vram', { ...values, for: method, show });
}

function trainingButtons(training: Training): Button[] {
  const { values, subject, request } = training;
  const others = (['train', 'lora', 'qlora'] as const).filter(
    (each) => each !== (request.method === 'full' ? 'train' : request.method),
  );
  return [
    { label: 'Steps and assumptions', run: trainingLine(training, 'steps'), style: 'primary' },
    ...others.map((each) => ({
      label: each === 'train' ? 'Use full fine-tuning' : `Use ${METHOD_NAMES[each]}`,
      run: estimateLine('vram', {
        ...subject.values,
        gpu: values['gpu'],
        context: values['context'],
        sequences: values['sequences'],
        for: each,
      }),
    })),
  ];
}
