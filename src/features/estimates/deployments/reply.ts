import names from '../../../../data/common-names.json' with { type: 'json' };
import { isHybridEngine } from '../../../core/calculators/serving/hybrid-start.ts';
import { type PastedCommand, sortFlags } from '../../../core/calculators/serving/pasted-command.ts';
import { servingLatency } from '../../../core/calculators/speed/latency.ts';
import { formatGiB, formatNumber, formatPercent } from '../../../core/units.ts';
import { runLine } from '../../../spine/button.ts';
import type { Context } from '../../../spine/command.ts';
import type { Block, Button, Inline, Reply } from '../../../spine/reply.ts';
import { bytesTable } from '../card.ts';
import { type Cards, formatGpus, readCards } from '../gpu.ts';
import type { Deployed } from './deployed.ts';
import { type Edit, editsOf } from './edits.ts';
import { outcomeOf } from './outcome.ts';
import { poolWords, verdictOf } from './words.ts';

/** A text that is checked, without its secrets, and what its buttons repeat. */
export type Pasted = { text: string; gpu?: string | undefined };

/** GPUs that are tried where none is named, from small to large. */
const TRIED = names.tried;

/** A button that shows more of the same text. */
export const again = ({ text, gpu }: Pasted, more: Record<string, string | number>) =>
  runLine('deployment', { ...(gpu ? { gpu } : {}), ...more, text });

function editBlocks(edits: readonly Edit[]): Block[] {
  if (edits.length === 0) return [];
  const lines = edits.flatMap(({ shown, effect }, at): Inline[] => [
    ...(at > 0 ? ['\n'] : []),
    { code: shown },
    `: ${effect}`,
  ]);
  return [{ kind: 'text', text: lines }];
}

const editButtons = (pasted: Pasted, edits: readonly Edit[]): Button[] =>
  edits.length === 0
    ? []
    : [
        {
          label: 'Show edited command',
          run: again(pasted, { show: 'command' }),
          style: 'primary',
        },
      ];

/** Tokens a second of one request, where the speed of the GPU is known. */
function speedWords({ request }: Deployed, cards: Cards, { catalog, locale }: Context): string {
  if (cards.isAnonymous || request.shape.kind !== 'decoder') return '';
  const { shape, format, kv, layout } = request;
  const { tokensPerSecond } = servingLatency({
    shape,
    format,
    kv,
    parallel: layout.parallel,
    gpu: cards.gpu,
    facts: catalog.latency,
    engine: 'server',
    promptTokens: Math.min(1024, request.context),
    outputTokens: 256,
    batch: 1,
  });
  return ` About ${formatNumber(tokensPerSecond, locale)} tokens/s for one request.`;
}

/** Flags that aren't known, and what was assumed. */
function smallPrint(
  deployed: Deployed,
  locale: string,
  { count: gpus, note }: Pick<Cards, 'count' | 'note'> = { count: deployed.gpus },
): Block[] {
  const { command, request, isOwnContext, subject } = deployed;
  const { unknown } = sortFlags(command);
  const names = [...new Set(unknown.map(({ name }) => name.slice(0, 24)))].slice(0, 3);
  const sentences = [
    ...(gpus > deployed.gpus && !isHybridEngine(request.engine)
      ? [`The flags use ${deployed.gpus} of ${gpus} GPUs.`]
      : []),
    ...(isOwnContext && !isHybridEngine(request.engine)
      ? [
          `No context is set, so it's the model's own ${formatNumber(request.context, locale)} tokens.`,
        ]
      : []),
    ...(note ? [note] : []),
    ...(names.length > 0 ? [`Unknown flags: ${names.join(', ')}.`] : []),
    ...(/stands in/i.test(subject.notes.join(' ')) ? subject.notes.slice(0, 1) : []),
  ];
  return sentences.length === 0 ? [] : [{ kind: 'note', text: sentences.join(' ') }];
}

/** What a command comes to on GPUs that are known. */
export function deploymentReply(
  pasted: Pasted,
  deployed: Deployed,
  cards: Cards,
  context: Context,
): Reply {
  const { locale } = context;
  const outcome = outcomeOf(deployed, cards);
  const edits = editsOf(pasted.text, deployed, outcome, cards, context);
  const on = formatGpus({ ...cards, count: Math.max(cards.count, 1) });
  // Weights in RAM make it slower than the GPU alone.
  const isOnGpu = (outcome.hybrid?.ramBytes ?? 0) < 0.05 * (outcome.hybrid?.weights ?? 1);
  const speed = outcome.verdict === 'starts' && isOnGpu ? speedWords(deployed, cards, context) : '';
  const pool = `${poolWords(deployed, outcome, locale)}${speed}`.trim();
  return {
    title: `${deployed.subject.name} on ${on}`,
    blocks: [
      { kind: 'text', text: { bold: verdictOf(outcome, locale) } },
      ...(pool === '' ? [] : [{ kind: 'text' as const, text: pool }]),
      // One screen of a phone: the button shows all edits.
      ...editBlocks(sortFlags(deployed.command).unknown.length > 0 ? edits.slice(0, 2) : edits),
      ...smallPrint(deployed, locale, cards),
      {
        kind: 'buttons',
        buttons: [
          ...editButtons(pasted, edits),
          { label: 'Show memory', run: again(pasted, { show: 'memory' }) },
        ],
      },
    ],
    data: {
      verdict: outcome.verdict,
      isClose: outcome.isClose,
      why: outcome.why,
      start: outcome.start,
      edits: edits.map(({ shown, effect }) => ({ shown, effect })),
    },
  };
}

/** The edited commands, to copy. */
export function editedCommandReply(
  pasted: Pasted,
  deployed: Deployed,
  cards: Cards,
  context: Context,
): Reply {
  const outcome = outcomeOf(deployed, cards);
  const edits = editsOf(pasted.text, deployed, outcome, cards, context);
  return {
    title: 'Edited command',
    blocks: edits.flatMap(({ shown, effect, text }): Block[] => [
      { kind: 'text', text: [{ code: shown }, `: ${effect}`] },
      { kind: 'code', code: text },
    ]),
  };
}

/** How the memory of one GPU is divided, and which flags were read how. */
export function deploymentMemoryReply(deployed: Deployed, cards: Cards, context: Context): Reply {
  const { locale } = context;
  const { start, hybrid, why } = outcomeOf(deployed, cards);
  const parts = start
    ? [
        { label: 'Weights', bytes: start.weights },
        { label: 'Peak of the start', bytes: start.peak },
        { label: 'KV cache', bytes: start.pool },
        { label: 'One full-length request', bytes: start.requestBytes },
      ]
    : hybrid
      ? [
          { label: 'Weights on GPU', bytes: hybrid.weights },
          { label: 'KV cache', bytes: hybrid.kv },
          { label: 'Buffers', bytes: hybrid.buffers },
          { label: 'Weights in RAM', bytes: hybrid.ramBytes },
        ]
      : [];
  const { counted, irrelevant, unknown } = sortFlags(deployed.command);
  const list = (title: string, flags: PastedCommand['flags']): string[] =>
    flags.length === 0
      ? []
      : [`${title}: ${[...new Set(flags.map(({ name }) => name))].slice(0, 30).join(', ')}.`];
  return {
    title: `Memory of ${deployed.subject.name} on ${formatGpus(cards)}`,
    blocks: [
      ...(why === '' ? [] : [{ kind: 'text' as const, text: why }]),
      ...(parts.length === 0 ? [] : [bytesTable('Memory of one GPU', parts, locale)]),
      ...(start
        ? [
            {
              kind: 'text' as const,
              text: `${formatPercent(start.share, locale, 1)} of the GPU may be used. Limits: ${formatNumber(start.sequences, locale)} sequences and ${formatNumber(start.batchedTokens, locale)} batched tokens. Engines differ by about ${formatGiB(start.uncertainBytes, locale)}.`,
            },
          ]
        : []),
      {
        kind: 'note',
        text: [
          deployed.command.version
            ? `${deployed.command.table.label} ${deployed.command.version}.`
            : `${deployed.command.table.label}, its newest version.`,
          ...list('Counted', counted),
          ...list("Doesn't change memory", irrelevant),
          ...list('Unknown', unknown),
          ...deployed.subject.notes,
        ].join(' '),
      },
    ],
  };
}

/** What holds a command where no GPU is named, with a menu to choose one. */
export function gpuUnknownReply(pasted: Pasted, deployed: Deployed, context: Context): Reply {
  const { catalog, locale } = context;
  const fits = TRIED.map((id) => ({
    ...readCards(id, { catalog, locale }),
    count: deployed.gpus,
  })).find((cards) => outcomeOf(deployed, cards).verdict === 'starts');
  const verdict = deployed.problem
    ? `Doesn't start. ${deployed.problem}`
    : fits
      ? `Starts on ${formatGpus(fits)} or larger.`
      : "Doesn't start on any common GPU with these flags.";
  return {
    title: `${deployed.subject.name}: which GPU?`,
    blocks: [
      { kind: 'text', text: { bold: verdict } },
      ...smallPrint(deployed, locale),
      {
        kind: 'select',
        label: 'Choose the GPU',
        run: again({ text: pasted.text }, {}),
        option: 'gpu',
        choices: TRIED.map((id) => {
          const cards = readCards(id, { catalog, locale });
          const count = deployed.gpus > 1 ? `${deployed.gpus}x ` : '';
          return { label: formatGpus({ ...cards, count: deployed.gpus }), value: `${count}${id}` };
        }),
      },
    ],
    data: { verdict: deployed.problem ? 'no' : fits ? 'starts' : 'no', problem: deployed.problem },
  };
}
