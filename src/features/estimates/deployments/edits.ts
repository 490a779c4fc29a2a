import { degreesOf, parallelProblem } from '../../../core/calculators/hardware/parallel.ts';
import { withFlag } from '../../../core/calculators/serving/edit-command.ts';
import type { EngineTable, Setting } from '../../../core/calculators/serving/engine-flags.ts';
import { isHybridEngine } from '../../../core/calculators/serving/hybrid-start.ts';
import { readPasted } from '../../../core/calculators/serving/pasted-command.ts';
import { formatNumber, GIB } from '../../../core/units.ts';
import type { Context } from '../../../spine/command.ts';
import type { Cards } from '../gpu.ts';
import { type Deployed, readDeployed } from './deployed.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/** A change of one flag, with the whole command and what it costs. */
export type Edit = { shown: string; text: string; effect: string };

type Change = { names: readonly string[]; value?: string; costs: string; gpus?: number };

/** The names of the flag that sets something; TensorRT-LLM writes them with underscores. */
const namesOf = ({ engine, flags }: EngineTable, setting: Setting): readonly string[] => {
  const names = flags.find(({ sets }) => sets === setting)?.names ?? [];
  const isUnderscored = engine === 'trtllm' || engine === 'ollama';
  return isUnderscored ? names.map((name) => name.replaceAll('-', '_')) : names;
};

/** Contexts that people set. */
const LENGTHS = [262_144, 131_072, 65_536, 32_768, 16_384, 8192, 4096, 2048];

/** The longest contexts that may start; beyond the model's own nothing is known of the pool yet. */
function contextChanges({ request, command }: Deployed, { start }: Outcome): Change[] {
  const own = request.shape.maxContext;
  const lengths = start
    ? LENGTHS.filter((each) => each <= start.tokens * 0.97 && each < request.context).slice(0, 1)
    : request.context > own
      ? [own, ...LENGTHS.filter((each) => each < own)]
      : [];
  return lengths.map((length) => ({
    names: namesOf(command.table, 'context'),
    value: String(length),
    costs: length === own ? "the model's own" : '',
  }));
}

/** GPUs that share the heads: the next number that divides them. */
function tensorChanges(
  { request, gpus, command }: Deployed,
  { problem, most }: { problem?: string; most: number },
): Change[] {
  const { tensor, pipeline, data } = degreesOf(request.layout.parallel);
  const isShort = most < gpus;
  const fewer = [16, 8, 4, 2, 1].filter((each) => each * pipeline <= most);
  const sizes = isShort ? fewer : problem ? [tensor - 1, 4, 2, 1] : [tensor * 2, tensor * 4];
  const size = sizes.find(
    (each) =>
      each >= 1 && each <= 16 && parallelProblem(request.shape, { tensor: each }) === undefined,
  );
  if (size === undefined || data > 1) return [];
  const all = size * pipeline;
  const more = all > gpus ? `on ${all} GPUs` : '';
  return [{ names: namesOf(command.table, 'tensor'), value: String(size), costs: more, gpus: all }];
}

function changesOf(deployed: Deployed, outcome: Outcome, cards: Cards): Change[] {
  const { request, problem, gpus } = deployed;
  const { engine } = request;
  const { start } = outcome;
  if (isHybridEngine(engine)) return hybridChanges(deployed, outcome);
  if (problem !== undefined) {
    const whole: Change =
      engine === 'vllm'
        ? { names: ['enable-expert-parallel'], costs: 'experts stay whole' }
        : { names: ['ep-size'], value: String(deployed.gpus), costs: 'experts stay whole' };
    return [
      ...(/FP8/.test(problem) ? [whole] : []),
      ...tensorChanges(deployed, { problem, most: cards.count }),
    ];
  }
  const isSixteen = request.kv.bytesPerValue === 2;
  const mostShare = engine === 'sglang' ? 0.92 : 0.95;
  const isIdle = cards.count > gpus;
  return [
    ...(isIdle ? tensorChanges(deployed, { most: cards.count }) : []),
    ...(outcome.verdict === 'starts' ? [] : contextChanges(deployed, outcome)),
    ...(start && start.sequences > 256 && start.peak > 2.5 * GIB && engine === 'vllm'
      ? [{ names: ['max-num-seqs'], value: '256', costs: 'at most 256 requests at once' }]
      : []),
    ...(isSixteen && engine !== 'trtllm'
      ? [
          {
            names: ['kv-cache-dtype'],
            value: engine === 'sglang' ? 'fp8_e5m2' : 'fp8',
            costs: 'slightly less precise',
          },
        ]
      : []),
    ...(start && start.share < mostShare - 0.005
      ? [
          {
            names: namesOf(deployed.command.table, 'share'),
            value: String(mostShare),
            costs: 'less room for peaks',
          },
        ]
      : []),
    ...(outcome.verdict === 'starts' || isIdle
      ? []
      : tensorChanges(deployed, { most: cards.count })),
  ];
}

function hybridChanges({ request }: Deployed, { verdict, hybrid }: Outcome): Change[] {
  if (verdict === 'starts' || !hybrid) return [];
  const isMixture = request.shape.layers.some(({ feedForward }) => feedForward.kind === 'moe');
  const half = LENGTHS.find((each) => each < hybrid.tokens);
  const isLlama = request.engine === 'llamacpp';
  return [
    ...(half !== undefined
      ? [{ names: isLlama ? ['c', 'ctx-size'] : ['num_ctx'], value: String(half), costs: '' }]
      : []),
    ...(isLlama && isMixture
      ? [{ names: ['n-cpu-moe', 'ncmoe'], value: String(hybrid.layers), costs: 'experts in RAM' }]
      : []),
    ...(isLlama && verdict === 'no'
      ? [
          {
            names: ['ngl', 'n-gpu-layers', 'gpu-layers'],
            value: 'auto',
            costs: 'as many layers as fit',
          },
        ]
      : []),
    ...(isLlama
      ? [{ names: ['ctk', 'cache-type-k'], value: 'q8_0', costs: 'with -ctv q8_0 -fa on' }]
      : []),
  ];
}

/** `1 full-length request`, `4.2 full-length requests`. */
export function fullLength(requests: number, locale: string): string {
  const count = formatNumber(requests, locale, requests < 10 ? 1 : 0);
  return `${count} full-length ${count === '1' ? 'request' : 'requests'}`;
}

/** What a changed command comes to, in words. */
function effectOf({ verdict, start, hybrid }: Outcome, costs: string, locale: string): string {
  const cost = costs === '' ? '' : ` (${costs})`;
  if (verdict === 'but' && hybrid)
    return `${hybrid.gpuLayers} of ${hybrid.layers} layers on the GPU${cost}`;
  const requests =
    start && start.requests >= 1 ? ` with ${fullLength(start.requests, locale)}` : '';
  return `starts${requests}${cost}`;
}

/** So many edits are read at a glance. */
const MOST_EDITS = 3;

/** The smallest edits that make a command start, or serve more, of which each by itself is enough. */
export function editsOf(
  text: string,
  deployed: Deployed,
  outcome: Outcome,
  cards: Cards,
  context: Pick<Context, 'catalog' | 'locale'>,
): Edit[] {
  const { command, subject } = deployed;
  const before = outcome.start?.requests ?? 0;
  const made = changesOf(deployed, outcome, cards).flatMap(
    ({ names, value, costs, gpus }): Edit[] => {
      const [name = ''] = names;
      if (name === '') return [];
      const edited = withFlag(text, names, value);
      const read = readPasted(edited, command.table);
      const again = readDeployed(
        { ...read, ...(command.model ? { model: command.model } : {}) },
        subject,
        context,
      );
      const on = { ...cards, count: Math.max(cards.count, gpus ?? 0) };
      const result = outcomeOf(again, on);
      const isBetter =
        outcome.verdict === 'starts'
          ? (result.start?.requests ?? 0) > before * 1.02
          : result.verdict === 'starts' || (outcome.verdict === 'no' && result.verdict === 'but');
      if (!isBetter) return [];
      const sign = name.length <= 3 ? '-' : '--';
      const shown = [`${sign}${name}`, ...(value === undefined ? [] : [value])].join(' ');
      return [{ shown, text: edited, effect: effectOf(result, costs, context.locale) }];
    },
  );
  // Of several values of a flag the first that is enough.
  const flags = made.map(({ shown }) => shown.split(' ', 1)[0]);
  return made.filter((_, at) => flags.indexOf(flags[at]) === at).slice(0, MOST_EDITS);
}
