import type { FeedForward } from '../model-shape.ts';
import {
  commonSizes,
  decoderBase,
  eachLayer,
  type Layer,
  onlyTrue,
  type Plan,
  softmax,
} from './layers.ts';
import { llamaLike } from './llama.ts';
import type { Reader } from './reader.ts';

/** A plain block of two matrices. */
function plain(width: number, bias: boolean): FeedForward {
  return { kind: 'dense', width, gated: false, ...onlyTrue({ bias }) } as FeedForward;
}

/** The frame of a GPT: LayerNorms, and one kind of layer. */
function gpt(
  c: Reader,
  sizes: ReturnType<typeof commonSizes>,
  layer: Layer,
  options: { tied: boolean; positions?: number; headBias?: boolean },
): Plan {
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', options.tied)),
    norm: 'layer',
    ...onlyTrue({ positions: options.positions, headBias: options.headBias }),
    layers: eachLayer(sizes.layers, () => layer),
  };
}

/** GPT-2: learned positions, biases everywhere, tied tables. */
export function gpt2(c: Reader): Plan {
  const sizes = commonSizes(c);
  const width = c.optional('n_inner') ?? 4 * sizes.hidden;
  const attention = softmax(
    { ...sizes, kvHeads: sizes.heads },
    { qkvBias: true, outBias: true, fusedQkv: true },
  );
  const layer = { attention, feedForward: plain(width, true), norms: 2 };
  return gpt(c, sizes, layer, { tied: true, positions: sizes.maxContext });
}

/** StarCoder and SantaCoder: GPT-2 with one KV head. */
export function gptBigCode(c: Reader): Plan {
  const sizes = commonSizes(c);
  const width = c.optional('n_inner') ?? 4 * sizes.hidden;
  const kvHeads = c.flag('multi_query', true) ? 1 : sizes.heads;
  const attention = softmax(
    { ...sizes, kvHeads },
    { qkvBias: true, outBias: true, fusedQkv: true },
  );
  const layer = { attention, feedForward: plain(width, true), norms: 2 };
  return gpt(c, sizes, layer, { tied: true, positions: sizes.maxContext });
}

/** GPT-Neo: no biases on query, key and value; every other layer local by its list. */
export function gptNeo(c: Reader): Plan {
  const sizes = commonSizes(c);
  const width = c.optional('intermediate_size') ?? 4 * sizes.hidden;
  const kinds = c.words('attention_layers');
  const window = c.count('window_size', 256);
  const base = decoderBase(sizes, c.flag('tie_word_embeddings', true));
  return {
    ...base,
    norm: 'layer',
    positions: sizes.maxContext,
    layers: eachLayer(sizes.layers, (index) => ({
      attention: softmax(
        { ...sizes, kvHeads: sizes.heads },
        {
          outBias: true,
          ...((kinds ? kinds[index] === 'local' : index % 2 === 1) ? { window } : {}),
        },
      ),
      feedForward: plain(width, true),
      norms: 2,
    })),
  };
}

/** GPT-J: one norm for attention and block, no biases on attention, a bias on the output matrix. */
export function gptJ(c: Reader): Plan {
  const sizes = commonSizes(c);
  const width = c.optional('n_inner') ?? 4 * sizes.hidden;
  const attention = softmax({ ...sizes, kvHeads: sizes.heads });
  const layer = { attention, feedForward: plain(width, true), norms: 1 };
  return gpt(c, sizes, layer, { tied: false, headBias: true });
}

/** GPT-NeoX and Pythia: attention and block side by side with two norms, untied. */
export function gptNeoX(c: Reader): Plan {
  const sizes = commonSizes(c);
  const bias = c.flag('attention_bias', true);
  const attention = softmax(
    { ...sizes, kvHeads: sizes.heads },
    { qkvBias: bias, outBias: bias, fusedQkv: true },
  );
  const layer = { attention, feedForward: plain(c.count('intermediate_size'), true), norms: 2 };
  return gpt(c, sizes, layer, { tied: false });
}

/** OPT: two more position rows than the context; the smallest tables may be narrower than the model. */
export function opt(c: Reader): Plan {
  const sizes = commonSizes(c);
  const bias = c.flag('enable_bias', true);
  const attention = softmax({ ...sizes, kvHeads: sizes.heads }, { qkvBias: bias, outBias: bias });
  const layer = { attention, feedForward: plain(c.count('ffn_dim'), bias), norms: 2 };
  const narrow = c.count('word_embed_proj_dim', sizes.hidden);
  const hasFinalNorm =
    c.flag('do_layer_norm_before', true) && !c.flag('_remove_final_layer_norm', false);
  return {
    ...gpt(c, sizes, layer, { tied: true, positions: sizes.maxContext + 2 }),
    finalNorms: hasFinalNorm ? 1 : 0,
    ...(narrow === sizes.hidden ? {} : { embeddingDim: narrow }),
  };
}

/** BLOOM: a norm after the embedding, positions by distance, biases everywhere. */
export function bloom(c: Reader): Plan {
  const hidden = c.count(['hidden_size', 'n_embed']);
  const heads = c.count(['n_head', 'num_attention_heads']);
  const keyDim = hidden / heads;
  const sizes = {
    hidden,
    heads,
    kvHeads: heads,
    keyDim,
    layers: c.count(['n_layer', 'num_hidden_layers']),
    vocabulary: c.count('vocab_size'),
    maxContext: c.count('seq_length', 2048),
  };
  const attention = softmax(sizes, { qkvBias: true, outBias: true, fusedQkv: true });
  const layer = { attention, feedForward: plain(4 * hidden, true), norms: 2 };
  return {
    ...gpt(c, sizes, layer, { tied: true }),
    extras: [{ name: 'embedding LayerNorm', kind: 'vector', parameters: 2 * hidden }],
  };
}

/** Falcon: KV heads and norms depend on which of its designs the config names. */
export function falcon(c: Reader): Plan {
  const read = commonSizes(c);
  const isNew = c.flag('new_decoder_architecture', false);
  const isParallel = c.flag('parallel_attn', true);
  const single = c.flag('multi_query', true) ? 1 : read.heads;
  const kvHeads = isNew ? c.count(['num_kv_heads', 'n_head_kv'], read.heads) : single;
  const bias = c.flag('bias', false);
  const newNorms = c.optional('num_ln_in_parallel_attn') ?? 2;
  const attention = softmax({ ...read, kvHeads }, { qkvBias: bias, outBias: bias, fusedQkv: true });
  const width = c.optional('ffn_hidden_size') ?? 4 * read.hidden;
  const layer = {
    attention,
    feedForward: plain(width, bias),
    norms: isNew ? newNorms : isParallel ? 1 : 2,
  };
  return { ...gpt(c, read, layer, { tied: true }), gguf: 'falcon' };
}

/** MPT: LayerNorms without bias, positions by distance. */
export function mpt(c: Reader): Plan {
  const hidden = c.count('d_model');
  const heads = c.count('n_heads');
  const config = c.object('attn_config');
  const isGrouped = config.text('attn_type') === 'multiquery_attention';
  const kvHeads = isGrouped ? 1 : config.count('kv_n_heads', heads);
  const sizes = {
    hidden,
    vocabulary: c.count('vocab_size'),
    maxContext: c.count('max_seq_len', 2048),
  };
  const bias = !c.flag('no_bias', true);
  const attention = softmax(
    { heads, kvHeads, keyDim: hidden / heads },
    { qkvBias: bias, outBias: bias, fusedQkv: true },
  );
  const width = hidden * c.count('expansion_ratio', 4);
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', true)),
    norm: bias ? 'layer' : 'rms',
    layers: eachLayer(c.count('n_layers'), () => ({
      attention,
      feedForward: plain(width, bias),
      norms: 2,
    })),
  };
}

/** Phi-1 to Phi-2: one norm, biases everywhere and on the output matrix. */
export function phi(c: Reader): Plan {
  if (c.flag('qk_layernorm', false)) c.refuse("Phi with qk_layernorm isn't supported.");
  return llamaLike(c, {
    norm: 'layer',
    norms: 1,
    gated: false,
    mlpBias: true,
    qkvBias: true,
    outBias: true,
    headBias: true,
    fusedQkv: true,
    width: c.optional(['intermediate_size', 'n_inner']) ?? 4 * c.count(['hidden_size', 'n_embd']),
  });
}
