import {
  collectiveSeconds,
  transferSeconds,
} from '../../src/core/calculators/hardware/communication.ts';
import { kvBytesPerToken, kvCacheSize } from '../../src/core/calculators/memory/kv-cache.ts';
import type { Model } from '../../src/core/calculators/models/model-schema.ts';
import type { ModelShape } from '../../src/core/calculators/models/model-shape.ts';
import { countParameters } from '../../src/core/calculators/models/parameters.ts';
import { weightFormat } from '../../src/core/calculators/quantization/formats.ts';
import { weightBytes } from '../../src/core/calculators/quantization/weights.ts';
import {
  expectedExperts,
  stepFlops,
  weightBytesRead,
} from '../../src/core/calculators/speed/compute.ts';
import { usdPerMillionTokens } from '../../src/core/calculators/speed/cost.ts';
import { criticalBatch } from '../../src/core/calculators/speed/latency.ts';
import { speculativeSpeedup } from '../../src/core/calculators/speed/speculative.ts';
import { gptActivationBytes } from '../../src/core/calculators/training/activations.ts';
import {
  chinchillaOptimal,
  modelFlopsUtilisation,
  pipelineBubble,
  trainingFlops,
  trainingSeconds,
} from '../../src/core/calculators/training/compute.ts';
import { LORA_TARGET_SETS, loraParameters } from '../../src/core/calculators/training/lora.ts';
import { stateBytes } from '../../src/core/calculators/training/optimizers.ts';
import { zeroStates } from '../../src/core/calculators/training/zero.ts';

/**
 * The answers of generated questions, worked out again from their stems: what a reader is told is all
 * that is used, and the calculators where one computes it. Where none does, the formula stands here
 * in plain arithmetic.
 */

/** Numbers of a text in order: 128,256 and −1.5 and 10²³ (as 10 and 23). */
export function numbers(text: string): number[] {
  const plain = text
    .replace(
      /[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g,
      (digits) => ` ${[...digits].map((d) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(d)).join('')}`,
    )
    .replaceAll('−', '-');
  return (plain.match(/-?\d+(?:,\d{3})*(?:\.\d+)?/g) ?? []).map((part) =>
    Number(part.replaceAll(',', '')),
  );
}

/** The numbers that a pattern's groups caught. */
function caught(text: string, pattern: RegExp): number[] {
  const groups = pattern.exec(text)?.slice(1);
  if (!groups) throw new Error(`${pattern} finds nothing in: ${text}`);
  return groups.map((group) => Number((group ?? '').replaceAll(',', '').replaceAll('−', '-')));
}

const N = '([−-]?[\\d,]*\\.?\\d+)';
const re = (text: string) => new RegExp(text.replaceAll('#', N));
const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0);
const at = (list: readonly number[], index: number) => list[index] ?? Number.NaN;

/** The model that a stem names, the longest name first. */
function named(models: readonly Model[], stem: string): Model | undefined {
  return [...models]
    .sort((a, b) => b.name.length - a.name.length)
    .find(({ name }) => stem.includes(name));
}

/** A dense decoder from the figures of a stem. */
function dense({
  layers,
  hidden,
  heads,
  kvHeads,
  keyDim,
  width = 1,
  vocabulary = 1,
  tied = false,
}: {
  layers: number;
  hidden: number;
  heads: number;
  kvHeads: number;
  keyDim: number;
  width?: number;
  vocabulary?: number;
  tied?: boolean;
}): ModelShape {
  return {
    kind: 'decoder',
    hidden,
    vocabulary,
    tied,
    maxContext: 1e6,
    norm: 'rms',
    finalNorms: 1,
    layers: [
      {
        count: layers,
        attention: { kind: 'full', heads, kvHeads, keyDim },
        feedForward: { kind: 'dense', width, gated: true },
        norms: 2,
      },
    ],
  };
}

type Answer = (stem: string, models: readonly Model[]) => number;

const exp = Math.exp;

/** The answer of each kind, in its unit, from the stem alone. */
export const ANSWERS: Readonly<Record<string, Answer>> = {
  'softmax-temperature': (stem) => {
    const [a = 0, b = 0, c = 0, t = 1] = numbers(stem);
    const powers = [a, b, c].map((logit) => exp(logit / t));
    return (100 * at(powers, /the second one/.test(stem) ? 1 : 0)) / sum(powers);
  },
  'kept-set': (stem) => {
    const [setting = 0, ...list] = numbers(stem);
    let kept: number[] = [];
    if (stem.includes('min-p')) kept = list.filter((each) => each >= setting * at(list, 0));
    else
      for (const each of list) {
        if (sum(kept) >= setting) break;
        kept = [...kept, each];
      }
    return (100 * at(list, 0)) / sum(kept);
  },
  'bits-per-byte': (stem) => {
    const [loss = 0, bytes = 1] = numbers(stem);
    return Math.log2(exp(loss)) / bytes;
  },
  'pass-at-k': (stem) => {
    const [n = 0, c = 0, k = 0] = caught(stem, re('task you drew # samples.*? and # pass.*pass@#'));
    // The chance that k draws without replacement all fail, draw by draw.
    let fail = 1;
    for (let draw = 0; draw < k; draw += 1) fail *= (n - c - draw) / (n - draw);
    return 100 * (1 - fail);
  },
  'sequence-perplexity': (stem) => {
    const list = numbers(stem);
    return 2 ** (-sum(list.map(Math.log2)) / list.length);
  },
  'language-tokens': (stem) => {
    const [words = 0, each = 0, factor = 0, window = 1] = numbers(stem);
    return (100 * words * each * factor) / window;
  },
  'parameter-count': (stem) => {
    const [layers = 0, hidden = 0, heads = 0, kvHeads = 0, keyDim = 0, width = 0, vocabulary = 0] =
      caught(
        stem,
        re('has # layers, hidden size #, # query and # KV heads of size #, .* width #, and # voc'),
      );
    const tied = stem.includes('tied input');
    const shape = dense({ layers, hidden, heads, kvHeads, keyDim, width, vocabulary, tied });
    return countParameters(shape).total / 1e9;
  },
  'gated-width': (stem) => {
    const [hidden = 0, times = 0] = numbers(stem);
    return (2 * times * hidden) / 3;
  },
  'rope-wavelength': (stem) => {
    const [base = 0, dim = 1, pair = 0] = caught(stem, re('base # and head size #: .* i = #'));
    const anglePerPosition = 1 / base ** ((2 * pair) / dim);
    return (2 * Math.PI) / anglePerPosition;
  },
  'token-flops': (stem, models) => {
    const [billions = 0, layers = 0, heads = 0, , keyDim = 0, tokens = 0] = caught(
      stem,
      re('with #B parameters. It has # layers with # query and # KV heads of size #.* after # tok'),
    );
    const model = named(models, stem);
    if (model) return stepFlops(model.shape, tokens) / 1e9;
    return 2 * billions + (4 * layers * heads * keyDim * tokens) / 1e9;
  },
  'logits-memory': (stem) => {
    const [sequences = 0, tokens = 0, , vocabulary = 0] = numbers(stem);
    return (sequences * tokens * vocabulary * (stem.includes('FP32') ? 4 : 2)) / 1e9;
  },
  'attention-weight': (stem) => {
    const [a = 0, b = 0, c = 0, dim = 1] = numbers(stem);
    const seen = stem.includes('hides the third') ? [a, b] : [a, b, c];
    const powers = seen.map((product) => exp(product / Math.sqrt(dim)));
    return (100 * at(powers, 0)) / sum(powers);
  },
  'score-memory': (stem) => {
    const [heads = 0, sequences = 0, tokens = 0] = caught(
      stem,
      re('\\(# query heads, .* reads # sequences? of # tokens'),
    );
    return (2 * sequences * heads * tokens * tokens) / 1024 ** 3;
  },
  'score-crossover': (stem) => {
    const [d = 0, times = 0] = caught(stem, re('d = # .* width # × d'));
    const matrices = 2 * (4 * d * d + 2 * d * times * d);
    const eachToken = stem.includes('causal') ? 2 * d : 4 * d;
    return matrices / eachToken;
  },
  'window-cache': (stem, models) => {
    const [local = 0, window = 0, global = 0, kvHeads = 0, keyDim = 0, sequences = 0, tokens = 0] =
      caught(
        stem,
        re(
          'has # local layers \\(window #\\) and # global .* # KV heads of size #.* cache of # seq\\w* of # tokens',
        ),
      );
    const model = named(models, stem);
    if (model) return kvCacheSize({ shape: model.shape, tokens, sequences }).bytes / 1024 ** 3;
    const kept = local * Math.min(window, tokens) + global * tokens;
    return (4 * kvHeads * keyDim * kept * sequences) / 1024 ** 3;
  },
  'online-merge': (stem) => {
    const [m1 = 0, s1 = 0, o1 = 0, m2 = 0, s2 = 0, o2 = 0] = caught(
      stem,
      re('1: maximum #, sum of .*\\) #, output #. Block 2: maximum #, sum #, output #\\.'),
    );
    // Weights on one scale, without the larger maximum: e^m × sum.
    const [w1, w2] = [exp(m1) * s1, exp(m2) * s2];
    return (w1 * o1 + w2 * o2) / (w1 + w2);
  },
  'active-parameters': (stem, models) => {
    const [outside = 0, layers = 0, , each = 0, used = 0] = caught(
      stem,
      re('has # billion .* its # layers has # experts of # million .* uses # of'),
    );
    const model = named(models, stem);
    if (model) return countParameters(model.shape).active / 1e9;
    return outside + (layers * used * each) / 1000;
  },
  'distinct-experts': (stem) => {
    const [experts = 1, active = 1, tokens = 1] = numbers(stem);
    return expectedExperts(experts, active, tokens);
  },
  'expert-capacity': (stem) => {
    const [tokens = 0, experts = 1, active = 0, factor = 0] = numbers(stem);
    return Math.ceil((tokens * active * factor) / experts);
  },
  'balance-loss': (stem) => {
    const list = numbers(stem);
    return 4 * sum([0, 1, 2, 3].map((index) => at(list, index) * at(list, index + 4)));
  },
  'kv-per-token': (stem, models) => {
    const [layers = 0, heads = 0, kvHeads = 0, keyDim = 0] = caught(
      stem,
      re('has # layers with # query heads and # KV heads of size #'),
    );
    const shape =
      named(models, stem)?.shape ?? dense({ layers, hidden: 1, heads, kvHeads, keyDim });
    return kvBytesPerToken(shape).bytesPerToken / 1024;
  },
  'sequences-at-once': (stem) => {
    const [weights = 0, card = 0, engine = 0, share = 0, kib = 1, tokens = 1] = caught(
      stem,
      re('takes # GiB of a GPU with # GiB.* needs # GiB .* use #% .* takes # KiB .* of # tokens'),
    );
    const room = (card * share) / 100 - weights - engine;
    return Math.floor((room * 1024 ** 2) / (kib * tokens));
  },
  'decode-floor': (stem, models) => {
    const [gb = 0, kib = 0, speed = 1, batch = 1, tokens = 1] = caught(
      stem,
      re('reads # GB .* holds # KiB .* \\(# GB/s\\) for # seq\\w* of # tokens'),
    );
    const model = named(models, stem);
    const bytes = model
      ? weightBytesRead(model.shape, weightFormat('bf16'), batch) +
        kvCacheSize({ shape: model.shape, tokens, sequences: batch }).bytes
      : gb * 1e9 + batch * tokens * kib * 1024;
    return 1000 * transferSeconds(bytes, speed);
  },
  'ridge-batch': (stem) => {
    const [tflops = 0, tbps = 1, bits = 0] = caught(
      stem,
      re('computes # TFLOP.* reads # TB/s. Weights are #-bit'),
    );
    return criticalBatch({
      peakFlops: tflops * 1e12,
      bytesPerSecond: tbps * 1e12,
      bytesPerWeight: bits / 8,
    });
  },
  speculation: (stem) => {
    const [draftTokens = 1, acceptance = 0, costRatio = 0] = numbers(stem);
    return speculativeSpeedup({ acceptance, draftTokens, costRatio });
  },
  'first-token': (stem, models) => {
    const [tokens = 1, gpus = 1, tflops = 1, share = 1] = caught(
      stem,
      re('prompt of # tokens on # × .*\\(# TFLOP.*\\) at #% of the peak'),
    );
    const model = named(models, stem);
    if (!model) throw new Error(`no model in: ${stem}`);
    const { active } = countParameters(model.shape);
    return (1000 * 2 * active * tokens) / (gpus * tflops * 1e12 * (share / 100));
  },
  'cache-transfer': (stem) => {
    const [kib = 0, tokens = 0, gigabits = 1] = caught(
      stem,
      re('keeps # KiB .* prompt of # tokens at # Gb/s'),
    );
    return 1000 * transferSeconds(tokens * kib * 1024, gigabits / 8);
  },
  'in-flight': (stem) => {
    const [rate = 0, first = 0, tokens = 0, each = 0] = numbers(stem);
    return rate * (first + (tokens * each) / 1000);
  },
  'training-days': (stem) => {
    const [billions = 0, trillions = 0, gpus = 1, tflops = 1, percent = 1] = caught(
      stem,
      re('with # billion .* on # trillion tokens with # × .* \\(# TFLOP.*\\) at #% MFU'),
    );
    const flops = trainingFlops({ parameters: billions * 1e9, tokens: trillions * 1e12 });
    const utilisation = percent / 100;
    return trainingSeconds({ flops, gpus, peakFlops: tflops * 1e12, utilisation }) / 86_400;
  },
  'compute-optimal': (stem) => {
    const [factor = 0, , power = 0] = numbers(stem);
    return chinchillaOptimal(factor * 10 ** power).parameters / 1e9;
  },
  'pipeline-wait': (stem) => {
    const [stages = 0, micro = 0] = caught(stem, re('of # stages runs # micro'));
    const chunks = stem.includes('interleaved')
      ? at(caught(stem, re('interleaved, # chunks')), 0)
      : 1;
    return 100 * pipelineBubble(stages, micro, chunks);
  },
  'activation-memory': (stem) => {
    const [layers = 0, hidden = 0, heads = 0, , microBatch = 0, sequence = 0] = numbers(stem);
    const request = { layers, hidden, heads, sequence, microBatch, checkpointing: 'none' as const };
    return gptActivationBytes(request) / 1024 ** 3;
  },
  'near-duplicates': (stem) => {
    const [bands = 0, rows = 0, similarity = 0] = numbers(stem);
    return 100 * (1 - (1 - similarity ** rows) ** bands);
  },
  'lora-count': (stem, models) => {
    const [rank = 1] = caught(stem, re('with rank # on'));
    const [layers = 0, hidden = 0, heads = 0, kvHeads = 0, keyDim = 0] = caught(
      stem,
      re(': # layers, hidden size #, # query and # KV heads of size #'),
    );
    const set = stem.includes('all linear') ? 'all' : stem.includes('output') ? 'attention' : 'qv';
    const width = set === 'all' ? at(caught(stem, re('FFN width #')), 0) : 1;
    const shape =
      named(models, stem)?.shape ?? dense({ layers, hidden, heads, kvHeads, keyDim, width });
    return loraParameters({ shape, rank, targets: LORA_TARGET_SETS.get(set) ?? [] }) / 1e6;
  },
  'tuning-memory': (stem) => {
    const adam = (parameters: number) =>
      zeroStates({ parameters, bytes: stateBytes('mixed', 'adamw'), stage: 0, ranks: 1 }).total;
    if (/in full/.test(stem)) {
      const [billions = 0] = numbers(stem);
      return adam(billions * 1e9) / 1e9;
    }
    const [millions = 0] = numbers(stem);
    const [billions = 0] = caught(stem, re('base of # billion'));
    const bits = /^QLoRA/.test(stem) ? weightFormat('nf4-dq').bits : 16;
    return (billions * bits) / 8 + adam(millions * 1e6) / 1e9;
  },
  'dpo-pair': (stem) => {
    const [beta = 0, chosen = 0, rejected = 0] = numbers(stem.replaceAll('+', ''));
    // −ln σ(x) is ln(1 + e^−x).
    return Math.log1p(exp(-beta * (chosen - rejected)));
  },
  'group-advantage': (stem) => {
    const [count = 1] = numbers(stem);
    const rewards = numbers(stem).slice(1, 1 + count);
    const mean = sum(rewards) / count;
    const variance = sum(rewards.map((each) => each * each)) / count - mean * mean;
    return (Math.max(...rewards) - mean) / Math.sqrt(variance);
  },
  'ppo-clip': (stem) => {
    const [epsilon = 0, advantage = 0, ratio = 1] = numbers(stem.replaceAll('+', ''));
    // By cases: only a move in the direction that helps is clipped.
    const helps = advantage > 0 ? ratio > 1 + epsilon : ratio < 1 - epsilon;
    const bound = advantage > 0 ? 1 + epsilon : 1 - epsilon;
    return Math.abs(advantage) * (helps ? bound : ratio);
  },
  'weight-memory': (stem, models) => {
    const model = named(models, stem);
    const parts = [
      ...stem.matchAll(/([\d.]+)B(?: weights)? in ([\w ,]+?)(?: \(([\d.]+) bits each|\.| and )/g),
    ];
    const known = new Map([
      ['BF16', 16],
      ['FP32', 32],
      ['16 bit', 16],
    ]);
    const bytes = sum(
      parts.map(
        ([, billions, label, bits]) =>
          (Number(billions) * 1e9 * Number(bits ?? known.get(label ?? ''))) / 8,
      ),
    );
    const label = parts[0]?.[2] ?? '';
    const format = ['bf16', 'fp8', 'int4', 'nf4-dq', 'fp32']
      .map(weightFormat)
      .find((each) => each.label === label);
    if (model && format) return weightBytes(model.shape, format) / 1024 ** 3;
    return bytes / 1024 ** 3;
  },
  'zero-rank': (stem) => {
    const [billions = 0, , ranks = 1, stage = 0] = numbers(stem);
    const bytes = stateBytes('mixed', 'adamw');
    const request = { parameters: billions * 1e9, bytes, ranks };
    if (stage !== 1 && stage !== 2 && stage !== 3) throw new Error(`stage in: ${stem}`);
    return zeroStates({ ...request, stage }).total / 1e9;
  },
  mfu: (stem) => {
    const [billions = 0, tokens = 0, gpus = 1, tflops = 1] = caught(
      stem,
      re('with # billion .* at # tokens per second on # × .* \\(# TFLOP'),
    );
    const flopsPerSecond = trainingFlops({ parameters: billions * 1e9, tokens });
    return 100 * modelFlopsUtilisation({ flopsPerSecond, gpus, peakFlops: tflops * 1e12 });
  },
  'quantized-value': (stem) => {
    if (stem.includes('Symmetric')) {
      const [largest = 0, last = 1, value = 0] = caught(
        stem,
        re('tensor is #\\. .* from −\\d+ to #: .* for # after'),
      );
      const step = largest / last;
      return Math.round(value / step) * step;
    }
    const [min = 0, max = 0, last = 1, value = 0] = caught(
      stem,
      re('runs from # to #\\. .* from 0 to #, .* for # after'),
    );
    const step = (max - min) / last;
    const zero = Math.round(-min / step);
    return (Math.round(value / step) + zero - zero) * step;
  },
  'scale-overhead': (stem) => {
    const [billions = 0, group = 1] = caught(stem, re('^# billion .* groups of #\\.'));
    if (stem.includes('every 256 groups')) return (billions * (8 / 64 + 32 / (64 * 256))) / 8;
    const extra = [...stem.matchAll(/(\d+)-bit (?:scale|zero)/g)].map(([, bits]) => Number(bits));
    return (billions * sum(extra)) / group / 8;
  },
  'all-reduce-time': (stem) => {
    const [tokens = 0, layers = 0, hidden = 0, ranks = 1, oneWay = 1] = caught(
      stem,
      re('prompt of # tokens .* through # layers with hidden size # .* on # GPUs .* sends # GB/s'),
    );
    const one = collectiveSeconds('all-reduce', {
      bytes: tokens * hidden * 2,
      ranks,
      bothWaysGBps: 2 * oneWay,
    });
    return 1000 * 2 * layers * one;
  },
  'calibration-error': (stem) => {
    const list = numbers(stem);
    const bins = [0, 3, 6].map((start) => {
      const [confidence, count, right] = [
        at(list, start),
        at(list, start + 1),
        at(list, start + 2),
      ];
      return { count, gap: Math.abs(right - (count * confidence) / 100) };
    });
    // Count × |right / count − confidence| is the distance from the expected number of right ones.
    return (100 * sum(bins.map(({ gap }) => gap))) / sum(bins.map(({ count }) => count));
  },
  'token-price': (stem) => {
    const [gpus = 1, usdPerGpuHour = 1, tokensPerSecond = 1, percent = 1] = numbers(stem);
    const utilisation = percent / 100;
    return usdPerMillionTokens({ gpus, usdPerGpuHour, tokensPerSecond, utilisation });
  },
  'cache-break-even': (stem) => {
    const [write = 0, read = 0] = numbers(stem);
    // h × read + (1 − h) × write = 1, solved for h by its value at both ends.
    const [atNone, atAll] = [write - 1, read - 1];
    return (100 * atNone) / (atNone - atAll);
  },
  'cascade-price': (stem) => {
    const [small = 0, large = 0, percent = 0] = numbers(stem);
    return small * (1 - percent / 100) + (small + large) * (percent / 100);
  },
};
