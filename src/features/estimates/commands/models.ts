import { z } from 'zod';
import { kvBytesPerToken } from '../../../core/calculators/memory/kv-cache.ts';
import type { Model } from '../../../core/calculators/models/model-schema.ts';
import { layerCount } from '../../../core/calculators/models/model-shape.ts';
import { explainParameters } from '../../../core/calculators/models/parameters.ts';
import { findNamed } from '../../../core/calculators/names/names.ts';
import { formatCount, formatNumber, formatPercent } from '../../../core/units.ts';
import { runLine } from '../../../spine/button.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Block, Reply } from '../../../spine/reply.ts';
import { attentionData, attentionWords } from '../attention.ts';
import { estimateReply, type Shown, tableOf } from '../card.ts';
import { familyOf, standInNotes } from '../model.ts';
import { stepsOption } from '../options.ts';
import { pageOf } from '../pages.ts';

export const models = defineCommand({
  name: 'models',
  group: 'estimate',
  summary: 'List models, or show one',
  example: 'models llama-3.1-8b',
  says: [
    {
      like: ['show {} models', 'list {} models', 'which {} models do you know'],
      rest: 'name',
      label: 'Show these models',
    },
    {
      like: [
        'list all models',
        'which models do you know',
        'what models are there',
        'show the {name} models',
        'tell me about {name}',
      ],
      label: 'Show models',
    },
  ],
  visibility: 'private',
  onlyShows: true,
  input: z.object({
    name: z
      .string()
      .max(120)
      .meta({ suggests: 'models', words: ['model', 'family'] })
      .optional()
      .describe('Model or family, such as qwen'),
    show: stepsOption,
    page: z.int().min(1).max(9).default(1).describe('Page of a long list'),
  }),

  run({ name, show, page }, context) {
    const { catalog } = context;
    if (name === undefined) return families(page, context);
    const found = familyOf(catalog.models, name);
    if (found.length > 1) return list(name, found, page, context);
    const one = findNamed(catalog.models, name);
    if (!one.found) {
      const names = one.suggestions.map(({ id }) => id).join(', ');
      throw new UserError([
        `I don't know the model "${name.slice(0, 60)}". ${names && /[a-z0-9]/i.test(name) ? `Did you mean ${names}? ` : ''}Run `,
        { command: 'models' },
        ' to see all families.',
      ]);
    }
    return about({ ...one.item, show }, name, context);
  },
});

/** `Qwen3` and `Qwen2.5` are of one maker; `T5` is a name of its own. */
function makerOf({ family }: Model): string {
  const maker = family.replace(/[\s-]?v?\d.*$/i, '');
  return maker.length > 1 ? maker : family;
}

function families(page: number, { catalog, locale }: Context): Reply {
  const groups = new Map<string, Model[]>();
  for (const model of catalog.models) {
    const maker = makerOf(model);
    groups.set(maker, [...(groups.get(maker) ?? []), model]);
  }
  const sorted = [...groups].sort(
    ([a, first], [b, second]) => second.length - first.length || a.localeCompare(b, 'en'),
  );
  const { shown, which, buttons } = pageOf(sorted, page, (other) => `models page:${other}`);
  return {
    title: `${formatNumber(catalog.models.length, locale)} models`,
    blocks: [
      tableOf(
        `Families, largest first${which}`,
        ['Family', 'Models>'],
        shown.map(([family, members]) => [family, String(members.length)]),
      ),
      ...buttons,
      {
        kind: 'note',
        text: [
          'Run ',
          { command: 'models qwen' },
          ' to see a family, or ',
          { command: 'models qwen3-8b' },
          ' to see one model. For any other model, run ',
          { command: 'vram' },
          ' and paste or attach its config.json.',
        ],
      },
    ],
    data: { models: catalog.models.map(modelData) },
  };
}

function modelData({ id, name, family, hub, released, shape }: Model) {
  const { total, active } = explainParameters(shape);
  return {
    id,
    name,
    family,
    hub,
    released,
    parameters: total,
    active,
    maxContext: shape.maxContext,
  };
}

function list(name: string, found: Model[], page: number, { locale }: Context): Reply {
  const { shown, which, buttons } = pageOf(found, page, (other) =>
    runLine('models', { name, page: other }),
  );
  return {
    title: `Models matching "${name}"`,
    blocks: [
      tableOf(
        `${found.length} models${which}`,
        ['Model', 'Parameters>', 'Context>'],
        shown.map(({ id, shape }) => [
          { code: id },
          formatCount(explainParameters(shape).total, locale),
          formatNumber(shape.maxContext, locale),
        ]),
      ),
      ...buttons,
    ],
    data: { models: found.map(modelData) },
  };
}

const PARTS = [
  ['Embedding', 'embedding'],
  ['Output matrix', 'head'],
  ['Attention', 'attention'],
  ['Feed-forward', 'feedForward'],
  ['Experts', 'experts'],
  ['Other', 'other'],
] as const;

function about(model: Model & Shown, asked: string, { locale }: Context): Reply {
  const { shape, name, id, published } = model;
  const explained = explainParameters(shape);
  const { total, active } = explained;
  const isSparse = active < explained.text;
  const activeWords = isSparse ? `, ${formatCount(active, locale)} of them active per token` : '';
  return estimateReply({
    title: name,
    verdict: `${formatNumber(total, locale)} parameters${activeWords}.`,
    blocks: [shapeFields(model, locale), partsTable(explained, locale)],
    explained: {
      ...explained,
      warnings: [
        ...explained.warnings,
        ...(model.unconfirmed.length > 0
          ? [`Not confirmed by any source: ${model.unconfirmed.join(', ')}.`]
          : []),
      ],
    },
    unit: 'parameters',
    show: model.show,
    notes: [
      ...standInNotes(model, asked),
      ...(published?.parameters && published.source
        ? [
            `Published: ${formatNumber(published.parameters, locale)} (${published.kind}, ${published.source}).`,
          ]
        : []),
      `Shape from ${model.sources.join('; ')} (checked ${model.checked}).`,
    ],
    buttons: [
      { label: 'Steps and assumptions', run: `models name:${id} show:steps`, style: 'primary' },
      { label: 'Show memory', run: `vram model:${id}` },
      { label: 'Find GPUs', run: `fit model:${id} want:smallest` },
    ],
    line: `models ${id}`,
    locale,
    data: {
      ...modelData(model),
      attention: attentionData(shape),
      parts: Object.fromEntries(PARTS.map(([label, part]) => [label, explained[part]])),
      sources: model.sources,
      checked: model.checked,
      unconfirmed: model.unconfirmed,
      steps: explained.steps,
    },
  });
}

function shapeFields({ shape, hub, released }: Model, locale: string): Block {
  const rate = kvBytesPerToken(shape).bytesPerToken;
  return {
    kind: 'fields',
    fields: [
      {
        label: 'Layers',
        value: `${layerCount(shape)}, hidden size ${formatNumber(shape.hidden, locale)}`,
      },
      { label: 'Attention', value: attentionWords(shape, locale) },
      { label: 'Vocabulary', value: formatNumber(shape.vocabulary, locale) },
      { label: 'Context limit', value: `${formatNumber(shape.maxContext, locale)} tokens` },
      {
        label: 'KV cache',
        value:
          rate > 0 ? `${formatNumber(rate / 1024, locale, 1)} KiB per token in 16-bit` : 'none',
      },
      { label: 'Repository', value: hub },
      { label: 'Released', value: released },
    ],
  };
}

/** What the parameters are spent on. */
function partsTable(explained: ReturnType<typeof explainParameters>, locale: string): Block {
  return tableOf(
    'Parameters',
    ['Part', 'Count>', 'Share>'],
    PARTS.filter(([, part]) => explained[part] > 0).map(([label, part]) => [
      label,
      formatCount(explained[part], locale),
      formatPercent(explained[part] / explained.total, locale, 1),
    ]),
  );
}
