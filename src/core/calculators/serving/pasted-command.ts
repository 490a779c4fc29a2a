import {
  type EngineFlag,
  type EngineTable,
  findFlag,
  type ServingEngine,
  type Setting,
} from './engine-flags.ts';
import { withoutBrackets } from './secrets.ts';

/** A flag as it was pasted. */
export type PastedFlag = {
  /** As typed, without the value: `--max-model-len`. */
  name: string;
  value?: string;
  /** Absent for a flag that isn't known. */
  flag?: EngineFlag;
};

/** A command that starts an engine, from a shell, a Dockerfile, a compose file, a manifest, or Python. */
export type PastedCommand = {
  table: EngineTable;
  flags: PastedFlag[];
  /** The last value of each setting. */
  settings: ReadonlyMap<Setting, string>;
  model?: string;
  /** A version of the engine, where the text names one. */
  version?: string;
  /** GPUs of one pod or machine, where a manifest says so. */
  gpus?: number;
};

const CALLED: readonly [engine: ServingEngine, called: RegExp][] = [
  ['sglang', /\bsglang\b|\blmsysorg\//i],
  ['trtllm', /\btrtllm-|\btensorrt[-_]llm\b|\bNIM\b/i],
  ['ollama', /\bollama\b/i],
  ['llamacpp', /\bllama[-.](?:server|cli|cpp|bench|run)\b|\bllama_|\bggml_/i],
  [
    'vllm',
    /\bvllm\b|\bAsyncEngineArgs\b|\bLLM\(|\bEngineCore\b|kv_cache_utils\.py|gpu_worker\.py/i,
  ],
];

/** The engine that a text is about. */
export function engineIn(text: string): ServingEngine | undefined {
  const found = CALLED.map(([engine, called]) => ({ engine, at: text.search(called) })).filter(
    ({ at }) => at >= 0,
  );
  return found.sort((a, b) => a.at - b.at)[0]?.engine;
}

/** More words are no command. */
const MAX_WORDS = 2000;

/**
 * The words of a command: quotes, brackets and commas of JSON and YAML lists, continued lines, and comments are taken
 * away, so that all places in which a command stands are read alike.
 */
export function commandWords(text: string): string[] {
  const plain = withoutBrackets(text)
    .replaceAll('\u00a0', ' ')
    .replaceAll(/```(?:\w*\n)?/g, '\n')
    .replaceAll(/[“”„]/g, '"')
    .replaceAll(/[‘’]/g, "'")
    // Editors make one dash of two hyphens.
    .replaceAll(/(?<=[\s"']|^)[—–](?=[a-z])/g, '--')
    .replaceAll(/[\\^`]\s*\n/g, ' ')
    .replaceAll(/^\s*-\s+name:\s*(\w+)\s*\n\s*value:\s*/gm, '$1=')
    .replaceAll(/(?:^|\s)#.*$/gm, ' ')
    .replaceAll(/^\s*-\s+(?=\S)/gm, ' ');
  const words = plain.match(
    /--?[\w.-]+=(?:'[^']*'|"(?:[^"\\]|\\.)*")|'\{[^']*\}'|\{(?:[^{}]|\{[^{}]*\})*\}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s"'[\],]+(?:,[^\s"'[\],]+)*|[[\],]/g,
  );
  return (words ?? [])
    .slice(0, MAX_WORDS)
    .filter((word) => !/^[[\],]$/.test(word))
    .flatMap((word) => (IS_SHELL.test(word) ? word.slice(1, -1).split(/\s+/) : [unquoted(word)]));
}

/** A whole command in quotes, as `sh -c` takes it. */
const IS_SHELL = /^["'](?:.*\s--\w|.*\b(?:vllm|sglang) serve\s|.*\b(?:trtllm-serve|ollama run)\s)/s;

/** A word without its quotes, also those of a shell inside a list. */
const unquoted = (word: string): string => {
  const once = word.replace(QUOTED, '$1$3').replaceAll('\\"', '"');
  return once === word ? word : once.replace(QUOTED, '$1$3');
};

const QUOTED = /^(--?[\w.-]+=)?(["'])(.*)\2$/s;

/** A value that is no flag; `-1` is a number. */
const isValue = (word: string | undefined): word is string =>
  word !== undefined && (!/^-{1,3}[a-z]/i.test(word) || /^-\d/.test(word));

/** What turns a flag off that takes no value. */
const IS_OFF = /^(?:false|off|0|no)$/i;

function readFlags(words: readonly string[], table: EngineTable): PastedFlag[] {
  const flags: PastedFlag[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, name = '', joined] = /^(-{1,3}[A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === '') continue;
    const isOff = /^--no-/.test(name);
    const flag = findFlag(table, name) ?? (isOff ? findFlag(table, name.slice(5)) : undefined);
    if (flag && isOff && !findFlag(table, name)) {
      flags.push({ name, value: 'false', flag });
      continue;
    }
    // llama.cpp has short options of its own.
    const isOfShell = table.engine !== 'llamacpp' || words.includes('docker');
    if (!flag && isOfShell && OF_SHELL.test(name)) continue;
    const next = words[at + 1];
    const takesNext =
      joined === undefined &&
      isValue(next) &&
      (flag?.bare
        ? /^(?:true|false|on|off|auto)$/i.test(next)
        : flag !== undefined || !/[/=]/.test(next));
    const value = joined ?? (takesNext ? next : undefined);
    if (takesNext) at += 1;
    flags.push({ name, ...(value === undefined ? {} : { value }), ...(flag ? { flag } : {}) });
  }
  return flags;
}

/** Arguments of Python, keys of YAML or of a dictionary in a log, and variables: `max_model_len=4096`, `'tp_size': 2`. */
function readPairs(text: string, table: EngineTable): PastedFlag[] {
  const flags: PastedFlag[] = [];
  const pairs =
    /(?<![\w-])["']?([A-Za-z][A-Za-z0-9_]{2,40})["']?\s*(?:=|:\s)\s*(\{[^{}]*\}|"[^"\n]*"|'[^'\n]*'|[\w./@:+-]+)/g;
  // Keys inside a flag's own JSON are the flag's.
  const own = text.replaceAll(/--[\w.-]+[=\s]+['"]?\{(?:[^{}]|\{[^{}]*\})*\}['"]?/g, ' ');
  for (const [, name = '', value = ''] of own.matchAll(pairs)) {
    const flag = findFlag(table, name.toLowerCase());
    // Flags of one letter or word are also words of any text.
    if (!flag?.sets || (name.length < 4 && name !== 'tp')) continue;
    if (/^(?:none|null)$/i.test(value)) continue;
    flags.push({ name, value: unquoted(value), flag });
  }
  return flags;
}

/** Where the model stands without a flag: behind the call of the program, or behind its image. */
function positionalIn(words: readonly string[]): string | undefined {
  for (const [at, word] of words.entries()) {
    const next = words[at + 1];
    const isCall =
      (/(?:^|\/)(?:vllm|sglang)$/.test(word) && next === 'serve') ||
      (/(?:^|\/)ollama$/.test(word) && (next === 'run' || next === 'pull'));
    const isImage = /\bvllm\/vllm-openai/.test(word);
    const isTrt = /(?:^|\/)trtllm-serve$/.test(word);
    if (!isCall && !isImage && !isTrt) continue;
    const own = words[isCall || (isTrt && next === 'serve') ? at + 2 : at + 1];
    const isModel = own !== undefined && /^[\w./:@-]+$/.test(own) && !own.startsWith('-');
    // Behind an image may also stand a program.
    if (isModel && (!isImage || /^[\w.-]+\/[\w.-]+$/.test(own))) return own;
  }
  return undefined;
}

/** A model in a sentence around a log: `RedHatAI/Qwen3-32B-quantized.w4a16`. */
const REPOSITORY = /(?<![\w./@-])([A-Z][\w-]{1,40}\/[A-Z][\w.-]{0,80}\d[\w.-]*\w)(?![\w/])/;

/** A model on a disk or in a bucket is called by its folder: `/data/models/Qwen3-8B`, `models--Qwen--Qwen3-8B/snapshots/…`. */
function withoutPlace(model: string | undefined): string | undefined {
  const [, owner, name] = /models--([\w.-]+?)--([\w.-]+)/.exec(model ?? '') ?? [];
  if (owner !== undefined) return `${owner}/${name}`;
  const isPlace = /^(?:[/~.]|[a-z]:[\\/]|\w+:\/\/)/i.test(model ?? '');
  return isPlace ? model?.split(/[\\/]+/).findLast((part) => part !== '') : model;
}

/** Reads a command for an engine. */
export function readPasted(text: string, table: EngineTable): PastedCommand {
  const words = commandWords(text);
  const typed = readFlags(words, table);
  // A sum of what's typed as flags is surer than words of a log.
  const flags = [...readPairs(text, table), ...typed];
  const settings = new Map<Setting, string>();
  for (const { name, flag, value } of flags) {
    if (!flag?.sets) continue;
    if (flag.bare && value !== undefined && IS_OFF.test(value)) settings.delete(flag.sets);
    else settings.set(flag.sets, keyed(name, value, settings.get(flag.sets)));
  }
  const joined = text.replaceAll(/\\\s*\n/g, ' ');
  const positional = positionalIn(words);
  const named = typed.findLast(({ flag }) => flag?.sets === 'model')?.value;
  const model = withoutPlace(
    named ?? positional ?? settings.get('model') ?? REPOSITORY.exec(joined)?.[1],
  );
  const version = /\bv?(\d+\.\d+(?:\.\w+)*)\b/.exec(
    /(?:vllm-openai|sglang|version|vLLM|image)[:\s]{1,3}v?\d+\.\d+\S*/i.exec(text)?.[0] ?? '',
  )?.[1];
  const gpus = /\b(?:nvidia|amd)\.com\/gpu["']?:\s*["']?(\d+)/.exec(text)?.[1];
  return {
    table,
    flags,
    settings,
    ...(model ? { model } : {}),
    ...(version ? { version } : {}),
    ...(gpus ? { gpus: Number(gpus) } : {}),
  };
}

/** `--limit-mm-per-prompt.video 0` is `video=0`, beside what other keys of the flag say. */
function keyed(name: string, value = 'true', known = ''): string {
  const [, key] = /^-+[\w-]+\.([\w.-]+)$/.exec(name) ?? [];
  return key === undefined ? value : `${known} ${key}=${value}`.trim();
}

/** Flags of a command by what is known of them. */
export function sortFlags({ flags }: Pick<PastedCommand, 'flags'>): {
  counted: PastedFlag[];
  irrelevant: PastedFlag[];
  unknown: PastedFlag[];
} {
  return {
    counted: flags.filter(({ flag }) => flag && flag.meaning !== 'none'),
    irrelevant: flags.filter(({ flag }) => flag?.meaning === 'none' && flag.sets !== 'model'),
    unknown: flags.filter(({ name, flag }) => !flag && !OF_DOCKER.test(name)),
  };
}

/** Short options of what starts the engine, such as `-it` of docker, `-m` of Python, and `-c` of a shell. */
const OF_SHELL = /^-(?:[a-z]|[idt]{2,3}|lc|[eux]{2,3}|euo)$/i;

/** Flags of what starts the engine. */
const OF_DOCKER =
  /^--(?:gpus|runtime|ipc|rm|name|network|net|shm-size|volume|env|env-file|publish|detach|restart|entrypoint|privileged|ulimit|device|group-add|cap-add|security-opt|platform|pull|mount|workdir|user|hostname|init|interactive|tty|nproc[-_]per[-_]node|cpus|memory|add-host|label|log-driver|log-opt)$/;
