/** What must not be kept or shown of a pasted text, and what is left in its place. */
const SECRETS: readonly [RegExp, string][] = [
  [/\b(?:hf|gsk|glpat|ghp|gho|ghs|github_pat|xox[abprs]|nvapi|dckr_pat)[-_][\w-]{8,}/g, '[secret]'],
  [/\bsk-(?:[a-z]+-)?[\w-]{16,}/g, '[secret]'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '[secret]'],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]+)?/g, '[secret]'],
  [/(\bBearer\s+)[\w.~+/=-]{8,}/gi, '$1[secret]'],
  [
    /(["']?[\w-]*(?:api[-_]?key|token|secret|password|passwd|credential)s?["']?(?:\s*[=:]\s*|\s+)["']?)(?!\[secret\])(?=[\w~+/=.-]*[\d-])[\w~+/=.-]{8,}/gi,
    '$1[secret]',
  ],
  [/(\b[a-z][a-z+]{1,9}:\/\/)[^\s/:@]+:[^\s/@]+@/gi, '$1'],
  [/\b(?!(?:127|0)\.)(?:\d{1,3}\.){3}\d{1,3}\b(?!\.\d)/g, '[host]'],
  [/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g, '[address]'],
  [/(\/(?:home|Users)\/|\b[A-Z]:\\Users\\)[^\s/\\:"']+/g, '$1[user]'],
  [/^[a-z_][\w.-]*@[\w.-]+(?=[:\s~][^\n]*[$#]\s)/gim, '[user]@[host]'],
];

/** A pasted text without its tokens, keys, hosts and names of users. */
export const withoutSecrets = (text: string): string =>
  SECRETS.reduce((left, [secret, instead]) => left.replace(secret, instead), text);
