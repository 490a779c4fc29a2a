import { modelsThatFit } from '../../core/calculators/memory/fit.ts';
import type { Engine } from '../../core/calculators/memory/inference-memory.ts';
import { countParameters } from '../../core/calculators/models/parameters.ts';
import { formatGiB, formatNumber } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import type { Reply } from '../../spine/reply.ts';
import { estimateLine, estimateReply, tableOf } from './card.ts';
import { type Cards, formatGpus } from './gpu.ts';
import { familyOf, type SubjectInput } from './model.ts';
import {
  isForLlamaCpp,
  machineOf,
  pickEngine,
  pickFormat,
  pickKv,
  type ServingInput,
  USUAL_TOKENS,
} from './serving.ts';

/** Rows that a phone shows without much scrolling. */
const MAX_ROWS = 15;

const ENGINE_WORDS = { vllm: 'Paged KV cache (vLLM, SGLang)', 'llama.cpp': 'llama.cpp' } as const;

/** The models that fit on given cards, each in its best format; those of a family where one is named. */
export function modelsReply(
  cards: Cards,
  input: ServingInput & SubjectInput,
  { catalog, locale }: Context,
): Reply {
  const family = input.model === undefined ? [] : familyOf(catalog.models, input.model);
  const models = family.length > 0 ? family : catalog.models;
  const named = family.length > 0 ? input.model : undefined;
  const kv = pickKv(input.kv);
  const format = pickFormat(input.format);
  const isFile =
    format?.gguf !== undefined ||
    cards.gpu.vendor === 'Apple' ||
    (format === undefined && isForLlamaCpp(cards));
  const usual: Engine = isFile ? 'llama.cpp' : 'vllm';
  const engine = pickEngine(input.engine)?.memory ?? usual;
  const request = {
    tokens: input.context ?? USUAL_TOKENS,
    sequences: input.sequences ?? 1,
    engine,
    ...(kv ? { kv } : {}),
  };
  const machine = machineOf(input, cards, engine);
  const found = modelsThatFit(models, cards.gpu, request, {
    gpus: cards.count,
    ...(machine ? { machine } : {}),
    ...(format ? { format } : {}),
    ...(input.utilisation === undefined ? {} : { utilisation: input.utilisation }),
  })
    .map((each) => ({ ...each, parameters: countParameters(each.model.shape).total }))
    .sort((a, b) => b.parameters - a.parameters);
  const values = {
    ...(named === undefined ? {} : { model: named, want: 'models' }),
    gpu: cards.id,
    context: input.context,
    sequences: input.sequences,
    format: format?.id,
    kv: kv?.id,
    utilisation: input.utilisation,
    engine: input.engine === undefined ? undefined : engine,
  };
  const other = engine === 'vllm' ? 'llama.cpp' : 'vllm';
  const [first] = found;
  return estimateReply({
    title: `What fits on ${formatGpus(cards)} at ${formatNumber(request.tokens, locale)} tokens${named === undefined ? '' : `: ${named}`}`,
    verdict: first
      ? `${found.length} of ${models.length} models fit. The largest is ${first.model.name} in ${first.format.label}.`
      : `No known model fits ${format ? `in ${format.label}` : 'at 4 bits or more'}.`,
    blocks:
      found.length === 0
        ? []
        : [modelsTable(found, format?.label ?? 'Best format of at least 4 bits', locale)],
    explained: {
      assumptions: [
        `${ENGINE_WORDS[engine]}, ${request.sequences === 1 ? 'one sequence' : `${request.sequences} sequences`}. A model with a lower context limit uses that limit.`,
      ],
      warnings: [],
    },
    notes: cards.notes,
    buttons: [
      {
        label: other === 'vllm' ? 'Use vLLM' : 'Use llama.cpp',
        run: estimateLine('fit', { ...values, engine: other }),
      },
      { label: 'Use 32k context', run: estimateLine('fit', { ...values, context: 32_768 }) },
    ],
    line: estimateLine('fit', values),
    locale,
    data: {
      gpu: cards.gpu.id,
      gpus: cards.count,
      engine,
      context: request.tokens,
      sequences: request.sequences,
      models: found.map(({ model, format, spare, parameters }) => ({
        model: model.id,
        format: format.id,
        parameters,
        spareBytes: Math.round(spare),
      })),
    },
  });
}

function modelsTable(found: ReturnType<typeof modelsThatFit>, what: string, locale: string) {
  const more = found.length - MAX_ROWS;
  return tableOf(
    `${what}, largest first${more > 0 ? ` (${more} smaller models not shown)` : ''}`,
    ['Model', 'Format', 'Free>'],
    found
      .slice(0, MAX_ROWS)
      .map(({ model, format, spare }) => [
        model.name,
        format.label.replace(/,.*$/, ''),
        formatGiB(spare, locale),
      ]),
  );
}
