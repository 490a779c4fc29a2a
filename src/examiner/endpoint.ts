/** Programs and services whose rules are known; any other endpoint is `url`. */
export type EndpointKind = 'ollama' | 'vllm' | 'openai' | 'url';

/** A model behind an API that speaks OpenAI's chat completions. */
export type Endpoint = {
  kind: EndpointKind;
  /** The base of the API, such as `http://localhost:11434/v1`. */
  url: string;
  /** The endpoint's first model when absent. */
  model?: string | undefined;
  key?: string | undefined;
};

const URLS: Record<Exclude<EndpointKind, 'url'>, string> = {
  ollama: 'http://localhost:11434/v1',
  vllm: 'http://localhost:8000/v1',
  openai: 'https://api.openai.com/v1',
};

const EXAMPLES =
  'Write ollama/qwen3:8b, openai/gpt-5-mini, vllm@http://gpu-box:8000, or model@https://host/v1.';

/**
 * Reads where the examiner is: `ollama/qwen3:8b`, `openai/gpt-5-mini`, `vllm@http://gpu-box:8000`,
 * `model@https://host/v1`, or a URL alone.
 *
 * @returns What is wrong with it, as the end of a sentence that begins with its name, when it can't be read.
 */
export function parseEndpoint(text: string): Endpoint | { problem: string } {
  const [, who = '', address] = /^(?:(\S*?)@)?(https?:\/\/\S*)$/i.exec(text) ?? [undefined, text];
  const url = address === undefined ? undefined : readUrl(address);
  if (typeof url === 'object') return url;
  const [first = '', ...rest] = who.split('/');
  if (!isKnown(first)) {
    if (url) return { kind: 'url', url, ...(who ? { model: who } : {}) };
    return rest.length > 0
      ? { problem: `names "${first}", which I don't know. ${EXAMPLES}` }
      : { problem: `doesn't say where "${who}" runs. ${EXAMPLES}` };
  }
  const model = rest.join('/');
  if (!model && (first !== 'vllm' || !url))
    return { problem: `needs the name of a model, like ${first}/MODEL. ${EXAMPLES}` };
  return { kind: first, url: url ?? URLS[first], ...(model ? { model } : {}) };
}

const isKnown = (name: string): name is keyof typeof URLS => Object.hasOwn(URLS, name);

/** The base of an API, from what people copy: with or without `/v1`, or with the path of one call. */
function readUrl(address: string): string | { problem: string } {
  if (!URL.canParse(address)) return { problem: `has an address that isn't a URL. ${EXAMPLES}` };
  const url = new URL(address);
  if (url.username || url.password)
    return { problem: 'must not hold a password. Put the key into EXAMINER_KEY.' };
  const path = url.pathname.replace(/\/(?:chat\/completions|models)\/?$/, '').replace(/\/+$/, '');
  return `${url.origin}${path || '/v1'}`;
}

/** Whether words sent there stay on the machine that runs Warmup. */
export const isLocal = ({ url }: Pick<Endpoint, 'url'>): boolean =>
  /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

/** How people are told of it: `qwen3:8b at localhost`. */
export const nameOf = ({ url, model = 'a language model' }: Endpoint): string =>
  `${model} at ${new URL(url).hostname}`;
