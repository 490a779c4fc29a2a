// cspell:ignore usercontent pypi modelscope
/** Keys and tokens, which no text of ours holds. */
const KEYS: readonly [RegExp, string][] = [
  // `--hf-overrides` is a flag.
  [/\bhf_(?:[A-Za-z\d]{16,}|(?=[a-z]*[A-Z\d])[A-Za-z\d]{8,})/g, '[secret]'],
  [/\b(?:gsk|glpat|ghp|gho|ghs|github_pat|xox[abprs]|nvapi|dckr_pat)[-_][\w-]{8,}/g, '[secret]'],
  [/\bsk-(?:[a-z]+-)?[\w-]{16,}/g, '[secret]'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '[secret]'],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]+)?/g, '[secret]'],
  [/(\bBearer\s+)[\w.~+/=-]{8,}/gi, '$1[secret]'],
  [/(\b[a-z][a-z+]{1,9}:\/\/)[^\s/:@]+:[^\s/@]+@/gi, '$1'],
  // What only holds a secret, whatever it looks like.
  [
    /(--[\w-]{0,40}(?:api[-_]?key|secret|password|credentials?|(?:hf|auth|access)[-_]token)["']?(?:\s*=|[\s,])\s*["']?)(?![$[-])[^\s"',]{4,}/gi,
    '$1[secret]',
  ],
  [
    /(name:\s*["']?[A-Z_]*(?:KEY|TOKEN|SECRET|PASSWORD|PASS)["']?\s*value:\s*["']?)(?![$[])[^\s"']{4,}/g,
    '$1[secret]',
  ],
];

/** Hosts that are everybody's, or this machine. */
const PUBLIC =
  '(?:[\\w-]{1,63}\\.){0,4}(?:huggingface\\.co|hf\\.co|github(?:usercontent)?\\.com|pytorch\\.org|vllm\\.ai|sglang\\.ai|nvidia\\.com|docker\\.io|ollama\\.com|pypi\\.org|modelscope\\.cn|localhost|127\\.\\S*|0\\.0\\.0\\.0)(?![\\w.-])';

/** What stands for no host of anybody's. */
const NO_HOST = '(?!localhost\\b|0\\.0\\.0\\.0|127\\.|\\d+(?![\\w.:])|(?:auto|none|true|false)\\b)';

/** Words of a command or a log besides: hosts, addresses, and names of users. */
const OF_PASTED: readonly [RegExp, string][] = [
  [
    /(["']?[\w-]{0,40}(?:api[-_]?key|token|secret|password|passwd|credential)s?["']?\s*[=:]\s*["']?|--[\w-]{0,40}tokens?[=\s])(?!\[secret\])(?=[\w~+/=.-]*[a-z])(?=[\w~+/=.-]*[\d-])[\w~+/=.-]{8,}/gi,
    '$1[secret]',
  ],
  [/\b(?!(?:127|0)\.)(?:\d{1,3}\.){3}\d{1,3}\b(?!\.\d)/g, '[host]'],
  // IPv6: with two colons, or all eight groups.
  [
    /(?<![\w:.])(?!::1?(?![\w:]))(?=[\da-f:]*::|(?:[\da-f]{1,4}:){7})[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])/gi,
    '[host]',
  ],
  [/\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+\b/g, '[address]'],
  [/(\/(?:home|Users)\/|\b[A-Z]:\\{1,2}Users\\{1,2})[^\s/\\:"']+/g, '$1[user]'],
  [
    /(^(?:\([\w.-]+\) )?|\b(?:ssh|scp|rsync) (?:-\S+ ){0,4})[a-z_][\w.-]*@[\w.-]+(?=[:\s~])/gim,
    '$1[user]@[host]',
  ],
  [
    new RegExp(`(\\b(?!hf:|file:|ollama:)[a-z][a-z+\\d]{1,9}://)(?!${PUBLIC})[\\w.-]+`, 'gi'),
    '$1[host]',
  ],
  [
    new RegExp(
      `(--?(?!no-)(?:[\\w-]{0,30}[-_])?(?:host|hostname|addr|address|ip|rpc)["']?[\\s,=]\\s*["']?)${NO_HOST}[a-z\\d][\\w.-]*`,
      'gi',
    ),
    '$1[host]',
  ],
  [
    new RegExp(`(\\b[A-Z_]*(?:HOST|HOSTNAME|ADDR|ADDRESS|_IP)=["']?)${NO_HOST}[\\w][\\w.-]*`, 'g'),
    '$1[host]',
  ],
  [
    new RegExp(`(\\b(?:nodeName|host(?:name)?)["']?:\\s*["']?)${NO_HOST}[a-z\\d][\\w.-]*`, 'gi'),
    '$1[host]',
  ],
  [/\b(?:[\w-]{1,63}\.){1,8}(?:internal|local|lan|corp|intranet|amazonaws\.com)\b/gi, '[host]'],
];

const without = (text: string, secrets: readonly [RegExp, string][]) =>
  secrets.reduce((left, [secret, instead]) => left.replace(secret, instead), text);

/** A pasted text without its tokens, keys, hosts and names of users. */
export const withoutSecrets = (text: string): string => without(without(text, KEYS), OF_PASTED);

/** What stands for a secret as a plain word, where brackets would end one. */
export const withoutBrackets = (text: string): string =>
  text.replaceAll(/\[(secret|host|user|address)\]/g, '$1');

/** What tells a pasted command or log from anybody's words. */
const IS_PASTED =
  /\b(?:vllm|sglang|trtllm|llama-server|ollama|nccl|cuda|torch|docker)\b[\s\S]*(?:[\s"'[]--?[a-z]|error|warn|info)/i;

/** Any words without keys and tokens, and those of a pasted command or log without hosts and names of users, too. */
export const wordsWithoutSecrets = (text: string): string =>
  IS_PASTED.test(text.slice(0, 20_000)) ? withoutSecrets(text) : without(text, KEYS);

/** Any data with its texts without secrets; ids and addresses of a platform, which have no blanks, stay. */
export function dataWithoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return /\s/.test(value) ? wordsWithoutSecrets(value) : value;
  if (Array.isArray(value)) return value.map(dataWithoutSecrets);
  if (
    typeof value !== 'object' ||
    value === null ||
    Object.getPrototypeOf(value) !== Object.prototype
  )
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, dataWithoutSecrets(each)]),
  );
}
