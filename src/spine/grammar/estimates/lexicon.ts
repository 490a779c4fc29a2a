import words from '../../../../data/estimate-words.json' with { type: 'json' };

/**
 * Words that say nothing beside those that do: `can i run llama 70b on two h100`. The list is closed: no word stands here
 * that changes a figure, or asks for another one.
 */
export const FILLERS: ReadonlySet<string> = new Set(words.fillers.split(' '));

/** Nouns behind their number: `16 users`, `8k tokens`. Other names stand on either side. */
export const BEHIND: ReadonlySet<string> = new Set(words.behind);

/** What is known and changes no figure here, or has an effect that no estimate counts. */
export const WITHOUT_EFFECT = words.withoutEffect;

/** How a program that runs models is called on a command line, and the engine that it is. */
export const PROGRAMS: readonly [called: RegExp, engine?: string][] = [
  [/\bvllm(?:\s+serve\b|\s+bench\b(?:\s+\w+)?|\.entrypoints\S*|\/vllm-openai\S*)/i, 'vllm'],
  [/\bsglang(?:[.:]\S{1,60}| serve\b)|\blmsysorg\/sglang\S{0,60}/i, 'sglang'],
  [/\btrtllm-(?:serve|build|bench)\b/i, 'tensorrt-llm'],
  [
    /\btext-generation-launcher\b|\bghcr\.io\/huggingface\/text-generation-inference\S{0,60}/i,
    'tgi',
  ],
  [
    /(?:[\w./-]{0,60}\/)?\bllama-(?:server|cli|bench|run)(?:\.exe)?\b|\bllama\.cpp\/main\b|(?:^|\s)\.\/main\b/i,
    'llama.cpp',
  ],
  [/\bollama\s+(?:run|pull|serve)\b/i, 'ollama'],
  [/\baphrodite run\b|\blmdeploy serve\b(?:\s+api_server)?/i, 'vllm'],
  [/(?:^|\s)mlx_lm(?:\.\w+)?\b/i],
  [/\b(?:genai-perf|guidellm|aiperf)(?: (?:profile|benchmark))?\b/i],
  // What trains is called with a script of one's own.
  [
    /\b(?:accelerate launch|torchrun|deepspeed)(?=\s.{0,200}\.py\b)|\bpython3?\s+(?!-m)\S{1,60}\.py\b/i,
  ],
];

/** Flags of those programs that take no value. */
export const BARE_FLAG =
  /^-{1,2}(?:enable-|disable-|no-|trust-|enforce-|skip-|use-|async-|verbose|gpus$|rm$|it$|d$|fa$|flash-attn$|mlock$|jinja$|cont-batching$|cb$|metrics$|ipc$|v$|nkvo$|no-mmap$)/;

/** What stands for a value of another option: `fsdp` is ZeRO stage 3. */
export const MEANS = words.means;

/** Words of questions, to which a misspelt one is put right. */
export const ASKED_WORDS: readonly string[] = words.asked.split(' ');
