import * as classic from './classic.ts';
import * as deepseek from './deepseek.ts';
import { deepSeekV4 } from './deepseek-v4.ts';
import type { EncoderPlan } from './encoders.ts';
import * as encoders from './encoders.ts';
import * as gemma from './gemma.ts';
import * as glm from './glm.ts';
import * as hybrids from './hybrids.ts';
import type { Fields } from './json.ts';
import { kimiLinear } from './kimi.ts';
import * as llama from './llama.ts';
import * as kin from './llama-kin.ts';
import * as mixtures from './mixtures.ts';
import * as nemotron from './nemotron.ts';
import * as open from './open.ts';
import * as qwen from './qwen.ts';
import type { Reader } from './reader.ts';
import * as seq2seq from './seq2seq.ts';
import * as states from './state-space.ts';

/** How the config of a family is read. */
export type Family = {
  read: (c: Reader) => EncoderPlan;
  /** Values that a nested text_config may leave out, as the reference code fills them in. */
  defaults?: Fields;
};

const LLAMA_7B: Fields = {
  vocab_size: 32_000,
  hidden_size: 4096,
  intermediate_size: 11_008,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  max_position_embeddings: 2048,
};

const MISTRAL_7B: Fields = {
  ...LLAMA_7B,
  intermediate_size: 14_336,
  num_key_value_heads: 8,
  max_position_embeddings: 131_072,
};

const QWEN2_7B: Fields = {
  vocab_size: 151_936,
  hidden_size: 4096,
  intermediate_size: 22_016,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 32,
  max_position_embeddings: 32_768,
};

const GEMMA: Fields = {
  vocab_size: 256_000,
  hidden_size: 3072,
  intermediate_size: 24_576,
  num_hidden_layers: 28,
  num_attention_heads: 16,
  num_key_value_heads: 16,
  head_dim: 256,
  max_position_embeddings: 8192,
};

const GEMMA2: Fields = {
  ...GEMMA,
  hidden_size: 2304,
  intermediate_size: 9216,
  num_hidden_layers: 26,
  num_attention_heads: 8,
  num_key_value_heads: 4,
};

const GEMMA3: Fields = { ...GEMMA2, vocab_size: 262_208, max_position_embeddings: 131_072 };

const GEMMA3N: Fields = {
  vocab_size: 262_400,
  hidden_size: 2048,
  intermediate_size: 16_384,
  num_hidden_layers: 35,
  num_attention_heads: 8,
  num_key_value_heads: 2,
  head_dim: 256,
  max_position_embeddings: 32_768,
  num_kv_shared_layers: 15,
};

const GEMMA4: Fields = {
  ...GEMMA3,
  vocab_size: 262_144,
  num_hidden_layers: 30,
  hidden_size_per_layer_input: 256,
};

const LLAMA4: Fields = {
  vocab_size: 202_048,
  hidden_size: 5120,
  intermediate_size: 8192,
  intermediate_size_mlp: 16_384,
  num_hidden_layers: 48,
  num_attention_heads: 40,
  num_key_value_heads: 8,
  head_dim: 128,
  max_position_embeddings: 131_072,
  num_experts_per_tok: 1,
  num_local_experts: 16,
  attention_chunk_size: 8192,
};

const QWEN_NEXT: Fields = {
  vocab_size: 248_320,
  hidden_size: 4096,
  intermediate_size: 12_288,
  num_hidden_layers: 32,
  num_attention_heads: 16,
  num_key_value_heads: 4,
  head_dim: 256,
  max_position_embeddings: 32_768,
};

const QWEN_NEXT_MOE: Fields = {
  ...QWEN_NEXT,
  hidden_size: 2048,
  num_hidden_layers: 40,
  num_key_value_heads: 2,
  moe_intermediate_size: 512,
  shared_expert_intermediate_size: 512,
  num_experts_per_tok: 8,
  num_experts: 256,
};

const LLAMA: Family = { read: llama.llama, defaults: LLAMA_7B };
const MISTRAL: Family = { read: llama.mistral, defaults: MISTRAL_7B };
const QWEN2: Family = { read: qwen.qwen2, defaults: QWEN2_7B };
const QWEN3: Family = { read: qwen.qwen3 };
const QWEN3_MOE: Family = { read: qwen.qwen3Moe };
const QWEN3_5: Family = { read: qwen.qwenNextDense, defaults: QWEN_NEXT };
const QWEN3_5_MOE: Family = { read: qwen.qwenNext, defaults: QWEN_NEXT_MOE };
const DEEPSEEK_V3: Family = { read: deepseek.deepSeekV3 };
const DEEPSEEK_SPARSE: Family = { read: deepseek.deepSeekSparse };
const MINIMAX_TEXT: Family = { read: glm.miniMaxText };
const BERT: Family = { read: encoders.bert };
const GROK: Family = { read: mixtures.grok };
const BAILING: Family = { read: mixtures.bailing };
const LFM2: Family = { read: states.lfm2 };
const T5: Family = { read: encoders.t5 };

/** Every architecture that is understood, by its model_type. */
export const FAMILIES: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['llama', LLAMA],
  ['granite', LLAMA],
  ['smollm3', { read: (c) => ({ ...llama.llama(c), tied: c.flag('tie_word_embeddings', true) }) }],
  ['arcee', { read: (c) => llama.llamaLike(c, { gated: false }) }],
  ['yi', LLAMA],
  ['ernie4_5', { read: llama.llama }],
  ['mistral', MISTRAL],
  ['ministral', MISTRAL],
  ['ministral3', MISTRAL],
  ['mixtral', { read: llama.mixtral }],
  ['llama4', { read: llama.llama4, defaults: LLAMA4 }],
  ['llama4_text', { read: llama.llama4, defaults: LLAMA4 }],
  ['gpt_oss', { read: llama.gptOss }],
  ['qwen2', QWEN2],
  ['qwen2_vl', QWEN2],
  ['qwen2_vl_text', QWEN2],
  ['qwen2_5_vl', QWEN2],
  ['qwen2_5_vl_text', QWEN2],
  ['qwen2_5_omni_text', QWEN2],
  ['qwen2_moe', { read: qwen.qwen2Moe }],
  ['qwen3', QWEN3],
  ['qwen3_vl', QWEN3],
  ['qwen3_vl_text', QWEN3],
  ['qwen3_moe', QWEN3_MOE],
  ['qwen3_vl_moe', QWEN3_MOE],
  ['qwen3_vl_moe_text', QWEN3_MOE],
  ['qwen3_omni_moe_text', QWEN3_MOE],
  ['qwen3_next', { read: qwen.qwenNext }],
  ['qwen3_5', QWEN3_5],
  ['qwen3_5_text', QWEN3_5],
  ['qwen3_5_moe', QWEN3_5_MOE],
  ['qwen3_5_moe_text', QWEN3_5_MOE],
  ['gemma', { read: gemma.gemma, defaults: GEMMA }],
  ['gemma2', { read: gemma.gemma2, defaults: GEMMA2 }],
  ['gemma3', { read: gemma.gemma3, defaults: GEMMA3 }],
  ['gemma3_text', { read: gemma.gemma3, defaults: GEMMA3 }],
  ['gemma3n', { read: gemma.gemma3n, defaults: GEMMA3N }],
  ['gemma3n_text', { read: gemma.gemma3n, defaults: GEMMA3N }],
  ['gemma4', { read: gemma.gemma4, defaults: GEMMA4 }],
  ['gemma4_text', { read: gemma.gemma4, defaults: GEMMA4 }],
  ['deepseek', { read: deepseek.deepSeekMoe }],
  ['deepseek_v2', { read: deepseek.deepSeekV2 }],
  ['deepseek_v3', DEEPSEEK_V3],
  ['kimi_k2', DEEPSEEK_V3],
  ['kimi_k25', DEEPSEEK_V3],
  ['kimi_linear', { read: kimiLinear }],
  ['glm4_moe_lite', DEEPSEEK_V3],
  ['deepseek_v32', DEEPSEEK_SPARSE],
  ['deepseek_v4', { read: deepSeekV4 }],
  ['glm_moe_dsa', DEEPSEEK_SPARSE],
  ['dots1', { read: deepseek.dots1 }],
  ['glm4_moe', { read: deepseek.glm4Moe }],
  ['glm4v_moe', { read: deepseek.glm4Moe }],
  ['glm4v_moe_text', { read: deepseek.glm4Moe }],
  ['glm', { read: glm.glm }],
  ['glm4', { read: glm.glm4 }],
  ['glm4v', { read: glm.glm4 }],
  ['glm4v_text', { read: glm.glm4 }],
  ['chatglm', { read: glm.chatGlm }],
  ['minimax_m2', { read: glm.miniMaxM2 }],
  ['minimax_m3', { read: glm.miniMaxM3 }],
  ['minimax_m3_vl', { read: glm.miniMaxM3 }],
  ['minimax', MINIMAX_TEXT],
  ['minimax_text_01', MINIMAX_TEXT],
  ['minimax_m1', MINIMAX_TEXT],
  ['mimo', QWEN2],
  ['mimo_v2_flash', { read: glm.miMoV2 }],
  ['cohere', { read: open.cohere }],
  ['cohere2', { read: open.cohere2 }],
  ['olmo', { read: open.olmo }],
  ['olmo2', { read: open.olmo2 }],
  ['olmo3', { read: open.olmo3 }],
  ['olmoe', { read: open.olmoe }],
  ['phi', { read: classic.phi }],
  ['phi3', { read: open.phi3 }],
  ['phi3_v', { read: open.phi3 }],
  ['phimoe', { read: open.phiMoe }],
  ['starcoder2', { read: open.starCoder2 }],
  ['stablelm', { read: open.stableLm }],
  ['nemotron', { read: open.nemotron }],
  ['nemotron-nas', { read: nemotron.nemotronNas }],
  ['nemotron_h', { read: nemotron.nemotronH }],
  ['exaone4', { read: open.exaone4 }],
  ['seed_oss', { read: open.seedOss }],
  ['internlm2', { read: open.internLm }],
  ['internlm3', { read: open.internLm }],
  ['granitemoe', { read: open.graniteMoe }],
  ['granitemoeshared', { read: open.graniteMoe }],
  ['gpt2', { read: classic.gpt2 }],
  ['gpt_bigcode', { read: classic.gptBigCode }],
  ['gpt_neo', { read: classic.gptNeo }],
  ['gptj', { read: classic.gptJ }],
  ['gpt_neox', { read: classic.gptNeoX }],
  ['opt', { read: classic.opt }],
  ['bloom', { read: classic.bloom }],
  ['falcon', { read: classic.falcon }],
  ['RefinedWeb', { read: classic.falcon }],
  ['RefinedWebModel', { read: classic.falcon }],
  ['mpt', { read: classic.mpt }],
  ['bert', BERT],
  ['roberta', BERT],
  ['xlm-roberta', BERT],
  ['distilbert', { read: encoders.distilBert }],
  ['t5', T5],
  ['mt5', { read: (c) => ({ ...encoders.t5(c), tied: c.flag('tie_word_embeddings', false) }) }],
  ['umt5', T5],
  ['bart', { read: seq2seq.bart }],
  ['qwen', { read: kin.qwen1 }],
  ['baichuan', { read: kin.baichuan }],
  ['internlm', { read: kin.internLm1 }],
  ['exaone', LLAMA],
  ['aquila', LLAMA],
  ['xverse', LLAMA],
  ['orion', { read: (c) => llama.llamaLike(c, { norm: 'layer' }) }],
  ['minicpm', { read: kin.miniCpm }],
  ['minicpm3', { read: deepseek.miniCpm3 }],
  ['apertus', { read: kin.apertus }],
  ['hunyuan_v1_dense', { read: kin.hunyuanDense }],
  ['hunyuan_v1_moe', { read: mixtures.hunyuanMoe }],
  ['hunyuan', { read: mixtures.hunyuanMoe }],
  ['mllama', { read: kin.llamaVision }],
  ['mllama_text_model', { read: kin.llamaVision }],
  ['dbrx', { read: mixtures.dbrx }],
  ['grok-1', GROK],
  ['grok1', GROK],
  ['git', GROK],
  ['ernie4_5_moe', { read: mixtures.ernieMoe }],
  ['bailing_moe', BAILING],
  ['bailing_moe_v2', BAILING],
  ['mamba', { read: states.mamba }],
  ['falcon_mamba', { read: states.mamba }],
  ['mamba2', { read: states.mamba2 }],
  ['rwkv', { read: states.rwkv4 }],
  ['lfm2', LFM2],
  ['lfm2_moe', LFM2],
  ['jamba', { read: hybrids.jamba }],
  ['bamba', { read: hybrids.bamba }],
  ['granitemoehybrid', { read: hybrids.graniteHybrid }],
  ['codegen', { read: classic.gptJ }],
  ['phi4mm', { read: open.phi3 }],
  ['phi4_multimodal', { read: open.phi3 }],
  ['camembert', BERT],
  ['electra', { read: encoders.electra }],
  ['deberta-v2', { read: encoders.deberta }],
  ['modernbert', { read: encoders.modernBert }],
  ['mbart', { read: seq2seq.mbart }],
  ['m2m_100', { read: seq2seq.m2m }],
  ['pegasus', { read: seq2seq.m2m }],
  ['marian', { read: seq2seq.marian }],
  ['whisper', { read: seq2seq.whisper }],
]);
