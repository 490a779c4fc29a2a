import OpenAI, { APIError } from 'openai';
import { z } from 'zod';
import {
  chatBody,
  type Dialect,
  type Message,
  type ModelReply,
  otherDialect,
  readCompletion,
  readResponse,
  responseBody,
} from './dialect.ts';
import type { Endpoint, EndpointKind } from './endpoint.ts';
import { faulty } from './fault.ts';

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
  const isReasoning = endpoint.kind === 'openai';
  let dialect: Dialect = {
    api: 'chat',
    tokens: isReasoning ? 'max_completion_tokens' : 'max_tokens',
    temperature: !isReasoning,
    schema: true,
  };

  const send = async ({ prompt, schema, signal }: Call, used: Dialect): Promise<ModelReply> => {
    model ??= await firstModel(client, signal);
    const asked = {
      model,
      prompt,
      mostTokens: MOST_TOKENS[endpoint.kind],
      ...(schema ? { schema } : {}),
    };
    return used.api === 'chat'
      ? readCompletion(await client.chat.completions.create(chatBody(asked, used), { signal }))
      : readResponse(await client.responses.create(responseBody(asked, used), { signal }));
  };

  return async (call: Call): Promise<ModelReply & { requests: number }> => {
    try {
      return { ...(await send(call, dialect)), requests: 1 };
    } catch (error) {
      const other = error instanceof APIError ? otherDialect(dialect, error) : undefined;
      if (other?.isNamed) dialect = other.dialect;
      if (!other || call.most < 2) throw plainError(error);
      const again = await send(call, other.dialect).catch((second: unknown) => {
        throw plainError(second);
      });
      dialect = other.dialect;
      return { ...again, requests: 2 };
    }
  };
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
