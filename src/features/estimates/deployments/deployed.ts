import { formatNamed } from '../../../core/calculators/names/format-names.ts';
import {
  KV_FORMATS,
  kvFormat,
  WEIGHT_FORMATS,
  type WeightFormat,
  weightFormat,
} from '../../../core/calculators/quantization/formats.ts';
import {
  deployedLayout,
  layoutProblem,
} from '../../../core/calculators/serving/deployed-layout.ts';
import type { Setting } from '../../../core/calculators/serving/engine-flags.ts';
import type { EngineRequest } from '../../../core/calculators/serving/engine-start.ts';
import { isHybridEngine } from '../../../core/calculators/serving/hybrid-start.ts';
import type { PastedCommand } from '../../../core/calculators/serving/pasted-command.ts';
import { GIB } from '../../../core/units.ts';
import type { Context } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { modelNamed, type Subject } from '../model.ts';

/** A command with its model, and what the engine makes of it. */
export type Deployed = {
  command: PastedCommand;
  subject: Subject;
  request: EngineRequest;
  isOwnContext: boolean;
  /** `--max-model-len auto`: the engine takes the longest that fits. */
  takesLongest: boolean;
  /** Why the engine refuses the layout. */
  problem?: string;
  /** GPUs that the flags ask for. */
  gpus: number;
};

/** Tokens as engines read them: `32k` is 32,000 and `32K` 32,768; `1.5k` is 1,500, and `8.192` nothing. */
export function tokensOf(text: string | undefined): number | undefined {
  const [, number = '', unit = ''] =
    /^(\d+(?:\.\d+(?=[km]))?)([kKmM]?)$/.exec(text?.trim() ?? '') ?? [];
  if (number === '') return undefined;
  const times = { '': 1, k: 1000, K: 1024, m: 1e6, M: 1024 ** 2 }[unit] ?? 1;
  return Math.round(Number(number) * times);
}

const numberOf = (text: string | undefined): number | undefined => {
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
};

/** Owners whose FP8 files have a scale for each block of 128 × 128. */
const IN_BLOCKS =
  /^(?:qwen|deepseek-ai|minimaxai|moonshotai|unsloth\/qwen|xiaomimimo|stepfun-ai)\//i;

/** Layers that guess tokens are part of the model. */
const OWN_LAYER = /mtp|nextn|eagle(?!3)/i;

function formatOf({ settings }: PastedCommand, subject: Subject): WeightFormat {
  const own = subject.format ?? weightFormat('bf16');
  const asked = settings.get('format')?.toLowerCase();
  if (/^bitsandbytes|^bnb/.test(asked ?? '')) return weightFormat('nf4');
  if (asked === undefined || own.bits < 16) return own;
  const found = formatNamed(WEIGHT_FORMATS, asked.replace(/_marlin$|^experts_/, ''));
  if (found && found.bits < own.bits) return found;
  return settings.get('dtype') === 'float32' ? weightFormat('fp32') : own;
}

function draftOf(
  { settings }: PastedCommand,
  context: Pick<Context, 'catalog'>,
): EngineRequest['draft'] {
  const config = settings.get('speculative') ?? '';
  const named = settings.get('draftModel') ?? /"model"\s*:\s*"([^"]+)"/.exec(config)?.[1];
  if (named !== undefined) {
    try {
      const { shape, format = weightFormat('bf16') } = modelNamed(named, context);
      return { shape, format };
    } catch {
      return 'layer';
    }
  }
  return OWN_LAYER.test(config) ? 'layer' : undefined;
}

/** What leaves images and videos out: no encoder is profiled. */
const isTextOnly = (settings: ReadonlyMap<Setting, string>) =>
  settings.has('textOnly') ||
  /image["']?[:= ]+0/.test(settings.get('multimodal') ?? '') ||
  settings.get('multimodal') === '0';

/** The bytes of a cache that a flag fixes: `24G`, `25769803776`. */
function bytesOf(text: string | undefined): number | undefined {
  const [, number = '', unit = ''] = /^([\d.]+)\s*([kmgt]?)i?b?$/i.exec(text ?? '') ?? [];
  if (number === '') return undefined;
  return Number(number) * 1024 ** ' kmgt'.indexOf(unit.toLowerCase() || ' ');
}

/**
 * A command with what its flags mean for its model.
 *
 * @throws UserError when the model isn't known.
 */
export function readDeployed(
  command: PastedCommand,
  subject: Subject,
  context: Pick<Context, 'catalog'>,
): Deployed {
  const { settings, table, version } = command;
  const { engine } = table;
  const { shape } = subject;
  const layout = deployedLayout(engine, settings, shape);
  const format = formatOf(command, subject);
  const asked = tokensOf(settings.get('context'));
  const kv = formatNamed(KV_FORMATS, settings.get('kv') ?? 'auto') ?? kvFormat('fp16');
  const redundant = numberOf(/(\d+)/.exec(settings.get('redundantExperts') ?? '')?.[1]);
  const offload = (numberOf(settings.get('cpuOffloadGiB')) ?? 0) * GIB;
  const batched = tokensOf(settings.get('batchedTokens'));
  const request: EngineRequest = {
    engine,
    shape,
    format,
    kv,
    layout,
    context: asked !== undefined && asked > 0 ? asked : shape.maxContext,
    share: shareOf(settings.get('share')),
    sequences: numberOf(settings.get('sequences')),
    batchedTokens: batched !== undefined && batched > 0 ? batched : undefined,
    isChunked: !command.flags.some(
      ({ flag, value }) => flag?.sets === 'chunkedPrefill' && value === 'false',
    ),
    kvBytes: bytesOf(settings.get('kvBytes')),
    maxTotalTokens: tokensOf(settings.get('maxTotalTokens')),
    isTextOnly: isTextOnly(settings),
    offloadBytes: offload,
    redundantExperts: redundant ?? 0,
    adapters: settings.has('lora')
      ? {
          count: numberOf(settings.get('loras')) ?? (engine === 'sglang' ? 8 : 1),
          rank: numberOf(settings.get('loraRank')) ?? 16,
        }
      : undefined,
    draft: draftOf(command, context),
    version,
  };
  const unread = unreadProblem(command);
  const hasBlocks =
    format.id === 'fp8-block' ||
    (format.id === 'fp8' &&
      IN_BLOCKS.test(command.model ?? '') &&
      /fp8/i.test(command.model ?? ''));
  const problem =
    unread ??
    (isHybridEngine(engine)
      ? undefined
      : layoutProblem(layout, shape, { hasBlocks, redundant: redundant ?? 0 }));
  return {
    command,
    subject,
    request,
    isOwnContext: asked === undefined || asked <= 0,
    takesLongest: LONGEST.test(settings.get('context') ?? ''),
    gpus: layout.gpus,
    ...(problem ? { problem } : {}),
  };
}

const LONGEST = /^(?:auto|-1)$/;

/** Settings that are counts. */
const COUNTS: readonly Setting[] = [
  'tensor',
  'pipeline',
  'data',
  'dataLocal',
  'nodes',
  'context',
  'sequences',
  'batchedTokens',
  'maxTotalTokens',
  'loras',
  'loraRank',
];

/**
 * Why an engine refuses a value: a count that is none, or a share above 1.
 *
 * @throws UserError for a variable, whose value nobody but the person knows.
 */
function unreadProblem({ flags, table }: PastedCommand): string | undefined {
  for (const { name, value, flag } of flags) {
    if (!flag?.sets) continue;
    const isCount = COUNTS.includes(flag.sets);
    if (value === undefined) {
      if (isCount || flag.sets === 'share') return `${name} needs a value.`;
      continue;
    }
    if ((isCount || flag.sets === 'share') && /^["']?[$<{]/.test(value))
      throw new UserError(`Fill in ${name} first: ${value.slice(0, 40)} could be anything.`);
    // llama.cpp takes 0 for the model's own context and -1 for slots as it likes, SGLang -1 for no chunks.
    const mayBeOpen = flag.sets === 'context' || flag.sets === 'batchedTokens';
    const isOpen = LONGEST.test(value) && (mayBeOpen || table.engine === 'llamacpp');
    const count = tokensOf(value);
    if (isCount && !isOpen && (count === undefined || count < (mayBeOpen ? 0 : 1)))
      return `${name} takes a whole number, not "${value.slice(0, 40)}".`;
    if (flag.sets === 'share' && table.engine !== 'llamacpp' && !((numberOf(value) ?? 2) <= 1))
      return `${name} takes a share up to 1, such as 0.9, not "${value.slice(0, 40)}".`;
  }
  return undefined;
}

function shareOf(text: string | undefined): number | undefined {
  const value = numberOf(text);
  return value === undefined || value <= 0 || value > 1 ? undefined : value;
}
