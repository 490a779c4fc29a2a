import { explainCapacity, fitOnGpu } from '../../core/calculators/memory/capacity.ts';
import {
  bestFormat,
  fewestGpus,
  layoutFor,
  longestContext,
  mostSequences,
} from '../../core/calculators/memory/fit.ts';
import { weightFormat } from '../../core/calculators/quantization/formats.ts';
import { formatGiB, formatNumber } from '../../core/units.ts';
import type { Context } from '../command.ts';
import type { Block, Button, Reply } from '../reply.ts';
import { estimateLine, estimateReply } from './card.ts';
import { type Cards, formatGpus } from './gpu.ts';
import { servingData } from './memory.ts';
import type { Serving } from './serving.ts';

/** What `fit` may be asked for. */
export type FitWanted = 'context' | 'users' | 'format' | 'models' | 'smallest' | 'cheapest';

/** The answers to the reverse questions about one model on given cards. */
function reverseAnswers({ subject, request, cards, utilisation }: Serving & { cards: Cards }) {
  const share = utilisation === undefined ? {} : { utilisation };
  const question = { request, gpu: cards.gpu, ...share };
  const asked = fitOnGpu(request, cards.gpu, utilisation);
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
    set: asked.fits ? undefined : fewestGpus({ ...request, parallel: {} }, cards.gpu, utilisation),
    capacity: explainCapacity(inUse.request, cards.gpu, utilisation),
  };
}

/** The same on llama.cpp, whose formats go below four bits, where no engine was asked for. */
function onLlamaCpp(serving: Serving & { cards: Cards }): Serving & { cards: Cards } {
  const { request, subject, cards } = serving;
  const parallel = layoutFor({ ...request, engine: 'llama.cpp' }, cards.count) ?? {};
  return {
    ...serving,
    request: { ...request, engine: 'llama.cpp', format: weightFormat('q4_k_m'), parallel },
    notes: [
      ...serving.notes,
      `No format of vLLM holds ${subject.name} here, so this is for llama.cpp.`,
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
    title: `What fits of ${subject.name} on ${formatGpus({ ...cards, count: gpus })}`,
    verdict: fitVerdict(serving, answers, want, locale),
    blocks: [answersTable(serving, answers, locale)],
    explained: {
      assumptions: [...capacity.assumptions, `${used.label} in ${request.engine}.`],
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
  { asked, format, used, longest, most, set }: Answers,
  locale: string,
): Block {
  return {
    kind: 'table',
    caption: 'Answers',
    columns: [{ label: 'Question' }, { label: 'Answer' }],
    rows: [
      [
        `${request.format.label} at ${formatNumber(request.tokens, locale)} tokens`,
        asked.fits
          ? `fits, ${formatGiB(asked.spare, locale)} to spare`
          : `${formatGiB(-asked.spare, locale)} too much`,
      ],
      ['Best format that fits', format ? format.label : 'none'],
      [`Longest context in ${used.label}`, formatMaxContext(longest, locale)],
      [
        `Most sequences of ${formatNumber(request.tokens, locale)} tokens`,
        most === undefined ? 'none' : formatNumber(most, locale),
      ],
      ...(set ? [[`Fewest ${cards.name} for ${request.format.label}`, String(set.count)]] : []),
    ],
  };
}

function formatMaxContext(longest: Answers['longest'], locale: string): string {
  if (!longest) return 'none';
  const limit = longest.limitedBy === 'model' ? ' (the model ends there)' : '';
  return `${formatNumber(longest.tokens, locale)} tokens${limit}`;
}

function fitVerdict(
  { request, subject }: Serving,
  answers: Answers,
  want: FitWanted | undefined,
  locale: string,
): string {
  const { asked, format, used, longest, most, set } = answers;
  const tokens = formatNumber(request.tokens, locale);
  if (want === 'format') {
    return format
      ? `${format.label} is the format with most bits that fits at ${tokens} tokens.`
      : `No format of ${subject.name} that I know fits here.`;
  }
  if (!longest) {
    const sets = set ? ` It takes ${set.count} of them in ${request.format.label}.` : '';
    return `Nothing fits: not one token of ${subject.name} in any format.${sets}`;
  }
  const instead = asked.fits ? '' : `${request.format.label} does not fit, ${used.label} does: `;
  const context = `${formatNumber(longest.tokens, locale)} tokens at the most`;
  const users = `${formatNumber(most ?? 0, locale)} ${most === 1 ? 'sequence' : 'sequences'} of ${tokens} tokens at once`;
  if (want === 'context') return `${instead}${context}.`;
  if (want === 'users') return `${instead}${users}.`;
  return asked.fits ? `It fits: ${context}, or ${users}.` : `${instead}${context}, or ${users}.`;
}

function fitButtons(
  { subject, values, cards }: Serving & { cards: Cards },
  { used, asked }: Answers,
): Button[] {
  if (!subject.values) return [];
  const { context, sequences, engine, kv } = values;
  return [
    {
      label: 'Its memory',
      run: estimateLine('vram', { ...values, format: asked.fits ? values.format : used.id }),
      style: 'primary',
    },
    {
      label: 'Other models',
      run: estimateLine('fit', { gpu: cards.id, context, sequences, engine, kv }),
    },
    {
      label: 'Other GPUs',
      run: estimateLine('fit', {
        ...subject.values,
        format: values.format,
        context,
        want: 'smallest',
      }),
    },
  ];
}
