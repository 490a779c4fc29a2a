import { z } from 'zod';
import {
  type KvRequest,
  kvBytesPerToken,
  kvCacheSize,
} from '../../../core/calculators/memory/kv-cache.ts';
import { explainKvCache } from '../../../core/calculators/memory/kv-explain.ts';
import { type KvFormat, kvFormat } from '../../../core/calculators/quantization/formats.ts';
import { formatBytes, formatGiB, formatNumber, GIB } from '../../../core/units.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { type Block, type LineChart, type Reply, say } from '../../../spine/reply.ts';
import { bytesTable, estimateLine, estimateReply, stepsButton, tableOf } from '../card.ts';
import { readSubject, type Subject } from '../model.ts';
import {
  CONFIG_OPTIONS,
  contextOption,
  MODEL_OPTIONS,
  sequencesOption,
  showOption,
} from '../options.ts';
import { pickKv, USUAL_TOKENS } from '../serving.ts';

const EXAMPLE = 'kv llama-3.1-8b context:32k';

const input = z.object({
  ...MODEL_OPTIONS,
  context: contextOption,
  sequences: sequencesOption,
  format: z
    .string()
    .max(40)
    .meta({
      suggests: 'kv-formats',
      words: [
        'kv',
        'kv cache',
        'cache',
        'dtype',
        'kv-cache-dtype',
        'ctk',
        'ctv',
        'cache-type-k',
        'cache-type-v',
      ],
    })
    .optional()
    .describe('Number format of the cache, such as fp8 or q8_0'),
  'other-format': z
    .string()
    .max(40)
    .meta({ suggests: 'kv-formats' })
    .optional()
    .describe('Second number format to compare with'),
  ...CONFIG_OPTIONS,
  show: showOption,
});

type Input = z.output<typeof input>;

/** Formats shown beside the one that was asked for. */
const COMPARED = ['fp16', 'fp8', 'q8_0', 'q4_0'];

export const kv = defineCommand({
  name: 'kv',
  group: 'estimate',
  summary: 'Estimate the KV cache of a model',
  example: EXAMPLE,
  visibility: 'private',
  onlyShows: true,
  formWhenEmpty: true,
  mayBePosted: true,
  rewrites: [[/^\s*cache(?:\s+size)?\b/i, '']],
  input,

  async run(given, context) {
    const subject = await readSubject(given, context, EXAMPLE);
    const format = pickKv(given.format);
    const request = {
      shape: subject.shape,
      tokens: given.context ?? Math.min(USUAL_TOKENS, subject.shape.maxContext),
      sequences: given.sequences ?? 1,
      format: format ?? kvFormat('fp16'),
    };
    const second = pickKv(given['other-format']);
    const other = second?.id === request.format.id ? undefined : second;
    const { context: tokens, sequences } = given;
    const values = {
      ...subject.values,
      context: tokens,
      sequences,
      format: format?.id,
      'other-format': other?.id,
    };
    const asked = {
      subject,
      request,
      other,
      values,
      title: titleOf(subject, request, context.locale),
    };
    return answer(asked, given, context);
  },
});

type Asked = {
  subject: Subject;
  request: Required<Pick<KvRequest, 'shape' | 'tokens' | 'sequences' | 'format'>>;
  /** A second format that the first is compared with. */
  other: KvFormat | undefined;
  values: Record<string, string | number | undefined>;
  title: string;
};

function titleOf(
  subject: Subject,
  { tokens, sequences }: Asked['request'],
  locale: string,
): string {
  const count = sequences > 1 ? `${formatNumber(sequences, locale)} × ` : '';
  return `KV cache of ${subject.name}, ${count}${formatNumber(tokens, locale)} tokens`;
}

function answer(asked: Asked, given: Input, { locale }: Context): Reply {
  const { subject, request, other, values, title } = asked;
  const explained = explainKvCache(request);
  if (explained.bytes === 0) return nothing(title);
  const line = subject.values && estimateLine('kv', values);
  return estimateReply({
    title,
    verdict: verdict(asked, explained, locale),
    blocks: [formatsTable(request, other, locale), ...partsBlocks(explained, locale)],
    chart: growth(asked, given.show === 'sweep' ? 10 : 6, locale),
    explained,
    show: given.show,
    notes: subject.notes,
    buttons: subject.values
      ? [
          stepsButton('kv', values),
          {
            label: 'Add the weights',
            run: estimateLine('vram', {
              ...subject.values,
              context: given.context,
              sequences: given.sequences,
              kv: values['format'],
            }),
          },
        ]
      : [],
    ...(line ? { line } : {}),
    locale,
    data: {
      model: subject.model?.id ?? subject.name,
      context: request.tokens,
      sequences: request.sequences,
      format: request.format.id,
      bytes: explained.bytes,
      otherFormat: other?.id ?? null,
      otherBytes: other ? kvCacheSize({ ...request, format: other }).bytes : null,
      bytesPerToken: explained.bytesPerToken,
      bytesPerTokenBeyondWindows: explained.bytesPerTokenBeyondWindows,
      breakdown: {
        cache: explained.cacheBytes,
        states: explained.stateBytes,
        indexer: explained.indexerBytes,
      },
      steps: explained.steps,
    },
  });
}

function nothing(title: string): Reply {
  return {
    title,
    ...say("None. An encoder reads its whole input at once, so it doesn't need a KV cache."),
    data: { bytes: 0 },
  };
}

/** Bytes of one token: KiB for every model, so that they can be compared. */
function perToken(bytes: number, locale: string): string {
  return `${formatNumber(bytes / 1024, locale, 1)} KiB`;
}

function verdict(
  { request, other }: Asked,
  explained: ReturnType<typeof explainKvCache>,
  locale: string,
): string {
  const { bytes, bytesPerToken, bytesPerTokenBeyondWindows, window } = explained;
  const each = perToken(bytesPerToken, locale);
  const later =
    window === undefined || bytesPerTokenBeyondWindows === bytesPerToken
      ? `${each} per token`
      : `${each} per token up to ${formatNumber(window, locale)}, then ${perToken(bytesPerTokenBeyondWindows, locale)}`;
  const size = `${formatBytes(bytes, locale)} in ${request.format.label}: ${bytesPerToken > 0 ? later : 'a fixed-size state'}.`;
  if (!other) return size;
  const otherBytes = kvCacheSize({ ...request, format: other }).bytes;
  const share = formatNumber(otherBytes / bytes, locale, 2);
  return `${formatBytes(bytes, locale)} in ${request.format.label}, ${formatBytes(otherBytes, locale)} in ${other.label} (${share}×).`;
}

function formatsTable(
  { format, ...request }: Asked['request'],
  other: KvFormat | undefined,
  locale: string,
) {
  const asked = other ? [format, other] : [format];
  const formats = [...new Set([...asked, ...COMPARED.map(kvFormat)])];
  const row = (each: KvFormat) => {
    const { bytes } = kvCacheSize({ ...request, format: each });
    const rate = kvBytesPerToken(request.shape, each).bytesPerToken;
    return [each.label, perToken(rate, locale), formatBytes(bytes, locale)];
  };
  return tableOf('By format', ['Format', 'Per token>', 'Total>'], formats.map(row));
}

/** States and indexer keys, which the formats of the cache don't change, as lines of their own. */
function partsBlocks(
  { cacheBytes, stateBytes, indexerBytes }: ReturnType<typeof explainKvCache>,
  locale: string,
): Block[] {
  const parts = [
    { label: 'Keys and values', bytes: cacheBytes },
    { label: 'States', bytes: stateBytes },
    { label: 'Indexer keys', bytes: indexerBytes },
  ];
  return stateBytes + indexerBytes > 0 ? [bytesTable('What it holds', parts, locale)] : [];
}

/** The cache against the context. */
function growth({ request, subject }: Asked, points: number, locale: string) {
  const { maxContext } = request.shape;
  const contexts = [maxContext];
  while (contexts.length < points && (contexts[0] ?? 0) > 1024) {
    contexts.unshift(Math.round((contexts[0] ?? 0) / 2));
  }
  const sizes = contexts.map((tokens) => kvCacheSize({ ...request, tokens }).bytes);
  const chart: LineChart = {
    shape: 'lines',
    title: `KV cache of ${subject.name} by context`,
    unit: 'GiB',
    x: { label: 'Context', values: contexts, logarithmic: true },
    series: [{ label: request.format.label, values: sizes.map((bytes) => bytes / GIB) }],
  };
  const said = contexts.map(
    (tokens, index) =>
      `${formatNumber(tokens, locale)} tokens ${formatGiB(sizes[index] ?? 0, locale)}`,
  );
  return { chart, alt: `${chart.title}: ${said.join(', ')}.` };
}
