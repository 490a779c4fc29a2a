import { usableBytes } from '../../core/calculators/memory/capacity.ts';
import type { SafetensorsIndex } from '../../core/calculators/models/safetensors-index.ts';
import { formatBytes, formatGiB, formatNumber } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import type { Reply } from '../../spine/reply.ts';
import { findCards, formatGpus } from './gpu.ts';

/** What an index of safetensors files says by itself: the weights to the byte, and how much they leave on a GPU. */
export function indexReply(
  { totalBytes, layers, format }: SafetensorsIndex,
  input: { gpu?: string | undefined },
  context: Context,
): Reply {
  const { locale } = context;
  const cards = findCards(input.gpu, context);
  const usable = cards && usableBytes(cards.gpu) * cards.count;
  const room = (usable ?? 0) - totalBytes;
  const on =
    !cards || usable === undefined
      ? ''
      : room >= 0
        ? ` On ${formatGpus(cards)} that leaves ${formatGiB(room, locale)} for everything else.`
        : ` That alone doesn't fit on ${formatGpus(cards)}: short by ${formatGiB(-room, locale)}.`;
  const names = [
    ...(layers > 0 ? [`${formatNumber(layers, locale)} layers`] : []),
    format ? `the format ${format}` : 'no format, so probably 16-bit',
  ];
  const verdict = `The weights take ${formatBytes(totalBytes, locale)}.${on}`;
  return {
    title: 'An index of safetensors files',
    blocks: [
      { kind: 'text', text: { bold: verdict } },
      {
        kind: 'text',
        text: [
          `Its names say ${names.join(' and ')}. It has no sizes of layers, so the KV cache stays unknown: attach the config.json beside it, or name the model too, like `,
          { command: 'vram model:llama-3.1-8b' },
          ' with this file.',
        ],
      },
    ],
    data: {
      verdict,
      weightBytes: totalBytes,
      layers: layers || null,
      format: format ?? null,
      usableBytes: usable ?? null,
      fits: usable === undefined ? null : room >= 0,
    },
  };
}
