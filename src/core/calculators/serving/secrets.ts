/** What must not be kept or shown of a pasted text, and what is left in its place. */
const SECRETS: readonly [RegExp, string][] = [
  [/\b(?:hf|gsk|glpat|ghp|gho|ghs|github_pat|xox[abprs]|nvapi|dckr_pat)[-_][\w-]{8,}/g, '[secret]'],
  [/\bsk-(?:[a-z]+-)?[\w-]{16,}/g, '[secret]'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '[secret]'],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]+)?/g, '[secret]'],
  [/(\bBearer\s+)[\w.~+/=-]{8,}/gi, '$1[secret]'],
  [/(\b[a-z][a-z+]{1,9}:\/\/)[^\s/:@]+:[^\s/@]+@/gi, '$1'],
  [
    /((?:--[\w-]{0,40}(?:api-?key|token|secret|password|credential)s?[=\s]|["']?[\w-]{0,40}(?:api[-_]?key|token|secret|password|passwd|credential)s?["']?\s*[=:])\s*["']?)(?!\[secret\])(?=[\w~+/=.-]*[a-z])(?=[\w~+/=.-]*[\d-])[\w~+/=.-]{8,}/gi,
    '$1[secret]',
  ],
  [/\b(?!(?:127|0)\.)(?:\d{1,3}\.){3}\d{1,3}\b(?!\.\d)/g, '[host]'],
  [/\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+\b/g, '[address]'],
  [/(\/(?:home|Users)\/|\b[A-Z]:\\Users\\)[^\s/\\:"']+/g, '$1[user]'],
  [/^[a-z_][\w.-]*@[\w.-]+(?=[:\s~][^\n]*[$#]\s)/gim, '[user]@[host]'],
];

/** A pasted text without its tokens, keys, hosts and names of users. */
export const withoutSecrets = (text: string): string =>
  SECRETS.reduce((left, [secret, instead]) => left.replace(secret, instead), text);

/** Keys and tokens stand first; hosts and names of users are removed only of commands and logs. */
const KEYS = SECRETS.slice(0, 6);

/** What tells a pasted command or log from anybody's words. */
const IS_PASTED =
  /\b(?:vllm|sglang|trtllm|llama-server|ollama|nccl|cuda)\b[\s\S]*(?:\s--?[a-z]|error|warn|info)/i;

/** Any data with its texts without secrets; ids and addresses of a platform, which have no blanks, stay. */
export function dataWithoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') {
    if (!/\s/.test(value)) return value;
    if (IS_PASTED.test(value.slice(0, 20_000))) return withoutSecrets(value);
    return KEYS.reduce((left, [secret, instead]) => left.replace(secret, instead), value);
  }
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
