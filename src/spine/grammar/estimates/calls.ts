/** Command lines of programs that serve, measure, or train models. */
import { PROGRAMS } from './lexicon.ts';

/** Characters at the beginning of a line in which a program is called. */
const CALL = 300;

/** The line behind the call of a program, such as `python -m sglang.launch_server`, and its engine. */
export function withoutProgram(line: string): {
  rest: string;
  engine?: string;
  called?: string;
} {
  for (const [called, engine] of PROGRAMS) {
    const match = called.exec(line.slice(0, CALL));
    if (!match) continue;
    const before = line
      .slice(0, match.index)
      .replace(
        /^\s*\$ |\b(?:docker run|python3?(?: -m)?|sudo|uv run)\b|--gpus(?:=|\s+)(?:all\b|\S*device=\S*)/g,
        ' ',
      );
    return {
      rest: `${before} ${line.slice(match.index + match[0].length)}`
        .replace(/\\\n/g, ' ')
        .replace(/'(\{[^']*\})'/g, '$1'),
      ...(engine === undefined ? {} : { engine }),
      called: match[0].trim(),
    };
  }
  return { rest: line };
}

/** What trains is named by its script. */
export const isTrainer = (called: string) =>
  /^(?:accelerate launch|torchrun|deepspeed|python)/.test(called);

/** A line with so many flags is the call of a program, known or not. */
const MANY_FLAGS = 3;

/** Whether a line can only be the call of a program. */
export const hasManyFlags = (line: string) =>
  (line.match(/(?:^|\s)--?[a-z][\w-]*(?=[\s=]|$)/gi) ?? []).length >= MANY_FLAGS;

/** How many machines there are. */
const NODES = /^(?:nnodes|num[-_]nodes|n-nodes)$/;

/** How many GPUs a run has, one process on each. */
const PROCESSES = /^(?:nproc[-_]per[-_]node|num[-_]processes|num[-_]gpus)$/;

/** The stage in the name of a configuration: `ds_zero3.json`. */
const ZERO = /(?:zero|z|stage)[-_]?([0-3])/i;

/** A file of a repository, whose name tells its format. */
const FILE_FORMAT = /[-._](i?q\d\w*|bf16|f16|fp16)\.gguf$/i;

/** What a flag says in words of a sentence: machines, GPUs, the format of a file, a stage of ZeRO. */
export function wordsOfFlag(name: string, value: string): string[] | undefined {
  if (NODES.test(name)) return [value, 'nodes'];
  if (PROCESSES.test(name)) return [value, 'gpus'];
  const format = name === 'hf-file' ? FILE_FORMAT.exec(value)?.[1] : undefined;
  if (format !== undefined) return [format];
  const stage = name === 'deepspeed' ? ZERO.exec(value)?.[1] : undefined;
  return stage === undefined ? undefined : [`zero-${stage}`];
}

/** Values that mean something else in a program than in a sentence. */
export function settle(
  line: string,
  engine: string | undefined,
  raw: Map<string, string>,
  unused: string[],
): void {
  shareExperts(line, engine, raw);
  if (engine === 'llama.cpp') {
    shareContext(raw, unused);
    if (/-c(?:tk|ache-type-k)\b/.test(line) && !/-c(?:tv|ache-type-v)\b/.test(line))
      unused.push('16-bit values (counted like the keys)');
  }
}

/**
 * Data-parallel ranks of vLLM share the experts of a mixture. Ranks of SGLang's attention divide those of `tp`, and are no
 * copies of the model.
 */
function shareExperts(line: string, engine: string | undefined, raw: Map<string, string>): void {
  const [tensor, data] = [raw.get('tensor'), raw.get('data')].map((text) => Number(text ?? 1));
  if (!tensor || !data || raw.has('expert')) return;
  const isAttention = /--enable-dp-attention\b/.test(line);
  if (isAttention && tensor % data === 0) {
    raw.set('tensor', String(tensor / data));
    raw.set('expert', String(tensor));
  } else if (engine === 'vllm' && data > 1) raw.set('expert', String(tensor * data));
}

/** llama-server divides the tokens of `-c` between its slots, and takes 0 for the model's own limit. */
function shareContext(raw: Map<string, string>, unused: string[]): void {
  const [context, slots] = [Number(raw.get('context')), Number(raw.get('sequences'))];
  if (context === 0) {
    raw.delete('context');
    unused.push('-c 0 (add a context)');
  } else if (slots > 1 && context > slots) raw.set('context', String(Math.floor(context / slots)));
}
