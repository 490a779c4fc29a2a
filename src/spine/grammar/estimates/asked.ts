// cspell:ignore itl tpot
/**
 * Words that ask for something. The answer to its own question explains them; for any other answer they are told as not
 * used, so that nobody takes it for what was asked.
 */
import type { Command } from '../../command.ts';
import { coerce } from '../values.ts';

const COMMA = /,\s+/;

const GPUS = 'gpu, gpus, card, cards'.split(COMMA);
const MEMORY =
  `memory, mem, vram, min vram, minimum vram, minimum memory, minimum requirements, fit, fits, fitting, hold, holds, size, sized, big, large, how big, how large, how much, gb,
  gib, mb`.split(COMMA);
const RATES =
  `tokens per second, token per second, tokens per sec, tokens a second, tokens per s, tok per sec,
  how many tokens per second, how many tokens, how many tok/s, how many tps, how many t/s, tps, t/s, tok/s, tok/sec,
  tokens/s, tokens/sec, throughput, rate`.split(COMMA);
const SPEED =
  `latency, ttft, tpot, itl, time to first token, time per token, per second, per token, speed, fast, faster,
  quick, quickly, slow, decode, decoding, prefill, prompt processing, long, how long, how fast, how quick, time, second,
  seconds, sec, performance, generate, generating, generation, tokens, token, tok, inference`.split(
    COMMA,
  );
const PRICE =
  `$/mtok, $/mtoks, $/m, $/1m, per mtok, $/million, cost, costs, price, prices, expensive, dollars, dollar, usd, $, rent, rental, per hour, per gpu hour,
  per gpu per hour, hour, hr, h`.split(COMMA);
const TUNING =
  `training, train, tune, tuning, tuned, adapter, finetune, finetuning, fine-tune, fine-tuning, fine tune,
  fine tuning`.split(COMMA);
const COMPARING =
  `or, vs, vs., versus, compare, compared, comparison, difference, between, better, best, both,
  side by side, which one, bigger, smaller`.split(COMMA);

/** By command, and by what it wants or is for. */
const ANSWERED: Readonly<Record<string, readonly string[]>> = {
  vram: [
    ...MEMORY,
    ...GPUS,
    ...`per gpu, per card, inference, infer, kv cache, kv, cache, weights, activations, how many gb, how many gib,
      how many gigs, room, left, headroom, free, spare`.split(COMMA),
  ],
  'vram train': [
    ...TUNING,
    ...'pretrain, pretraining, pre-training, parameter, params'.split(COMMA),
  ],
  'vram lora': TUNING,
  'vram qlora': TUNING,
  kv: [
    ...MEMORY,
    ...`kv cache, kv, cache, bytes, per token, bytes per token, how many bytes, how many gb, how many gib,
      how many bytes per token`.split(COMMA),
  ],
  fit: [...GPUS, ...'fit, fits, fitting, hold, holds, memory, vram'.split(COMMA)],
  'fit models':
    'models, model, largest, biggest, bigger, big, large, best, highest, size, sizes, most'.split(
      COMMA,
    ),
  'fit format':
    `format, quant, quantization, precision, bits, bpw, best, highest, biggest, largest, how many bits`.split(
      COMMA,
    ),
  'fit context':
    `context, context length, context window, context size, ctx, window, length, tokens, longest, max, maximum,
    largest, biggest, big, large, long, far, much, how much, how long, how far, how big, how many tokens, left, room`.split(
      COMMA,
    ),
  'fit users':
    `users, user, concurrent users,  people, clients, requests, reqs, sequences, seqs, sessions, chats, streams, agents, developers, devs,
    engineers, batch, batches, batch size, max batch size, concurrent, concurrency, parallel, simultaneous, at once, max,
    maximum, most, largest, biggest, highest, how many, how many users, number of`.split(COMMA),
  'fit smallest':
    'needed, smallest, minimum, min, fewest, least, how many, number of, big, large'.split(COMMA),
  'fit cheapest': [...PRICE, ...'cheapest, cheap, lowest'.split(COMMA)],
  'fit both':
    'context, ctx, tokens, users, max, maximum, most, longest, how many users, how much'.split(
      COMMA,
    ),
  latency: [
    ...SPEED,
    ...RATES,
    ...GPUS,
    ...`per gpu, tok/s/gpu, tps/gpu, tokens/s/gpu, tok/s per gpu, compute bound, compute-bound, memory bound,
      memory-bound, bandwidth bound, bandwidth-bound, bound, roofline, arithmetic intensity, intensity`.split(
      COMMA,
    ),
  ],
  cost: [
    ...PRICE,
    ...GPUS,
    ...'per million, per million tokens, tokens, token, tok, per token, how expensive, how much'.split(
      COMMA,
    ),
  ],
  'cost open': 'cheap, cheapest'.split(COMMA),
  'cost api': 'api, apis, provider, cheap, cheaper, than, or, vs, versus, compared'.split(COMMA),
  compare: [
    ...COMPARING,
    ...MEMORY,
    ...GPUS,
    ...`speed, faster, fast, per gpu, per card, kv cache, kv, cache, bandwidth, tok/s, tokens per second, tps, t/s, specs,
      memory bandwidth`.split(COMMA),
  ],
  train: [
    ...TUNING,
    ...PRICE,
    ...GPUS,
    ...`pretrain, pretraining, pre-train, pre-training, long, how long, time, day, days, how many days, hours,
      how many hours, how many gpu hours, week, weeks, how many weeks, flops, compute, how much, how expensive`.split(
      COMMA,
    ),
  ],
  lora: [
    ...TUNING,
    ...MEMORY,
    ...GPUS,
    ...`file, parameters, params, parameter, trainable, how many parameters, how many trainable parameters`.split(
      COMMA,
    ),
  ],
  speculate:
    'speed, speedup, faster, fast, draft, drafted, speculative, decoding, tokens, token, how much'.split(
      COMMA,
    ),
  plan: [
    ...PRICE,
    ...RATES,
    ...GPUS,
    ...'cheapest, cheap, fewest, smallest, how many, number of, per user, fit, fits'.split(COMMA),
  ],
  models:
    `layers, layer, heads, head, kv, attention, hidden, dim, dimension, parameters, parameter, params, context, ctx,
    window, limit, length, max, maximum, full, native, many, much, config, size, vocab, vocabulary, expert, experts,
    active, total, architecture, long, vs, versus`.split(COMMA),
  gpus: `bandwidth, memory, vram, spec, specs, specifications, flops, tflops, tdp, watts, power, gb, gib, much, many, bytes,
    second, per, gpus, cards, all, list, least, most, than, over, above, under, below`.split(COMMA),
};

const WORDS = new Map(Object.entries(ANSWERED).map(([key, words]) => [key, new Set(words)]));

/** Beside a number with a place they ask for nothing: `max 8k context`, `6k per user`. */
const OF_NUMBER: ReadonlySet<string> = new Set(
  `max, maximum, most, minimum, min, least, size, long, per user, per request, per sequence, per chat, per gpu,
  per hour`.split(COMMA),
);

/** All phrases that ask, and words that turn what is asked into something else. */
export const ASKING: ReadonlySet<string> = new Set([
  ...Object.values(ANSWERED).flat(),
  ...OF_NUMBER,
  ...`per node, per machine, per server, per rank, per device, per layer, per day, per month, per, total, combined, overall,
    twice, double, half, many, million, billion, trillion, without, no, not`.split(COMMA),
]);

/** Whether the answer of a command explains a word, whatever else is asked. */
export const isAnsweredBy = (command: string, word: string) =>
  WORDS.get(command)?.has(word) === true;

/** Whether a phrase asks for nothing where it stands behind or before a number with a place. */
export const isOfNumber = (phrase: string) => OF_NUMBER.has(phrase);

/** Words that the answer of a command explains, with these values. */
export function answeredBy(
  command: Command,
  raw: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const valueIn = (name: string) => {
    const option = command.options.find((each) => each.name === name);
    const text = raw.get(name);
    const read = option && text !== undefined ? coerce(option, text) : undefined;
    return read && 'value' in read ? String(read.value) : undefined;
  };
  const hasModel = ['model', 'config', 'file'].some((name) => raw.has(name));
  const open = !hasModel ? 'models' : raw.has('gpu') ? 'both' : 'smallest';
  const kind = {
    fit: valueIn('want') ?? open,
    vram: valueIn('for') ?? '',
    cost: raw.has('api-output') || raw.has('api-input') ? 'api' : raw.has('gpu') ? '' : 'open',
  }[command.name];
  return new Set([
    ...(WORDS.get(command.name) ?? []),
    ...(WORDS.get(`${command.name} ${kind}`) ?? []),
  ]);
}
