import { isCpu } from '../../core/calculators/hardware/cpu.ts';
import { explainCapacity } from '../../core/calculators/memory/capacity.ts';
import {
  bestFormat,
  type FitQuestion,
  fewestGpus,
  fitOn,
  layoutFor,
  longestContext,
  mostSequences,
} from '../../core/calculators/memory/fit.ts';
import { type Placement, placeLayers } from '../../core/calculators/memory/placement.ts';
import { explainPlacement } from '../../core/calculators/memory/placement-explain.ts';
import { weightFormat } from '../../core/calculators/quantization/formats.ts';
import { formatGiB, formatNumber } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import type { Block, Button, Reply } from '../../spine/reply.ts';
import { estimateLine, estimateReply, tableOf } from './card.ts';
import { type Cards, formatGpus } from './gpu.ts';
import { servingData } from './memory.ts';
import { numbered } from './placed.ts';
import { machineOf, type Serving } from './serving.ts';

const ENGINE_NAMES = { vllm: 'vLLM', 'llama.cpp': 'llama.cpp' } as const;

/** What `fit` may be asked for. */
export type FitWanted = 'context' | 'users' | 'format' | 'models' | 'smallest' | 'cheapest';

/** The answers to the reverse questions about one model on given cards. */
function reverseAnswers({
  subject,
  request,
  cards,
  utilisation,
  machine,
}: Serving & { cards: Cards }) {
  const share = utilisation === undefined ? {} : { utilisation };
  const question = { request, gpu: cards.gpu, ...share, ...(machine ? { machine } : {}) };
  const asked = fitOn(question);
  const format = bestFormat(question, subject.model?.native);
  // Where the asked format does not fit, the other answers are for the best one that does.
  const used = asked.fits || !format ? request.format : format;
  const inUse = { ...question, request: { ...request, format: used } };
  return {
    asked,
    format,
    used,
    longest: longestContext(inUse),
    most: mostSequences(inUse),
    ...countsOf(question, asked.fits),
    placement: machine && placeLayers(request, machine),
    capacity: machine
      ? explainPlacement(inUse.request, machine)
      : explainCapacity(inUse.request, cards.gpu, utilisation),
  };
}

/** How many of one kind of GPU hold it; a machine is as it is. */
function countsOf({ request, gpu, utilisation, machine }: FitQuestion, fits: boolean) {
  if (machine || isCpu(gpu)) return {};
  const fewest = fewestGpus({ ...request, parallel: {} }, gpu, utilisation);
  return { fewest, set: fits ? undefined : fewest };
}

/** The same on llama.cpp, whose formats go below four bits, where no engine was asked for. */
function onLlamaCpp(serving: Serving & { cards: Cards }): Serving & { cards: Cards } {
  const { request, subject, cards } = serving;
  const parallel = layoutFor({ ...request, engine: 'llama.cpp' }, cards.count) ?? {};
  const machine = machineOf({}, cards, 'llama.cpp');
  return {
    ...serving,
    ...(machine ? { machine } : {}),
    request: { ...request, engine: 'llama.cpp', format: weightFormat('q4_k_m'), parallel },
    notes: [
      ...serving.notes,
      `No vLLM format of ${subject.name} fits here, so this uses llama.cpp.`,
    ],
    values: { ...serving.values, engine: 'llama.cpp' },
  };
}

type Answers = ReturnType<typeof reverseAnswers>;

/** What fits of one model on given cards. */
export function fitModelReply(
  serving: Serving & { cards: Cards },
  want: FitWanted | undefined,
  context: Context,
): Reply {
  const { engine, format } = serving.values;
  const answers = reverseAnswers(serving);
  if (!answers.asked.fits && !answers.format && engine === undefined && format === undefined) {
    const other = onLlamaCpp(serving);
    return answersReply(other, reverseAnswers(other), want, context);
  }
  return answersReply(serving, answers, want, context);
}

function answersReply(
  serving: Serving & { cards: Cards },
  answers: Answers,
  want: FitWanted | undefined,
  { locale }: Context,
): Reply {
  const { subject, request, cards, gpus, values, notes, warnings } = serving;
  const { asked, format, used, longest, most, set, capacity } = answers;
  const line = subject.values && estimateLine('fit', { ...values, want });
  return estimateReply({
    title: `What fits: ${subject.name} on ${formatGpus({ ...cards, count: gpus })}`,
    verdict: fitVerdict(serving, answers, want, locale),
    blocks: [answersTable(serving, answers, locale)],
    explained: {
      assumptions: [...capacity.assumptions, `${used.label} on ${ENGINE_NAMES[request.engine]}.`],
      warnings: [...warnings, ...capacity.warnings],
    },
    notes,
    buttons: fitButtons(serving, answers),
    ...(line ? { line } : {}),
    locale,
    data: {
      ...servingData(serving),
      fits: asked.fits,
      spareBytes: Math.round(asked.spare),
      bestFormat: format?.id ?? null,
      usedFormat: used.id,
      longestContext: longest?.tokens ?? null,
      longestContextLimitedBy: longest?.limitedBy ?? null,
      mostSequences: most ?? null,
      fewestGpus: set?.count ?? null,
      steps: capacity.steps,
    },
  });
}

function answersTable(
  { request, cards }: Serving & { cards: Cards },
  { asked, format, used, longest, most, set, placement }: Answers,
  locale: string,
): Block {
  return tableOf(
    'Answers',
    ['Question', 'Answer'],
    [
      [
        `${request.format.label} at ${formatNumber(request.tokens, locale)} tokens`,
        asked.fits
          ? `fits, with ${formatGiB(asked.spare, locale)} free`
          : `short by ${formatGiB(-asked.spare, locale)}`,
      ],
      ...(placement ? placeRows(placement, locale) : []),
      ['Best format that fits', format ? format.label : 'none'],
      [`Longest context in ${used.label}`, formatMaxContext(longest, locale)],
      [
        `Most concurrent requests of ${formatNumber(request.tokens, locale)} tokens`,
        most === undefined ? 'none' : formatNumber(most, locale),
      ],
      ...(set ? [[`Fewest ${cards.name} for ${request.format.label}`, String(set.count)]] : []),
    ],
  );
}

/** Each memory by itself: `RTX 3060`, `fits, with 1.2 GiB free`. */
function placeRows({ places }: Placement, locale: string): [string, string][] {
  return numbered(places).map(({ name, place: { fits, total, usable, layers } }) => [
    `${name}, ${layers} ${layers === 1 ? 'layer' : 'layers'}`,
    !fits
      ? `short by ${formatGiB(total - usable, locale)}`
      : Number.isFinite(usable)
        ? `fits, with ${formatGiB(usable - total, locale)} free`
        : 'fits',
  ]);
}

/** The longest context that fits: `44,016 tokens`. */
export function formatMaxContext(longest: Answers['longest'], locale: string): string {
  if (!longest) return 'none';
  const limit = longest.limitedBy === 'model' ? ' (context limit)' : '';
  return `${formatNumber(longest.tokens, locale)} tokens${limit}`;
}

function fitVerdict(
  { request, subject, cards: { name } }: Serving & { cards: Cards },
  answers: Answers,
  want: FitWanted | undefined,
  locale: string,
): string {
  const { asked, format, used, longest, most, set } = answers;
  const count = request.sequences > 1 ? `${formatNumber(request.sequences, locale)} × ` : '';
  const tokens = formatNumber(request.tokens, locale);
  if (want === 'smallest' && !answers.placement)
    return countVerdict(answers, request.format.label, name, `${count}${tokens}`);
  if (want === 'format') {
    return format
      ? `${format.label} is the best format that fits at ${count}${tokens} tokens.`
      : `No supported format of ${subject.name} fits here.`;
  }
  if (!longest) {
    const sets = set ? ` It takes ${set.count} of these GPUs in ${request.format.label}.` : '';
    return `${subject.name} doesn't fit in any format, even with a 1-token context.${sets}`;
  }
  const start = asked.fits
    ? 'It fits'
    : `${request.format.label} doesn't fit, but ${used.label} does`;
  const context = `up to ${formatNumber(longest.tokens, locale)} tokens`;
  const users = `up to ${formatNumber(most ?? 0, locale)} concurrent ${most === 1 ? 'request' : 'requests'} of ${tokens} tokens`;
  if (want === 'context') return `${start}: ${context}.`;
  if (want === 'users') return `${start}: ${users}.`;
  return `${start}: ${context}, or ${users}.`;
}

/** How many of one GPU hold it. */
function countVerdict({ fewest }: Answers, format: string, name: string, tokens: string): string {
  return fewest
    ? `It takes ${fewest.count} × ${name} in ${format} at ${tokens} tokens.`
    : `Not even 64 × ${name} hold it in ${format}.`;
}

function fitButtons(
  { subject, values, cards }: Serving & { cards: Cards },
  { used, asked }: Answers,
): Button[] {
  if (!subject.values) return [];
  const { context, sequences, engine, kv } = values;
  return [
    {
      label: 'Show memory',
      run: estimateLine('vram', { ...values, format: asked.fits ? values.format : used.id }),
      style: 'primary',
    },
    {
      label: 'See other models',
      run: estimateLine('fit', { gpu: cards.id, context, sequences, engine, kv }),
    },
    {
      label: 'See other GPUs',
      run: estimateLine('fit', {
        ...subject.values,
        format: values.format,
        context,
        want: 'smallest',
      }),
    },
  ];
}
