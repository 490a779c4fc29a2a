import { z } from 'zod';
import names from '../../../../data/common-names.json' with { type: 'json' };
import { type Gpu, grantedBytes } from '../../../core/calculators/hardware/gpu.ts';
import { shortGpuName } from '../../../core/calculators/names/gpu-names.ts';
import { formatGiB, formatNumber, formatUsd } from '../../../core/units.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Block, Reply } from '../../../spine/reply.ts';
import { type Cards, formatGpus, readCards } from '../gpu.ts';
import { pageOf } from '../pages.ts';

export const gpus = defineCommand({
  name: 'gpus',
  group: 'estimate',
  summary: 'List GPUs, show one, or set a default',
  example: 'gpus 4090 default:me',
  says: [
    {
      like: ['show {} gpus', 'list {} gpus', 'which {} gpus do you know'],
      rest: 'name',
      label: 'Show gpus',
    },
    {
      like: ['list gpus', 'which gpus do you know', 'what gpus are there', 'show {name} gpus'],
      label: 'Show GPUs',
    },
    {
      like: [
        'my gpu is a {name}',
        'set my default gpu to {name}',
        'i have a {name}',
        'use {name} as my default gpu',
      ],
      values: { default: 'me' },
      label: 'Set my default',
    },
    {
      like: [
        'make {name} the default gpu for the team',
        "the team's default gpu is {name}",
        'our gpu is a {name}',
      ],
      values: { default: 'team' },
      label: 'Set team default',
    },
  ],
  visibility: 'private',
  onlyShows: ({ default: whose }) => whose === undefined,
  access: ({ default: whose }) => (whose === 'team' ? 'admin' : 'everybody'),
  input: z.object({
    name: z
      .string()
      .max(80)
      .meta({ suggests: 'gpus', words: ['gpu', 'card'] })
      .optional()
      .describe('GPU or vendor, such as 4090 or AMD'),
    default: z
      .enum(['me', 'team'])
      .meta({ also: { mine: 'me', my: 'me', us: 'team' } })
      .optional()
      .describe('Use it when no GPU is entered: for you, or for the team'),
    page: z.int().min(1).max(9).default(1).describe('Page of a long list'),
  }),

  run({ name, default: whose, page }, context) {
    if (whose !== undefined) return setDefault(name, whose, context);
    if (name === undefined) return overview(context);
    const vendor = context.catalog.gpus.filter(
      (gpu) => gpu.vendor.toLowerCase() === name.toLowerCase(),
    );
    if (vendor.length > 0) return list(vendor, page, context);
    return about(readCards(name, context), context);
  },
});

async function setDefault(
  name: string | undefined,
  whose: 'me' | 'team',
  context: Context,
): Promise<Reply> {
  const { store, person, team } = context;
  if (name === undefined) {
    throw new UserError([
      'Which GPU? Run ',
      { command: `gpus 4090 default:${whose}` },
      ', or ',
      { command: `gpus none default:${whose}` },
      ' for no default.',
    ]);
  }
  const cards = name.toLowerCase() === 'none' ? undefined : readCards(name, context);
  const gpu = cards?.id ?? null;
  if (whose === 'me') await store.setPersonGpu(person.id, gpu);
  else await store.setTeamGpu(team.id, gpu);
  const [whoseGpu, who] = whose === 'me' ? ['Your', 'You'] : ["The team's", 'The team'];
  const words = cards
    ? `${whoseGpu} default GPU is now ${formatGpus(cards).replace(/^one /, '')}.`
    : `${who} no longer ${whose === 'me' ? 'have' : 'has'} a default GPU.`;
  return { blocks: [{ kind: 'text', text: words }], data: { default: whose, gpu } };
}

/** What people ask for most, by its id. */
const COMMON = names.shownGpus;

/** A few common GPUs, and the way to all of a vendor. */
function overview(context: Context): Reply {
  const { gpus: all } = context.catalog;
  const vendors = [...new Set(all.map(({ vendor }) => vendor))];
  return {
    title: `${formatNumber(all.length, context.locale)} GPUs`,
    blocks: [
      table(
        'Common GPUs (memory in GiB, bandwidth in GB/s)',
        COMMON.flatMap((id) => all.find((gpu) => gpu.id === id) ?? []),
        context,
      ),
      {
        kind: 'buttons',
        buttons: vendors.map((vendor) => ({
          label: `${vendor} (${all.filter((gpu) => gpu.vendor === vendor).length})`,
          run: `gpus name:${vendor.toLowerCase()}`,
        })),
      },
      hint(context),
    ],
    data: { gpus: all },
  };
}

function list(found: readonly Gpu[], page: number, context: Context): Reply {
  const vendor = found[0]?.vendor ?? '';
  const sorted = [...found].sort((a, b) => a.memoryGiB - b.memoryGiB || (a.id < b.id ? -1 : 1));
  const { shown, which, buttons } = pageOf(
    sorted,
    page,
    (other) => `gpus name:${vendor.toLowerCase()} page:${other}`,
  );
  return {
    title: `${formatNumber(found.length, context.locale)} ${vendor} GPUs`,
    blocks: [
      table(`Memory in GiB, bandwidth in GB/s${which}`, shown, context),
      ...buttons,
      hint(context),
    ],
    data: { gpus: found },
  };
}

function table(caption: string, rows: readonly Gpu[], { locale }: Context): Block {
  return {
    kind: 'table',
    caption,
    columns: [
      { label: 'GPU' },
      { label: 'GiB', align: 'right' },
      { label: 'GB/s', align: 'right' },
    ],
    rows: rows.map((gpu) => [
      { code: gpu.id },
      formatNumber(gpu.memoryGiB, locale),
      formatNumber(gpu.bandwidthGBps, locale),
    ]),
  };
}

function hint({ person, team }: Context): Block {
  const kept = person.gpu ?? team.gpu;
  return {
    kind: 'note',
    text: [
      ...(kept ? [`Default GPU: ${kept}. `] : []),
      'Run ',
      { command: 'gpus 4090' },
      ' to see one GPU, or ',
      { command: 'gpus 4090 default:me' },
      ' to make it your default.',
    ],
  };
}

function about(cards: Cards, context: Context): Reply {
  const { locale, isAdmin } = context;
  const { gpu, id, isAnonymous } = cards;
  const buttons = [
    { label: 'See what fits', run: `fit gpu:${id}`, style: 'primary' as const },
    { label: 'Set my default', run: `gpus name:${id} default:me` },
    ...(isAdmin ? [{ label: 'Set team default', run: `gpus name:${id} default:team` }] : []),
  ];
  return {
    title: cards.count > 1 ? formatGpus(cards) : gpu.name,
    blocks: [
      ...(isAnonymous
        ? [
            {
              kind: 'text' as const,
              text: `Any GPU with ${gpu.memoryGiB} GiB. Its speed is unknown.`,
            },
          ]
        : facts(gpu, locale)),
      ...(cards.note ? [{ kind: 'note' as const, text: cards.note }] : []),
      { kind: 'buttons', buttons },
    ],
    data: { ...gpu, count: cards.count },
  };
}

function facts(gpu: Gpu, locale: string): Block[] {
  const { tflops, link, rent, watts } = gpu;
  const peaks = Object.entries(tflops).map(
    ([format, value]) => `${format} ${formatNumber(value, locale)}`,
  );
  return [
    {
      kind: 'fields',
      fields: [
        { label: 'Memory', value: `${formatNumber(gpu.memoryGiB, locale)} GiB` },
        ...(gpu.vendor === 'Apple'
          ? [{ label: 'For the GPU', value: `${formatGiB(grantedBytes(gpu), locale)} by default` }]
          : []),
        ...(gpu.reportedMiB
          ? [{ label: 'Driver shows', value: `${formatNumber(gpu.reportedMiB, locale)} MiB` }]
          : []),
        { label: 'Bandwidth', value: `${formatNumber(gpu.bandwidthGBps, locale)} GB/s` },
        { label: 'Dense TFLOP/s', value: peaks.join(', ') },
        ...(link
          ? [
              {
                label: 'Link',
                value: `${link.name}, ${formatNumber(link.bothWaysGBps, locale)} GB/s both ways`,
              },
            ]
          : []),
        ...(watts ? [{ label: 'Power', value: `${formatNumber(watts, locale)} W` }] : []),
        ...(rent
          ? [
              {
                label: 'Price',
                value: `${formatUsd(rent.usdPerHour, locale)}/hour (${rent.source})`,
              },
            ]
          : []),
        {
          label: 'Ridge point',
          value: `${formatNumber((tflops.fp16 * 1000) / gpu.bandwidthGBps, locale)} FLOP/byte in 16-bit`,
        },
      ],
    },
    {
      kind: 'note',
      text: `Sources for ${shortGpuName(gpu)}: ${gpu.sources.join('; ')} (checked ${gpu.checked}).${gpu.unconfirmed.length > 0 ? ` Not confirmed: ${gpu.unconfirmed.join(', ')}.` : ''}${gpu.note ? ` ${gpu.note}.` : ''}`,
    },
  ];
}
