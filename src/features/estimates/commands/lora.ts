import { z } from 'zod';
import { usableBytes } from '../../../core/calculators/memory/capacity.ts';
import { expertCount } from '../../../core/calculators/models/model-shape.ts';
import { weightFormat } from '../../../core/calculators/quantization/formats.ts';
import { explainLora } from '../../../core/calculators/training/lora.ts';
import { trainingMemory, USUAL_UTILISATION } from '../../../core/calculators/training/memory.ts';
import { formatBytes, formatGiB, formatNumber, formatPercent } from '../../../core/units.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import type { Block, Reply } from '../../../spine/reply.ts';
import { estimateLine, estimateReply, stepsButton } from '../card.ts';
import { type Cards, findCards } from '../gpu.ts';
import { readSubject, type Subject } from '../model.ts';
import {
  ADAPTER_OPTIONS,
  CONFIG_OPTIONS,
  contextOption,
  gpuOption,
  MODEL_OPTIONS,
  sequencesOption,
  stepsOption,
} from '../options.ts';
import { pickTargets } from '../targets.ts';
import { USUAL_RANK, USUAL_SEQUENCE } from '../training.ts';

const EXAMPLE = 'lora llama-3.1-8b rank:16 targets:attention';

const input = z.object({
  ...MODEL_OPTIONS,
  gpu: gpuOption,
  ...ADAPTER_OPTIONS,
  context: contextOption,
  sequences: sequencesOption,
  dora: z.boolean().optional().describe('DoRA: also train a magnitude per output'),
  experts: z.boolean().optional().describe('Also adapt every expert of a mixture of experts'),
  ...CONFIG_OPTIONS,
  show: stepsOption,
});

type Input = z.output<typeof input>;

export const lora = defineCommand({
  name: 'lora',
  group: 'estimate',
  summary: 'Estimate the size of a LoRA adapter and the memory to train it',
  example: EXAMPLE,
  visibility: 'private',
  onlyShows: true,
  formWhenEmpty: true,
  mayBePosted: true,
  // Adapters that are served are no training.
  elsewhere: {
    when: /^\s*(?:serve|serving)\b|\b\d+ (?:lora )?(?:adapters|loras)\b/i,
    command: 'vram',
  },
  input,

  async run(given, context) {
    const subject = await readSubject(given, context, EXAMPLE);
    const adaptExperts = given.experts ?? false;
    const adapter = {
      rank: given.rank ?? USUAL_RANK,
      targets: pickTargets(given.targets, subject.shape, adaptExperts),
      dora: given.dora ?? false,
      adaptExperts,
    };
    const { rank, targets, gpu: _, context: tokens, sequences, dora, experts } = given;
    const cards = findCards(given.gpu, context);
    const values = {
      ...subject.values,
      rank,
      targets,
      gpu: cards?.id,
      context: tokens,
      sequences,
      dora,
      experts,
    };
    const asked = { subject, adapter, cards, given, values };
    return answer(asked, context);
  },
});

type Asked = {
  subject: Subject;
  adapter: Omit<Parameters<typeof explainLora>[0], 'shape'>;
  cards: Cards | undefined;
  given: Input;
  values: Record<string, string | number | boolean | undefined>;
};

const titleOf = ({ subject, adapter }: Asked) =>
  `LoRA adapter of ${subject.name} at rank ${adapter.rank}`;

function answer(asked: Asked, { locale }: Context): Reply {
  const { subject, adapter, values, cards, given } = asked;
  const explained = explainLora({ shape: subject.shape, ...adapter });
  const { parameters, share, bytes16 } = explained;
  const memory = methods(asked);
  const line = subject.values && estimateLine('lora', values);
  return estimateReply({
    title: titleOf(asked),
    verdict: `${formatNumber(parameters, locale)} trainable parameters, ${formatPercent(share, locale, 2)} of the model: ${formatBytes(bytes16, locale)} in 16-bit.`,
    blocks: [memoryTable(asked, memory, locale)],
    explained: {
      ...explained,
      assumptions: [
        ...explained.assumptions,
        `Memory for ${memory[0]?.sequences} × ${formatNumber(memory[0]?.sequence ?? 0, locale)} tokens with full checkpointing and adamw in mixed precision.`,
      ],
      warnings: [
        ...explained.warnings,
        ...(expertCount(subject.shape) > 0 && !adapter.adaptExperts
          ? ["Experts don't get an adapter unless you add experts:yes."]
          : []),
      ],
    },
    unit: 'parameters',
    show: given.show,
    notes: [...subject.notes, ...(cards?.notes ?? [])],
    buttons: subject.values ? buttons(asked) : [],
    ...(line ? { line } : {}),
    locale,
    data: {
      model: subject.model?.id ?? subject.name,
      rank: adapter.rank,
      targets: adapter.targets,
      parameters,
      share,
      bytes: bytes16,
      memory: memory.map(({ method, base, total }) => ({ method, base, bytes: Math.round(total) })),
      steps: explained.steps,
    },
  });
}

function buttons({ subject, values }: Asked) {
  const { rank, targets, gpu, context, sequences } = values;
  const same = { ...subject.values, gpu, context, sequences, rank, targets };
  return [
    stepsButton('lora', values),
    { label: 'Show LoRA memory', run: estimateLine('vram', { ...same, for: 'lora' }) },
    { label: 'Show QLoRA memory', run: estimateLine('vram', { ...same, for: 'qlora' }) },
  ];
}

const BASES = [
  ['lora', 'bf16'],
  ['lora', 'int8'],
  ['qlora', 'nf4-dq'],
] as const;

/** Memory on one GPU for each usual base. */
function methods({ subject, adapter, given }: Asked) {
  const sequence = given.context ?? Math.min(USUAL_SEQUENCE, subject.shape.maxContext);
  const sequences = given.sequences ?? 1;
  return BASES.map(([method, base]) => {
    const { total } = trainingMemory({
      shape: subject.shape,
      method,
      lora: adapter,
      base: weightFormat(base),
      sequence,
      microBatch: sequences,
    });
    return { method, base, total, sequence, sequences };
  });
}

function memoryTable({ cards }: Asked, memory: ReturnType<typeof methods>, locale: string): Block {
  const usable = cards && usableBytes(cards.gpu, 'vllm', USUAL_UTILISATION);
  return {
    kind: 'table',
    caption: 'Memory to train it on one GPU',
    columns: [
      { label: 'Base' },
      { label: 'Needs', align: 'right' },
      ...(cards ? [{ label: cards.name }] : []),
    ],
    rows: memory.map(({ method, base, total }) => [
      `${weightFormat(base).label.replace(/ with.*/, '')}${method === 'qlora' ? ' (QLoRA)' : ''}`,
      formatGiB(total, locale),
      ...(usable === undefined
        ? []
        : [
            total <= usable
              ? `fits, with ${formatGiB(usable - total, locale)} free`
              : `short by ${formatGiB(total - usable, locale)}`,
          ]),
    ]),
  };
}
