import OpenAI, { APIError } from 'openai';
import { z } from 'zod';
import type { Endpoint, EndpointKind } from './endpoint.ts';

/** A message of a chat completion. */
export type Message = { role: 'system' | 'user'; content: string };

/** What a model wrote, and what it took. */
export type ModelReply = {
  text: string;
  /** It reached its limit of tokens, so the end is missing. */
  isCutOff: boolean;
  usage: { sent: number; written: number };
};

/** A model that wrote nothing of use may do better with the next answer; an endpoint that failed is left alone for a while. */
export type Fault = 'refused' | 'useless';

/** An error with its fault. */
export const faulty = (fault: Fault, message: string): Error =>
  Object.assign(new Error(message), { fault });

/** The fault of an error; undefined when the endpoint itself has failed. */
export const faultOf = (error: unknown): Fault | undefined =>
  // Only faulty() makes errors with one.
  error instanceof Error && 'fault' in error ? (error.fault as Fault) : undefined;

/** Tokens that a reply may have, thinking included. */
const MOST_TOKENS: Record<EndpointKind, number> = {
  ollama: 2000,
  vllm: 4000,
  openai: 8000,
  url: 4000,
};

/** A verdict has some thousand characters; a body that is longer than this is none. */
const MAX_BYTES = 1_000_000;

/** What is wrong with one request: its content or its size. All other statuses are of the endpoint. */
const OF_THE_REQUEST = new Set([400, 413, 422]);

/** What an endpoint takes. Reasoning models refuse `temperature` and `max_tokens`; not every server knows schemas. */
type Dialect = {
  tokens: 'max_tokens' | 'max_completion_tokens';
  temperature: boolean;
  schema: boolean;
};

const completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z
    .object({ prompt_tokens: z.number().catch(0), completion_tokens: z.number().catch(0) })
    .nullish()
    .catch(undefined),
});

/** One question to a model: its prompt, the schema of the answer, and how many requests it may take. */
export type Call = { prompt: Message[]; schema?: z.ZodType; signal: AbortSignal; most: number };

/**
 * A model to ask. It remembers which parameters its endpoint refuses: only the first request is sent twice.
 *
 * @returns A function that throws an Error when the model refuses, isn't reachable, or takes too long; its cause is the
 * `Retry-After` of an endpoint that asks to be left alone.
 */
export function createModel(endpoint: Endpoint) {
  const client = new OpenAI({
    baseURL: endpoint.url,
    // Local servers take any key; the client insists on one, and must not take one from the environment.
    apiKey: endpoint.key ?? 'none',
    organization: null,
    project: null,
    maxRetries: 0,
    // Its log would hold answers.
    logLevel: 'off',
    fetch: boundedFetch,
  });
  let { model } = endpoint;
  let dialect: Dialect =
    endpoint.kind === 'openai'
      ? { tokens: 'max_completion_tokens', temperature: false, schema: true }
      : { tokens: 'max_tokens', temperature: true, schema: true };

  const send = async (call: Call, used: Dialect) => {
    model ??= await firstModel(client, call.signal);
    return client.chat.completions.create(
      {
        model,
        messages: call.prompt,
        [used.tokens]: MOST_TOKENS[endpoint.kind],
        ...(used.temperature ? { temperature: 0 } : {}),
        ...(used.schema && call.schema ? schemaFormat(call.schema) : {}),
      },
      { signal: call.signal },
    );
  };

  return async (call: Call): Promise<ModelReply & { requests: number }> => {
    try {
      return { ...readCompletion(await send(call, dialect)), requests: 1 };
    } catch (error) {
      const simpler = error instanceof APIError ? simplerDialect(dialect, error) : undefined;
      if (simpler?.isNamed) dialect = simpler.dialect;
      if (!simpler || call.most < 2) throw plainError(error);
      const again = await send(call, simpler.dialect).catch((second: unknown) => {
        throw plainError(second);
      });
      dialect = simpler.dialect;
      return { ...readCompletion(again), requests: 2 };
    }
  };
}

/** A way to ask that the endpoint may take, after it refused one; whether it named what it refuses. */
function simplerDialect(
  dialect: Dialect,
  { status, message, param }: APIError,
): { dialect: Dialect; isNamed: boolean } | undefined {
  if (status !== 400 && status !== 422) return undefined;
  const named = `${param ?? ''} ${message}`;
  // The message of an endpoint for reasoning models names the parameter that it wants instead.
  if (
    /max_tokens|temperature/.test(named) &&
    (dialect.tokens === 'max_tokens' || dialect.temperature)
  )
    return {
      dialect: { ...dialect, tokens: 'max_completion_tokens', temperature: false },
      isNamed: true,
    };
  if (/max_completion_tokens/.test(named))
    return { dialect: { ...dialect, tokens: 'max_tokens' }, isNamed: true };
  return dialect.schema
    ? {
        dialect: { ...dialect, schema: false },
        isNamed: /response_format|schema|guided|grammar/i.test(named),
      }
    : undefined;
}

/** The client's error without its body, which may repeat what was sent. */
function plainError(error: unknown): Error {
  if (!(error instanceof APIError)) return error instanceof Error ? error : new Error('no answer');
  const { status, headers } = error;
  if (status === undefined) return new Error('the examiner could not be reached');
  const message = `the examiner answered with status ${status}`;
  if (OF_THE_REQUEST.has(status)) return faulty('refused', message);
  return new Error(message, { cause: headers?.get('retry-after') ?? undefined });
}

async function firstModel(client: OpenAI, signal: AbortSignal): Promise<string> {
  const { data } = await client.models.list({ signal });
  const [first] = z
    .array(z.object({ id: z.string() }))
    .min(1)
    .parse(data);
  return first?.id ?? '';
}

function schemaFormat(schema: z.ZodType) {
  return {
    response_format: {
      type: 'json_schema' as const,
      json_schema: { name: 'reply', strict: true, schema: z.toJSONSchema(schema) },
    },
  };
}

/** Endpoints send what they like: nothing of it is believed before it was looked at. */
function readCompletion(sent: unknown): ModelReply {
  const { choices, usage } = completion.parse(sent);
  const [choice] = choices;
  if (choice?.message.refusal || choice?.finish_reason === 'content_filter')
    throw faulty('refused', 'the examiner refused');
  return {
    text: choice?.message.content ?? '',
    isCutOff: choice?.finish_reason === 'length',
    usage: { sent: usage?.prompt_tokens ?? 0, written: usage?.completion_tokens ?? 0 },
  };
}

/** An answer goes to the endpoint that was set, and nowhere else; a body without an end must not fill the memory. */
async function boundedFetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const { body, status, headers } = await fetch(url, { ...init, redirect: 'error' });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error('the examiner sent too much');
    chunks.push(chunk);
  }
  return new Response(new Blob(chunks), { status, headers });
}
